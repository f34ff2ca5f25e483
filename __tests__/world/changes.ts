// What may differ from a healthy world, by name.
export * from './change-answers.ts';
export * from './change-anything.ts';
export * from './change-authorization.ts';
export * from './change-guests.ts';
export * from './change-load-balancer.ts';
export * from './change-machines.ts';
export * from './change-pools.ts';
export * from './change-security.ts';
export { machineNamed, nicNamed } from './finding.ts';
