export * from '../az/ids.ts';
