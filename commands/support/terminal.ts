export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Colour only on a terminal; FORCE_COLOR and NO_COLOR overrule that, the first the second, as in Node itself.
 * @internal for its test
 */
export function wantsColour({ FORCE_COLOR, NO_COLOR, TERM }: Environment, stream: Terminal): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return stream.isTTY === true && TERM !== 'dumb';
}

/** Lines longer than 100 columns are hard to read, however wide the window. */
const textWidth = ({ columns }: Terminal): number =>
  columns === undefined || columns < 40 ? 100 : Math.min(columns, 100);

export const textStyle = (
  env: Environment,
  stream: Terminal,
): { readonly colour: boolean; readonly width: number } => ({
  colour: wantsColour(env, stream),
  width: textWidth(stream),
});
