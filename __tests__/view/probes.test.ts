import { describe, expect, test } from '@jest/globals';
import { rulesIn } from '../../lib/rules/index.generated.ts';
import { triage } from '../../lib/triage/triage.ts';
import { viewExitCode } from '../../lib/view/exit-code.ts';
import { probesOf } from '../../lib/view/probes.ts';
import type { Finding } from '../../schemas/diagnosis.generated.ts';
import type { ProbedLoadBalancer } from '../../schemas/probes.generated.ts';
import { healthyScene } from '../lab/generate.ts';
import { randomFrom } from '../lab/random.ts';
import { everyRulesWorlds } from '../rules/load.ts';
import { triaged } from '../rules/triaged.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { loadBalancerOf } from '../world/healthy.ts';
import type { World } from '../world/world.ts';
import { looked, misfits } from './shown.ts';

async function probedIn(world: World): Promise<ProbedLoadBalancer> {
  const { id } = loadBalancerOf(world);
  const found = await looked(world, 'configuration', { kind: 'id', id }, rulesIn.probe);
  expect(found.asked).toHaveLength(1);
  const value = probesOf(found);
  expect(misfits('probes', value)).toEqual([]);
  expect(viewExitCode(value)).toBe(0);
  const [only] = value.loadBalancers;
  if (only === undefined) throw new Error(`${id} was not shown.`);
  return only;
}

const findingsIn = ({ probes, otherFindings }: ProbedLoadBalancer) => [
  ...probes.flatMap(({ findings }) => findings),
  ...otherFindings,
];

const unusualIn = ({ probes, otherFindings }: ProbedLoadBalancer) => [
  ...probes.flatMap(({ unusual }) => unusual),
  ...otherFindings.map(({ message }) => message),
];

/** What only a member's interface, a scale set or a Private Link service tells. */
const askMore = ['private-link-proxy-protocol', 'vmss-probe-pins-rule', 'vnet-overlaps-probe-source'];
const ids: readonly string[] = rulesIn.probe.map(({ id }) => id);
const loaded = (await everyRulesWorlds()).filter(({ id }) => ids.includes(id));

test('every rule about probes is shown, but for what more would have to be asked for', () => {
  expect(loaded.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(ids).toEqual(expect.arrayContaining(askMore));
});

describe.each(loaded.filter(({ id }) => !askMore.includes(id)))('$id', ({ id, worlds }) => {
  test.each(worlds.fires.map((each) => [each.when, each] as const))('is shown when %s', async (_, { world, on }) => {
    const probed = await probedIn(world());
    const own = findingsIn(probed).filter(({ rule }) => rule === id);
    expect(own.map((finding) => finding.on.toLowerCase())).toContainEqual(
      expect.stringContaining(on?.toLowerCase() ?? ''),
    );
    // What the rule says where health is not known may differ from what it says otherwise, not where it says it.
    const { findings } = await triaged(world());
    const places = (list: readonly Finding[]) => list.filter(({ rule }) => rule === id).map((finding) => finding.on);
    expect(places(findingsIn(probed))).toEqual(expect.arrayContaining(places(findings)));
  });

  test.each(worlds.silent.map((each) => [each.when, each] as const))('is not shown when %s', async (_, { world }) => {
    const probed = await probedIn(world());
    const own = findingsIn(probed).filter(({ rule }) => rule === id);
    expect(unusualIn(probed).filter((sentence) => own.some(({ message }) => message === sentence))).toEqual([]);
  });
});

test('of what is healthy no more is unusual than triage says', async () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const { world } = healthyScene(randomFrom(seed));
    const unusual = unusualIn(await probedIn(world));
    if (unusual.length === 0) continue;
    const target = { kind: 'id', id: loadBalancerOf(world).id } as const;
    const { findings } = await triage(azInMemory(world), target, { recordedAt: world.clock });
    const messages = findings.map(({ message }) => message);
    expect({ seed, unusual: unusual.filter((message) => !messages.includes(message)) }).toEqual({ seed, unusual: [] });
  }
});
