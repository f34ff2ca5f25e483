import { idKey } from '../azure/ids.ts';
import { type Description, keyFor, plain, plainOf, type RuleHealth, type Thing } from './description.ts';
import { NotComparable } from './not-comparable.ts';
import type { Side } from './side.ts';

/** A side's one pool: its members, scale sets and security groups, apart from what is balanced to it. */
export function onlyPool(side: Side, name: string): Side {
  const { description } = side;
  const pools = description.things.filter(({ kind }) => kind === 'pool');
  const pool = pools.find(({ key }) => key === keyFor('pool', name));
  if (pool === undefined) {
    const there = pools.map((each) => each.name).join(', ');
    throw new NotComparable(
      `${description.name} has no pool ${name}${there === '' ? '' : `; its pools are ${there}`}.`,
    );
  }
  const members = description.things.filter(({ parent }) => parent === pool.key);
  const groups = new Set(
    members.flatMap(({ fields: { securityGroups } }) => (securityGroups?.is === 'refs' ? securityGroups.keys : [])),
  );
  const kept = [
    servedBy(pool, description),
    ...members.map(asOne),
    ...description.things.filter(({ key, parent }) => groups.has(key) || (parent !== undefined && groups.has(parent))),
  ];
  const keys = new Set(kept.map(({ key }) => key));
  const byId = new Map([...description.byId].filter(([, key]) => keys.has(key)));
  return {
    ...side,
    label: pool.name,
    pool: pool.name,
    description: {
      ...description,
      things: kept,
      byId,
      findings: description.findings.filter(({ on }) => byId.has(idKey(on))),
    },
  };
}

/** By what its balancing rules listen and send to: they are other rules than those of the other pool. */
function servedBy(pool: Thing, { things }: Description): Thing {
  const { behind } = pool.fields;
  const keys = behind?.is === 'refs' ? behind.keys : [];
  const rules = things.filter(({ key }) => keys.includes(key));
  const told = rules.map(
    (rule) => `${plainOf(rule, 'protocol')} ${plainOf(rule, 'frontendPort')} to ${plainOf(rule, 'backendPort')}`,
  );
  return { ...pool, fields: { ...pool.fields, behind: plain(told.sort()) } };
}

const worstFirst: readonly RuleHealth['state'][] = ['down', 'unknown', 'up', 'not-measured'];

/** One health instead of one for each balancing rule. */
function asOne(thing: Thing): Thing {
  const worst = worstFirst
    .flatMap((state) => thing.health.filter((each) => each.state === state))
    .map((each) => ({ ...each, rule: 'any' }))[0];
  return { ...thing, health: worst === undefined ? [] : [worst] };
}
