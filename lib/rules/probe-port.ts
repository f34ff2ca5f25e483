export * from '../topology/probe-port.ts';
