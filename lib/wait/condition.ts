/** What is waited for: so many healthy members, so many members, or a verdict. */
export type Condition =
  | { readonly kind: 'healthy' | 'members'; readonly wanted: number | 'all' }
  | { readonly kind: 'verdict'; readonly wanted: 'ok' };

/** Where it is waited for; names as they were given, of the whole load balancer where they were not. */
export interface WaitPlace {
  readonly pool: string | undefined;
  readonly balancingRule: string | undefined;
}
