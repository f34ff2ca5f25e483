/** What to look at. A field that is left out is az's own default (`defaults.group`, the active subscription). */
export type Target =
  | {
      readonly kind: 'named';
      readonly name: string;
      readonly resourceGroup: string | undefined;
      readonly subscription: string | undefined;
    }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  /** Every load balancer of a group or a subscription. */
  | {
      readonly kind: 'scope';
      readonly resourceGroup: string | undefined;
      readonly subscription: string | undefined;
    };
