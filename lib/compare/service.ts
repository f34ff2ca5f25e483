import type { BalancingRule } from '../topology/model.ts';

/** What a balancing rule does, without names. */
export const service = ({ protocol, frontendPort, backendPort }: BalancingRule): string =>
  `${protocol} ${frontendPort} to ${backendPort}`.toLowerCase();

export const services = (rules: readonly BalancingRule[]): string => rules.map(service).sort().join(', ');
