import type { Az } from '../lib/az/call.ts';
import { parseId } from '../lib/azure/ids.ts';
import type { Target } from '../lib/collect/target.ts';
import { checkRendering, type Format, type Report, render } from '../lib/report/render.ts';
import type { TextOptions } from '../lib/report/text-style.ts';
import { noneToShow } from '../lib/report/view-text.ts';
import type { Rule } from '../lib/rule.ts';
import { viewExitCode } from '../lib/view/exit-code.ts';
import type { Looked } from '../lib/view/look.ts';
import { type LookOptions, look } from '../lib/view/look.ts';
import type { Viewed } from '../lib/view/viewed.ts';
import { type AskingOptions, askingFor } from './asking.ts';
import { note, print } from './output.ts';
import type { Kept } from './recorded-case.ts';
import { textStyle } from './terminal.ts';

export interface ShowingOptions extends AskingOptions {
  readonly output?: Format | undefined;
  readonly query?: string | undefined;
}

/** How a command shows load balancers: what it asks, what it makes of that, how it prints it. */
export interface Showing<T extends Viewed> {
  readonly depth: LookOptions['depth'];
  readonly view: (looked: Looked) => T;
  readonly report: (view: T, style: TextOptions) => Report;
  /** Rules that look too; none when left out. */
  readonly rules?: (target: Target) => readonly Rule[];
}

/** Asks about the load balancers that the options mean, prints the view of them and sets the exit code. */
export async function showing<T extends Viewed>(
  options: ShowingOptions,
  { report, ...shown }: Showing<T>,
): Promise<void> {
  const rendering = { format: options.output, query: options.query };
  checkRendering(rendering);
  const value = await viewing(options, shown);
  const style = { ...textStyle(process.env, process.stdout), verbose: options.verbose === true };
  await print(render(report(value, style), rendering));
  ended(value);
}

export const viewing = <T extends Viewed>(
  options: AskingOptions,
  { depth, view, rules }: Omit<Showing<T>, 'report'>,
): Promise<T> =>
  askingFor(
    options,
    async (az: Az, target: Target, recordedAt) =>
      view(await look(az, target, { recordedAt, depth, rules: rules?.(target) ?? [] })),
    keptOf,
  );

export function ended(value: Viewed): void {
  const none = noneToShow(value);
  if (none !== undefined) note(`azlb: ${none}`);
  process.exitCode = viewExitCode(value);
}

function keptOf({ loadBalancers, scope, collectedAt: recordedAt }: Viewed): Kept {
  const [id = '', ...others] = scope.ids;
  const parsed = others.length === 0 ? parseId(id) : undefined;
  if (parsed === undefined) {
    return { title: `${loadBalancers.length} load balancers`, scope: { ...scope, limit: null }, az: '', recordedAt };
  }
  const { name, resourceGroup, subscriptionId } = parsed;
  return { title: name, target: { id, name, resourceGroup, subscriptionId }, az: '', recordedAt };
}
