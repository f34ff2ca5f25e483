export * from '../topology/probe-timing.ts';
