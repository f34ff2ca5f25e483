import type { CommandModule, InferredOptionTypes } from 'yargs';
import { foundNote, foundReport } from '../lib/report/found-report.ts';
import { checkRendering, render } from '../lib/report/render.ts';
import { foundExitCode } from '../lib/view/find/exit-code.ts';
import { find } from '../lib/view/find/find.ts';
import type { Found } from '../schemas/found.generated.ts';
import { askingFor } from './asking.ts';
import { findTargetOf } from './find-target.ts';
import { askingOptions, findOptions, outputOptions } from './options.ts';
import { note, print } from './output.ts';
import type { Kept } from './recorded-case.ts';
import { textStyle } from './terminal.ts';

const options = { ...findOptions, ...askingOptions, ...outputOptions } as const;

export const findCommand = {
  command: 'find <target>',
  describe: 'Where a machine, interface or address stands: the pools it is in, and those it should be in',
  builder: (yargs) =>
    yargs
      .positional('target', { type: 'string', demandOption: true, describe: 'Name, address, DNS name or resource id' })
      .options(options),
  handler: async (argv) => {
    const rendering = { format: argv.output, query: argv.query };
    checkRendering(rendering);
    const { wanted, subscription } = findTargetOf(argv);
    const found = await askingFor(
      { ...argv, resourceGroup: undefined, subscription },
      (az, target, recordedAt, masked) => find(az, target, wanted, { recordedAt, masked }),
      keptOf,
    );
    const style = { ...textStyle(process.env, process.stdout), verbose: argv.verbose === true };
    await print(render(foundReport(found, style), rendering));
    const missed = foundNote(found);
    if (missed !== undefined) note(`azlb: ${missed}`);
    process.exitCode = foundExitCode(found);
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options> & { readonly target: string }>;

const keptOf = ({ target, scope, collectedAt: recordedAt }: Found): Kept => ({
  title: `Where ${target} stands`,
  scope: { ...scope, limit: null },
  az: '',
  recordedAt,
});
