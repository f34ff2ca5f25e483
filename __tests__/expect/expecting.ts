import { expectationsIn } from '../../lib/expect/read.ts';
import { expecting, withOwnersWords } from '../../lib/expect/triage.ts';
import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import type { World } from '../world/world.ts';

/** The diagnosis of a world's `web-lb`, judged by the text of an expectation file. */
export async function expected(world: World, text: string): Promise<Diagnosis> {
  const expectations = await expectationsIn('azlb.yaml', text);
  const target = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
  const options = { recordedAt: world.clock, ...expecting(expectations) };
  return withOwnersWords(expectations, await triage(azInMemory(world), target, options));
}
