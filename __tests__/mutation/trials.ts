import type { Imports } from './bundle.ts';
import type { Mutant } from './instrument.ts';
import type { DryRun, Hits, Order } from './pool.ts';
import { sampled, stagesOf } from './sight.ts';

/** A mutant and how it is tried: with every test that reaches it, or with none. */
export interface Trial {
  readonly mutant: Mutant;
  readonly order: Extract<Order, { kind: 'mutant' }>;
}

/** How each of these mutants is tried, the closest and quickest tests first. */
export function trials(mutants: readonly Mutant[], imports: Imports, { tests, atLoad, perTest }: DryRun): Trial[] {
  const rules = [...imports.keys()].filter((file) => /^lib\/rules\/[^/]+\/[^/]+\.ts$/.test(file));
  const usable = tests
    .filter(({ error }) => error === undefined)
    .sort((one, other) => one.milliseconds - other.milliseconds);
  const took = new Map(usable.map(({ name, milliseconds }) => [name, milliseconds]));
  const hits = summed([atLoad, ...Object.values(perTest)]);
  return mutants.map((mutant) => {
    const { id, file } = mutant;
    // What reads addresses and security rules remembers them: only a fresh copy reads them anew, and in the dry run only
    // the first test that met one did.
    const remembers = file.startsWith('lib/network/') && hits.has(id);
    const reload = id in atLoad || remembers;
    const reach = usable.filter(
      ({ name }) => id in atLoad || id in (perTest[name] ?? {}) || (remembers && name.startsWith('__tests__/network/')),
    );
    const chosen = stagesOf(file, imports, rules).flatMap(({ prefixes, sample }) => {
      const names = reach.map(({ name }) => name).filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
      return sample ? sampled(names) : names;
    });
    return {
      mutant,
      order: {
        kind: 'mutant',
        mutant: id,
        tests: chosen.map((name) => ({ name, milliseconds: 3000 + 8 * (took.get(name) ?? 0) })),
        reload,
        hitLimit: 100 * (hits.get(id) ?? 0) + 1000,
      },
    };
  });
}

function summed(counted: readonly Hits[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const counts of counted)
    for (const [id, count] of Object.entries(counts)) sums.set(id, (sums.get(id) ?? 0) + count);
  return sums;
}
