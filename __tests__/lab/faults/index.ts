import type { FaultKind } from '../fault.ts';
import { applicationFaults } from './application.ts';
import { balancingRuleFaults } from './balancing-rule.ts';
import { membershipFaults } from './membership.ts';
import { networkFaults } from './network.ts';
import { probeFaults } from './probe.ts';

export const faultKinds: readonly FaultKind[] = [
  ...membershipFaults,
  ...probeFaults,
  ...networkFaults,
  ...applicationFaults,
  ...balancingRuleFaults,
];
