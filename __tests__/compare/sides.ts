import type { Az } from '../../lib/az/call.ts';
import { type Side, sideOf } from '../../lib/compare/side.ts';
import { type Masks, maskedAz, masks } from '../../lib/masking/mask.ts';
import type { Rule } from '../../lib/rule.ts';
import { rules } from '../../lib/rules/index.generated.ts';
import { examine } from '../../lib/triage/triage.ts';
import type { Change, Comparison } from '../../schemas/comparison.generated.ts';
import type { Random } from '../lab/random.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { loadBalancerOf } from '../world/healthy.ts';
import type { World } from '../world/world.ts';

/** The world's load balancer as one side of a comparison, asked through an az that may change what it answers. */
export async function sideIn(
  world: World,
  through: (az: Az) => Az = (az) => az,
  more: readonly Rule[] = [],
): Promise<Side> {
  const { id } = loadBalancerOf(world);
  const options = { recordedAt: world.clock, rules: [...rules, ...more] };
  return sideOf(await examine(through(azInMemory(world)), { kind: 'id', id }, options), null);
}

/** The same under masks: names, ids and addresses are others. */
export async function maskedSideIn(world: World, made: Masks = masks()): Promise<Side> {
  const { id } = loadBalancerOf(world);
  const examined = await examine(
    maskedAz(azInMemory(world), made),
    { kind: 'id', id: made.id(id) },
    { recordedAt: world.clock },
  );
  return sideOf(examined, null);
}

/** Every list of objects that az prints in another order, as Azure and az's threads may give it. */
export const inAnyOrder =
  (random: Random) =>
  (az: Az): Az => ({
    async run(argv, options) {
      const call = await az.run(argv, options);
      if (call.exitCode !== 0 || call.stdout.trim() === '') return call;
      const printed: unknown = JSON.parse(call.stdout, (key, value: unknown) => {
        // The series of a metric is in the order of time, and an interface's place in a model is its address.
        const isOrdered = key === 'data' || /Configurations$/.test(key);
        const isList = Array.isArray(value) && value.every((each) => typeof each === 'object');
        return isList && !isOrdered ? random.some(value, value.length) : value;
      });
      return { ...call, stdout: JSON.stringify(printed) };
    },
  });

/** The same Azure in which everything has another name: `web-pool` of `shop-rg` is `stg-web-pool` of `stg-shop-rg`. */
export function renamed(world: World, words: Readonly<Record<string, string>>): World {
  const rename = (text: string): string =>
    Object.entries(words).reduce((changed, [from, to]) => changed.replaceAll(new RegExp(from, 'gi'), to), text);
  const resources = [...world.resources.values()].map((resource): typeof resource =>
    JSON.parse(rename(JSON.stringify(resource))),
  );
  return {
    ...world,
    resources: new Map(resources.map((resource) => [resource.id.toLowerCase(), resource])),
    reasons: world.reasons.map((reason) => ({
      ...reason,
      member: rename(reason.member),
      ...(reason.balancingRule !== undefined && { balancingRule: rename(reason.balancingRule) }),
    })),
    guests: new Map([...world.guests].map(([id, guest]) => [rename(id).toLowerCase(), guest])),
    answers: world.answers.map(([id, path, value]) => [
      rename(id).toLowerCase(),
      rename(path),
      value === undefined ? undefined : JSON.parse(rename(JSON.stringify(value))),
    ]),
  };
}

const opposite: Readonly<Partial<Record<Change['what'], Change['what']>>> = {
  added: 'removed',
  removed: 'added',
  joined: 'left',
  left: 'joined',
  appeared: 'went',
  went: 'appeared',
};

/** What a comparison says of facts, without what is judged and how it is told; in a fixed order. */
export const facts = (
  { changes }: Pick<Comparison, 'changes'>,
  names: 'nameless' | 'named' = 'named',
): readonly string[] =>
  changes
    .map(factsOf)
    .map((fact) => JSON.stringify(names === 'named' ? fact : { ...fact, name: null, within: null }))
    .sort();

const factsOf = ({ kind, what, name, within, field, before, after }: Change) => ({
  kind,
  what,
  name: name.toLowerCase(),
  within,
  field,
  before,
  after,
});

/** What must be said when left and right are changed round. */
export const inverted = ({ changes }: Comparison): Pick<Comparison, 'changes'> => ({
  changes: changes.map((change) => ({
    ...change,
    what: opposite[change.what] ?? change.what,
    name: change.what === 'renamed' ? String(change.after) : change.name,
    before: change.after,
    after: change.before,
  })),
});
