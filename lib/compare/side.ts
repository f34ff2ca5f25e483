import type { SideVerdict } from '../../schemas/comparison.generated.ts';
import type { Examined } from '../triage/triage.ts';
import { describe } from './describe.ts';
import type { Description } from './description.ts';

/** One of the two things that are compared. */
export interface Side {
  /** What messages call it. */
  readonly label: string;
  readonly description: Description;
  readonly verdict: SideVerdict;
  readonly sku: string;
  readonly tier: string;
  /** Of one pool alone. */
  readonly pool: string | null;
  /** Where it was read from; null when az was asked. */
  readonly recording: string | null;
  readonly collectedAt: string;
}

export function sideOf({ topology, diagnosis }: Pick<Examined, 'topology' | 'diagnosis'>, from: string | null): Side {
  const description = describe(topology, diagnosis);
  return {
    label: from ?? `${description.resourceGroup}/${description.name}`,
    description,
    verdict: diagnosis.verdict,
    sku: topology.loadBalancer.sku,
    tier: topology.loadBalancer.tier,
    pool: null,
    recording: from,
    collectedAt: diagnosis.collectedAt,
  };
}
