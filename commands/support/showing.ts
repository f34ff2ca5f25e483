import type { Target } from '../../lib/collect/target.ts';
import { noneToShow } from '../../lib/report/view-text.ts';
import type { Rule } from '../../lib/rule.ts';
import { viewExitCode } from '../../lib/view/exit-code.ts';
import { type Survey, type SurveyOptions, survey } from '../../lib/view/survey.ts';
import type { Viewed } from '../../lib/view/viewed.ts';
import { type Printing, type PrintingOptions, printing } from './printing.ts';
import { keptOfView } from './recorded-case.ts';
import { type AzOptions, withAz } from './with-az.ts';

/** How a command shows load balancers: what it asks, what it makes of that, how it prints it. */
export interface Showing<T extends Viewed> {
  readonly depth: SurveyOptions['depth'];
  readonly view: (survey: Survey) => T;
  readonly report: Printing<T>['report'];
  /** Rules that look too; none when left out. */
  readonly rules?: (target: Target) => readonly Rule[];
}

/** Asks about the load balancers that the options mean, and prints the view of them. */
export const showing = <T extends Viewed>(
  options: AzOptions & PrintingOptions,
  { depth, view, report, rules }: Showing<T>,
): Promise<void> =>
  printing(
    options,
    () =>
      withAz(
        options,
        async (az, target, recordedAt) =>
          view(await survey(az, target, { recordedAt, depth, rules: rules?.(target) ?? [] })),
        keptOfView,
      ),
    { report, notes: (found) => [noneToShow(found)], exitCode: viewExitCode },
  );
