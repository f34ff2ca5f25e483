import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import type { World } from '../world/world.ts';

/** The diagnosis of a world's first load balancer, as the command makes it, by an az that answers from memory. */
export async function triaged(world: World, name = 'web-lb', group = 'shop-rg'): Promise<Diagnosis> {
  const target = { kind: 'named', name, resourceGroup: group, subscription: undefined } as const;
  return triage(azInMemory(world), target, { recordedAt: world.clock });
}
