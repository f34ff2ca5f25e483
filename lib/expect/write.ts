import { stringify } from 'yaml';
import type { StatedLoadBalancer, StatedPool, StatedProbe } from '../../schemas/expectation.generated.ts';
import { idKey, lastSegment, sameName } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import { isThere, present } from '../topology/gone.ts';
import type {
  Gone,
  Health,
  IpConfiguration,
  Machine,
  Member,
  Pool,
  Probe,
  ScaleSet,
  Topology,
} from '../topology/model.ts';

import { subnetReference } from './membership.ts';
import { calledBy, namesOf } from './naming.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const header = `# yaml-language-server: $schema=./node_modules/azlb/schemas/expectation.schema.json
# What this load balancer should be: azlb triage --expect FILE tells every difference.
# Written from what is there now: take out what is not meant, and say the rest yourself.
`;

const ownersLines = `
# For whoever is on call, printed under the verdict:
# owner: which team, and where it is reached
# normalCheck: what shows that it works, as a client sees it
# escalation: whom to call next
# rollBackWhen: the sign to undo a change
`;

/** An expectation file (YAML) that a load balancer as it is now agrees with, for its owner to edit. */
export function expectationFor({ loadBalancer }: Topology): string {
  const probes = loadBalancer.pools.map(commonProbe);
  const stated: StatedLoadBalancer = {
    loadBalancer: loadBalancer.name,
    resourceGroup: loadBalancer.resourceGroup,
    ...(loadBalancer.pools.length > 0 && {
      pools: Object.fromEntries(loadBalancer.pools.map((pool, at) => [pool.name, statedPool(pool, probes[at])])),
    }),
    ...(loadBalancer.balancingRules.length > 0 && {
      balancingRules: Object.fromEntries(
        loadBalancer.balancingRules.map(({ name, pools, probe }) => {
          const [pool] = pools;
          const isSaid = pools.some((each) => probes[loadBalancer.pools.indexOf(each)] !== undefined);
          return [name, { ...(pool && { pool: pool.name }), ...(probe && !isSaid && { probe: statedProbe(probe) }) }];
        }),
      ),
    }),
  };
  return header + stringify(stated, { lineWidth: 0 }) + ownersLines;
}

function statedPool(pool: Pool, probe: Probe | undefined): StatedPool {
  const stated: Writable<StatedPool> = {};
  const zones = zonesOf(pool);
  const subnets = subnetsOf(pool);
  const smallest = smallestOf(pool);
  const members = membersOf(pool);
  if (members !== undefined) stated.members = members;
  if (smallest > 0) stated.smallestHealthy = smallest;
  if (isFilled(zones)) stated.zones = zones;
  if (isFilled(subnets)) stated.approvedSubnets = subnets;
  if (probe) stated.probe = statedProbe(probe);
  return stated;
}

const isFilled = <T>(list: readonly T[]): list is readonly [T, ...T[]] & [T, ...T[]] => list.length > 0;

function machineOf(member: Member): Machine | undefined {
  const machine = knownOr<Machine | Gone | undefined, undefined>(member.machine, undefined);
  return present(machine);
}

/** By scale set where it is a whole one and nothing else, else one by one. */
function membersOf(pool: Pool): StatedPool['members'] {
  const count = pool.members.length;
  const [set, other] = pool.scaleSets;
  const model = set && knownOr<ScaleSet | Gone, undefined>(set.set, undefined);
  if (set && !other && set.members.length === count && isThere(model)) {
    const isWhole = model.instances.length === 0 || model.instances.length === count;
    if (isWhole) return { scaleSet: set.name, count };
  }
  const names = pool.members.map((member) => shortName(member, pool));
  return isFilled(names) ? names : 0;
}

/** The machine's name; where that is another member's too, what the pool itself calls it. */
function shortName(member: Member, pool: Pool): string {
  const machine = machineOf(member);
  const name = calledBy(member, machine);
  const isOthers = pool.members.some(
    (other) => other !== member && namesOf(other, machineOf(other)).some((text) => sameName(text, name)),
  );
  return isOthers ? (member.ipConfigurationId ?? member.name) : name;
}

/** One may be missing; never more than are healthy now, of which nothing is known where nothing measures it. */
function smallestOf({ members, balancingRules }: Pool): number {
  const healthy = balancingRules
    .filter(({ measured }) => measured)
    .map((rule) => {
      const health = knownOr<Health, undefined>(rule.health, undefined);
      return health && members.filter((member) => health.members.get(member)?.really === 'up').length;
    })
    .filter((up) => up !== undefined);
  const usual = members.length > 1 ? members.length - 1 : members.length;
  return healthy.length === 0 ? 0 : Math.min(usual, ...healthy);
}

function zonesOf({ members }: Pool): readonly (string | number)[] {
  const zones = [...new Set(members.flatMap((member) => machineOf(member)?.zone ?? []))].sort();
  return zones.map((zone) => (/^\d+$/.test(zone) ? Number(zone) : zone));
}

function subnetsOf({ members }: Pool): readonly string[] {
  const ids = members.flatMap((member) => {
    const configuration = knownOr<IpConfiguration | Gone | undefined, undefined>(member.ipConfiguration, undefined);
    return subnetReference(member, configuration)?.id ?? [];
  });
  const names = new Map(ids.map((id) => [idKey(id), `${id.split('/').at(-3)}/${lastSegment(id)}`]));
  return [...new Set(names.values())].sort();
}

/** Of all balancing rules that send to the pool, where they have the same. */
function commonProbe({ balancingRules }: Pool): Probe | undefined {
  const [first, ...others] = balancingRules.map(({ probe }) => probe);
  const isCommon =
    first !== undefined && others.every((probe) => probe !== undefined && asText(probe) === asText(first));
  return isCommon ? first : undefined;
}

const asText = (probe: Probe): string => JSON.stringify(statedProbe(probe));

function statedProbe({ protocol, port, requestPath }: Probe): StatedProbe {
  const known = (['tcp', 'http', 'https'] as const).find((each) => each === protocol.toLowerCase());
  const hasPath = known !== 'tcp' && requestPath?.startsWith('/') === true;
  return { ...(known && { protocol: known }), port, ...(hasPath && { path: requestPath }) };
}
