export * from '../topology/active-passive.ts';
