/** What is looked for. */
export interface Wanted {
  /** A name, an address or a resource id. */
  readonly text: string;
  /** Of several things called so, the one in this group. */
  readonly resourceGroup: string | undefined;
  readonly port: number | undefined;
}
