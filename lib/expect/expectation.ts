import type { Environment } from '../../schemas/expectation.generated.ts';

/** Something that the file says, with the line where it does. */
export interface Stated<T> {
  readonly value: T;
  readonly line: number;
}

/** What one load balancer should be, as its owner wrote it down. */
export interface Expectation {
  /** As it was named on the command line. */
  readonly file: string;
  readonly line: number;
  readonly loadBalancer: string | undefined;
  readonly resourceGroup: string | undefined;
  readonly owner: string | undefined;
  readonly normalCheck: string | undefined;
  readonly escalation: string | undefined;
  readonly rollBackWhen: string | undefined;
  readonly environment: Stated<Environment> | undefined;
  readonly pools: readonly ExpectedPool[];
  readonly balancingRules: readonly ExpectedBalancingRule[];
  readonly accepted: readonly Accepted[];
}

export interface ExpectedPool {
  readonly name: string;
  readonly line: number;
  readonly members: Stated<ExpectedMembers> | undefined;
  readonly smallestHealthy: Stated<number> | undefined;
  readonly zones: Stated<readonly string[]> | undefined;
  readonly approvedSubnets: Stated<readonly string[]> | undefined;
  readonly probe: Stated<ExpectedProbe> | undefined;
  readonly standby: Stated<readonly string[]> | undefined;
}

/** Who belongs into a pool; `count` is how many these are, where that is said. */
export type ExpectedMembers = (
  | { readonly by: 'count' }
  | { readonly by: 'names'; readonly names: readonly string[] }
  | { readonly by: 'scaleSet'; readonly name: string }
  | { readonly by: 'subnet'; readonly name: string }
) & { readonly count: number | undefined };

export interface ExpectedProbe {
  /** In lower case. */
  readonly protocol: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;
}

export interface ExpectedBalancingRule {
  readonly name: string;
  readonly line: number;
  readonly pool: Stated<string> | undefined;
  readonly probe: Stated<ExpectedProbe> | undefined;
}

/** A finding that is meant to be so. */
export interface Accepted {
  readonly rule: string;
  readonly on: string | undefined;
  readonly because: string;
  readonly line: number;
}
