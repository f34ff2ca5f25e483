import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { foundExitCode } from '../../lib/view/find/exit-code.ts';
import { find } from '../../lib/view/find/find.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { modelLacksPool, notInPool } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change } from '../world/world.ts';
import { everyOne } from './shown.ts';

let real: RealAz;
beforeAll(async () => {
  real = await againstStandIn('2.91.0');
}, 60_000);
afterAll(() => real.close());

test('a scale set whose model lacks the pool grows: its new instance is missing, and why', async () => {
  const world = change(
    healthyWorld({ membership: 'uniform', members: 5 }),
    modelLacksPool(),
    notInPool('web_4'),
    notInPool('web_5'),
  );
  const wanted = { text: 'web_4', resourceGroup: undefined, port: undefined };
  const options = { recordedAt: world.clock, masked: (text: string) => text };
  real.serve(world);
  const { calls: _, ...found } = await find(real, everyOne, wanted, options);
  const { calls: __, ...rendered } = await find(azInMemory(world), everyOne, wanted, options);
  expect(found).toEqual(rendered);
  expect(found.machines).toMatchObject([{ name: 'web_4', pools: [], missing: [{ reason: 'model-lacks-pool' }] }]);
  expect(foundExitCode({ ...found, calls: [] })).toBe(1);
}, 120_000);
