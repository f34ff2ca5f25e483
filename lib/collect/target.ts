/** Every load balancer of a group or a subscription. */
export interface ScopeTarget {
  readonly kind: 'scope';
  readonly resourceGroup: string | undefined;
  readonly subscription: string | undefined;
  readonly limit?: Limit;
}

export interface IdsTarget {
  readonly kind: 'ids';
  readonly ids: readonly string[];
  readonly limit?: Limit;
}

/** How many load balancers are asked about in full; of the others only what the lists tell is said. */
export type Limit = number | 'all';

/** What to look at. A field that is left out is az's own default (`defaults.group`, the active subscription). */
export type Target =
  | {
      readonly kind: 'named';
      readonly name: string;
      readonly resourceGroup: string | undefined;
      readonly subscription: string | undefined;
    }
  | { readonly kind: 'id'; readonly id: string }
  | IdsTarget
  | ScopeTarget;
