import { lastSegment } from '../../lib/azure/ids.ts';
import { lookingAtPools } from '../../lib/compare/looking-at-pools.ts';
import { type Recording, recording } from '../../lib/recording/recording.ts';
import { rules as everyRule } from '../../lib/rules/index.generated.ts';
import { type Examined, examine } from '../../lib/triage/triage.ts';
import type { Snapshot } from '../../schemas/snapshot.generated.ts';
import { keepWhole } from './keeping.ts';
import { checkNewPlace } from './new-place.ts';
import { keptOfDiagnosis, madeBy } from './recorded-case.ts';
import { type OneTarget, theOne } from './target.ts';
import { type AzOptions, withAz } from './with-az.ts';
import { refuseExisting, writeExpectation } from './write-expectation.ts';

export interface SnapshotOptions extends AzOptions {
  /** Where to; a new folder beside us when left out. */
  readonly out?: string | undefined;
  /** An expectation file to write as well. */
  readonly expect?: string | undefined;
}

interface Taken extends Examined {
  readonly place: string;
  readonly calls: Recording;
  readonly recordedAt: string | undefined;
}

/** Asks all that triage asks about one load balancer, and saves it. */
export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const { out, expect } = options;
  await checkNewPlace('--out', out);
  if (expect !== undefined) await refuseExisting(expect);
  const taken = await withAz(
    options,
    async (az, target, recordedAt): Promise<Taken> => {
      const one = theOne(target, 'Name one load balancer');
      const place = out ?? placeFor(one, new Date());
      const calls = recording(az, place);
      // What two of its pools may be compared by later; of a recording only what is in it.
      const rules = recordedAt === undefined ? [...everyRule, lookingAtPools()] : everyRule;
      return { ...(await examine(calls, one, { recordedAt, rules })), place, calls, recordedAt };
    },
    ({ diagnosis }) => keptOfDiagnosis(diagnosis),
  );
  // Only a whole snapshot is written: what could not be asked at all threw before.
  await keepWhole(taken.calls, taken.place, { ...madeBy(taken.recordedAt), ...keptOfDiagnosis(taken.diagnosis) });
  if (expect !== undefined) await writeExpectation(expect, taken.topology);
  return snapshotOf(taken);
}

function placeFor(target: OneTarget, now: Date): string {
  const name = target.kind === 'named' ? target.name : lastSegment(target.id);
  return `${name}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

function snapshotOf({ diagnosis, evidence, place }: Taken): Snapshot {
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
