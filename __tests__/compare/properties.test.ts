import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compare } from '../../lib/compare/compare.ts';
import { masks } from '../../lib/masking/mask.ts';
import { faultKinds } from '../lab/faults/index.ts';
import { healthyScene } from '../lab/generate.ts';
import { randomFrom } from '../lab/random.ts';
import { change, type World } from '../world/world.ts';
import { facts, inAnyOrder, inverted, maskedSideIn, renamed, sideIn } from './sides.ts';

/** A world of a random shape, and the same with some of it broken. */
interface Two {
  readonly seed: number;
  readonly before: World;
  readonly after: World;
}

const twoWorlds = fc.integer({ min: 1, max: 1_000_000 }).map((seed): Two => {
  const random = randomFrom(seed);
  const scene = healthyScene(random);
  const injections = random
    .some(faultKinds, faultKinds.length)
    .flatMap(({ inject }) => inject(scene, random) ?? [])
    .slice(0, random.int(0, 2));
  // The second change may find gone what it would break.
  const after = injections.reduce((world, injection) => {
    try {
      return change(world, injection.change);
    } catch {
      return world;
    }
  }, scene.world);
  return { seed, before: scene.world, after };
});

/** Everything has another name there; paths that probes ask for have none. */
const elsewhere = {
  'web(?=[-_/"])': 'stgweb',
  'api(?=[-_])': 'stgapi',
  'cache(?=[-_])': 'stgcache',
  'shop(?=[-_])': 'stg',
};

const runs = { numRuns: 25 };
const minutes = 60_000;

test(
  'nothing differs from itself, in whatever order az answers',
  async () => {
    await fc.assert(
      fc.asyncProperty(twoWorlds, async ({ seed, after }) => {
        const side = await sideIn(after);
        expect(compare(side, side).changes).toEqual([]);
        expect(compare(side, await sideIn(after, inAnyOrder(randomFrom(seed)))).changes).toEqual([]);
      }),
      runs,
    );
  },
  minutes,
);

test(
  'from right to left is the inverse of from left to right',
  async () => {
    await fc.assert(
      fc.asyncProperty(twoWorlds, async ({ before, after }) => {
        const [left, right] = [await sideIn(before), await sideIn(after)];
        expect(facts(compare(right, left))).toEqual(facts(inverted(compare(left, right))));
        // What two environments call differently is told by the left one's name.
        const other = await sideIn(renamed(before, elsewhere));
        expect(facts(compare(right, other), 'nameless')).toEqual(facts(inverted(compare(other, right)), 'nameless'));
      }),
      runs,
    );
  },
  minutes,
);

test(
  'two environments that are the same but for names are the same',
  async () => {
    await fc.assert(
      fc.asyncProperty(twoWorlds, async ({ after }) => {
        const other = renamed(after, elsewhere);
        const [left, right] = [await sideIn(after), await sideIn(other)];
        const { mode, changes } = compare(left, right);
        expect({ mode, changes }).toEqual({ mode: 'between-load-balancers', changes: [] });
      }),
      runs,
    );
  },
  minutes,
);

test(
  'masks hide names and no difference',
  async () => {
    await fc.assert(
      fc.asyncProperty(twoWorlds, async ({ before, after }) => {
        const kinds = (comparison: ReturnType<typeof compare>) =>
          comparison.changes.map(({ kind, what, field, severity }) => [kind, what, field, severity].join(' ')).sort();
        const [left, right] = [await sideIn(before), await sideIn(after)];
        const made = masks();
        // What is masked depends on the names known by then: the command lets masks see both sides first, too.
        await maskedSideIn(before, made);
        await maskedSideIn(after, made);
        const masked = [await maskedSideIn(before, made), await maskedSideIn(after, made)] as const;
        expect(kinds(compare(...masked))).toEqual(kinds(compare(left, right)));
      }),
      runs,
    );
  },
  minutes,
);
