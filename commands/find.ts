import type { CommandModule, InferredOptionTypes } from 'yargs';
import { foundNote, foundReport } from '../lib/report/found-report.ts';
import { foundExitCode } from '../lib/view/find/exit-code.ts';
import { find } from '../lib/view/find/find.ts';
import { findTargetOf } from './support/find-target.ts';
import { azOptions, findOptions, outputOptions, shellOption } from './support/options.ts';
import { printing } from './support/printing.ts';
import { keptOfFind } from './support/recorded-case.ts';
import { withAz } from './support/with-az.ts';

const options = { ...findOptions, ...azOptions, ...shellOption, ...outputOptions } as const;

export const findCommand = {
  command: 'find <target>',
  describe: 'Where a machine, interface or address stands: the pools it is in, and those it should be in',
  builder: (yargs) =>
    yargs
      .positional('target', { type: 'string', demandOption: true, describe: 'Name, address, DNS name or resource id' })
      .options(options),
  handler: (argv) =>
    printing(
      argv,
      async () => {
        const { wanted, subscription } = findTargetOf(argv);
        return withAz(
          { ...argv, resourceGroup: undefined, subscription },
          (az, target, recordedAt, masked) => find(az, target, wanted, { recordedAt, masked }),
          keptOfFind,
        );
      },
      { report: foundReport, notes: (found) => [foundNote(found)], exitCode: foundExitCode },
    ),
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options> & { readonly target: string }>;
