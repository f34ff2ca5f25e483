import { idKey, sameId } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { knownOr } from '../../evidence/open.ts';
import { present } from '../../topology/gone.ts';
import type { ScaleSet, ScaleSetInPool } from '../../topology/model.ts';
import { keyFor, type Plain, refsTo, set } from '../description.ts';
import { ifThere, leftOut, row, type Value } from '../field.ts';
import { type Grade, harmless, helps, risks, turned } from '../grade.ts';
import { defineKind, type Own } from '../kind.ts';
import { isAnyUnread } from '../unread.ts';

function thingOf({ id, name, pool, set: reading }: ScaleSetInPool): Own {
  const found = present(knownOr(reading, undefined));
  return {
    key: keyFor('scaleSet', pool.name, name),
    name,
    ids: [id],
    parent: keyFor('pool', pool.name),
    within: pool.name,
    identities: [`scale set ${idKey(id)}`],
    roles: [`${found?.orchestrationMode ?? ''} set`],
  };
}

/** An IP-based pool is in no model. */
function namesPool({ set: reading, pool }: ScaleSetInPool): Value {
  return ifThere(reading, ({ modelConfigurations }) => {
    if (pool.kind !== 'nic' || modelConfigurations.length === 0) return leftOut;
    return modelConfigurations.some(({ loadBalancerBackendAddressPools: ids }) =>
      ids.some((id) => sameId(id, pool.id)),
    );
  });
}

/** A Flexible set's instances are ordinary machines, and not listed with it. */
const ifUniform = ({ set: reading }: ScaleSetInPool, value: (found: ScaleSet) => Plain): Value =>
  ifThere(reading, (found) => (is(found.orchestrationMode, 'Flexible') ? leftOut : value(found)));

function outside({ members }: ScaleSetInPool, { name, instances }: ScaleSet): readonly string[] {
  const joined = new Set(members.map(({ instance }) => instance?.instanceId));
  return set(
    instances.flatMap(({ instance }) =>
      instance && !joined.has(instance.instanceId) ? [`${name}_${instance.instanceId}`] : [],
    ),
  );
}

const outsideGrade = (before: Plain, after: Plain): Grade =>
  Array.isArray(before) && Array.isArray(after) && after.length >= before.length ? risks('high') : helps;

function outsiders(names: Plain): string {
  const count = Array.isArray(names) ? names.length : 0;
  return count === 1 ? '1 instance exists and is' : `${count} instances exist and are`;
}

/** Each scale set once for each pool that its instances are in: its model, and who of it is not there. */
export const scaleSet = defineKind<ScaleSetInPool>('scaleSet', {
  noun: 'scale set',
  hasIdentity: true,
  otherwise: 'one',
  gone: risks('medium'),
  event: ({ name, within }, isNew) =>
    `scale set ${name} has ${isNew ? 'instances' : 'no instance any more'} in ${within}`,
  isPartial: isAnyUnread(({ machine }) => machine),
  all: ({ loadBalancer }) => loadBalancer.pools.flatMap(({ scaleSets }) => scaleSets),
  thing: thingOf,
  fields: {
    exists: row('existence', turned(helps, risks('high')), (own) => own.set.map(({ gone }) => gone === undefined), {
      now: (_, after) => (after === 'yes' ? 'exists again' : 'is gone'),
    }),
    mode: row('orchestration', risks('high'), (own) => ifThere(own.set, ({ orchestrationMode }) => orchestrationMode)),
    upgradePolicy: row('upgrade policy', risks('low'), (own) => ifThere(own.set, ({ upgradePolicy }) => upgradePolicy)),
    modelNamesPool: row('model names the pool', turned(helps, risks('high')), namesPool, {
      now: (_, after, { within }) =>
        after === 'yes' ? `has a model that names ${within} now` : `has a model that does not name ${within} any more`,
    }),
    probe: row('health probe', risks('low'), (own) =>
      ifThere(own.set, ({ healthProbeId }) => refsTo('probe', healthProbeId)),
    ),
    instances: row('number of instances', harmless, (own) => ifUniform(own, ({ instances }) => instances.length), {
      now: (before, after) => `went from ${before} to ${after} instances`,
    }),
    outside: row(
      'instances that are not in the pool',
      outsideGrade,
      (own) => ifUniform(own, (found) => outside(own, found)),
      {
        isNames: true,
        now: (before, after, { within, after: names }) =>
          after === 'none'
            ? `has every instance in ${within} now, ${before} were not`
            : `: ${outsiders(names)} not in ${within}: ${after}`,
      },
    ),
  },
});
