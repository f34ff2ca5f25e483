import type { CommandModule, InferredOptionTypes } from 'yargs';
import { AzError } from '../lib/az/errors.ts';
import { lastSegment } from '../lib/azure/ids.ts';
import type { Target } from '../lib/collect/target.ts';
import { type Recording, recording, refuseFolder } from '../lib/recording/recording.ts';
import { checkRendering, render } from '../lib/report/render.ts';
import { snapshotReport } from '../lib/report/snapshot-report.ts';
import { type Examined, examine } from '../lib/triage/triage.ts';
import { version } from '../lib/version.ts';
import type { Snapshot } from '../schemas/snapshot.generated.ts';
import { asking } from './asking.ts';
import { keepWhole } from './keeping.ts';
import { askingOptions, outputOptions, targetOptions } from './options.ts';
import { print } from './output.ts';
import { textStyle } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { refuseExisting, writeExpectation } from './write-expectation.ts';

const { record: _, ...askedOptions } = askingOptions;
const options = {
  ...targetOptions,
  ...askedOptions,
  out: {
    type: 'string',
    requiresArg: true,
    group: 'Output:',
    describe: 'A new folder, or a new file that ends in .json; NAME-TIME in the current folder when left out',
  },
  expect: {
    type: 'string',
    requiresArg: true,
    group: 'Output:',
    describe: 'Also write a new expectation file to edit: what the load balancer should be, as it is now',
  },
  ...outputOptions,
} as const;

type OneTarget = Extract<Target, { readonly kind: 'named' | 'id' }>;

interface Kept extends Examined {
  readonly place: string;
  readonly calls: Recording;
  readonly isReplay: boolean;
}

export const snapshotCommand = {
  command: 'snapshot',
  describe: 'Save all that triage asks about one load balancer, to compare or to look at it later',
  builder: options,
  handler: async (argv) => {
    const rendering = { format: argv.output, query: argv.query };
    checkRendering(rendering);
    if (argv.out !== undefined) await refuseFolder(argv.out).catch(asUsage);
    if (argv.expect !== undefined) await refuseExisting(argv.expect);
    let kept: Kept | undefined;
    await asking(argv, async (az, target, recordedAt) => {
      if (target.kind !== 'named' && target.kind !== 'id') {
        throw new UsageError('Name one load balancer: -g GROUP -n NAME, or --ids ID.');
      }
      const place = argv.out ?? placeFor(target, new Date());
      const calls = recording(az, place);
      const examined = await examine(calls, target, { recordedAt });
      kept = { ...examined, place, calls, isReplay: recordedAt !== undefined };
      return examined.diagnosis;
    });
    if (kept === undefined) throw new Error('Nothing was examined.');
    const snapshot = snapshotOf(kept);
    // Only a whole snapshot is written: what could not be asked at all threw before.
    await keepWhole(kept.calls, kept.place, {
      schemaVersion: 1,
      title: `${snapshot.loadBalancer.name}: ${snapshot.verdict}`,
      target: snapshot.loadBalancer,
      az: snapshot.az ?? '',
      ...(kept.isReplay ? {} : { azlb: version }),
      recordedAt: snapshot.collectedAt,
    });
    if (argv.expect !== undefined) await writeExpectation(argv.expect, kept.topology);
    const style = { ...textStyle(process.env, process.stdout), verbose: argv.verbose === true };
    await print(render(snapshotReport(snapshot, style), rendering));
    process.exitCode = snapshot.notRead.length === 0 ? 0 : 5;
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;

function asUsage(error: unknown): never {
  throw error instanceof AzError ? new UsageError(`--out: ${error.message}`) : error;
}

function placeFor(target: OneTarget, now: Date): string {
  const name = target.kind === 'named' ? target.name : lastSegment(target.id);
  return `${name}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

function snapshotOf({ diagnosis, evidence, place }: Kept): Snapshot {
  const { id, name, resourceGroup, subscriptionId } = diagnosis.loadBalancer;
  const gaps = [...evidence.values()].flatMap((outcome) =>
    outcome.status === 'missing' ? [{ command: outcome.gap.command ?? null, because: outcome.gap.because }] : [],
  );
  return {
    schemaVersion: 1,
    azlb: diagnosis.azlb,
    az: diagnosis.az,
    path: place,
    collectedAt: diagnosis.collectedAt,
    loadBalancer: { id, name, resourceGroup, subscriptionId },
    verdict: diagnosis.verdict,
    calls: diagnosis.calls.length,
    notRead: gaps,
  };
}
