// Rules may not import lib/az, and read the names in ids.
export * from '../azure/ids.ts';
