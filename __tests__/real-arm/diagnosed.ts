import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { type Recorded, realArm, type Unrecorded } from './world.ts';

export type Diagnosed = Recorded & { readonly diagnosis: Diagnosis };

/** Every real load balancer's diagnosis, by an az that answers from memory. */
export async function diagnosed(unrecorded: Unrecorded): Promise<readonly Diagnosed[]> {
  const { world, loadBalancers } = realArm(unrecorded);
  const all: Diagnosed[] = [];
  for (const { file, id } of loadBalancers) {
    const diagnosis = await triage(azInMemory(world), { kind: 'id', id }, { recordedAt: world.clock });
    all.push({ file, id, diagnosis });
  }
  return all;
}
