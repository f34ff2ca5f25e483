import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { triage } from '../../lib/triage/triage.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { type Trial, trialOf } from './trial.ts';

/** Of each of these many seeds the first world with one fault, of every kind of membership, and two others. */
const SEEDS = 400;

let az: RealAz;
beforeAll(async () => {
  az = await againstStandIn('2.91.0');
}, 120_000);
afterAll(() => az.close());

test.each(sample().map((trial) => [trial.injections.map(({ told }) => told).join(', '), trial] as const))(
  'the real az leads to the same causes: %s',
  async (_, { world, scene }) => {
    const target = {
      kind: 'named',
      name: scene.target.name,
      resourceGroup: scene.target.group,
      subscription: undefined,
    } as const;
    const options = { recordedAt: world.clock };
    const inMemory = await triage(azInMemory(world), target, options);
    az.serve(world);
    const real = await triage(az, target, options);
    expect({ verdict: real.verdict, causes: real.causes }).toEqual({
      verdict: inMemory.verdict,
      causes: inMemory.causes,
    });
    expect(real.causes.length).toBeGreaterThan(0);
  },
  120_000,
);

function sample(): readonly Trial[] {
  const trials = Array.from({ length: SEEDS }, (_, seed) => trialOf(seed)).filter(
    ({ scene, injections, rights }) => injections.length > 0 && rights === undefined && scene.members.length <= 6,
  );
  const first = (wanted: (trial: Trial) => boolean) => trials.filter(wanted).slice(0, 1);
  const standard = ({ scene, kind }: Trial) => scene.sku === 'Standard' && kind === 'one';
  return [
    ...(['nic', 'ip', 'uniform', 'flexible'] as const).flatMap((membership) =>
      first((trial) => standard(trial) && trial.scene.membership === membership),
    ),
    ...first((trial) => standard(trial) && trial.scene.hasIpv6),
    ...first(({ kind, visible }) => kind === 'two' && visible.length === 2),
  ];
}
