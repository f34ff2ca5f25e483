import { groupOf, idKey, parentId, sameId } from '../../azure/ids.ts';
import { Reading } from '../../evidence/reading.ts';
import type { Seen, Suppose } from '../../topology/egress.ts';
import { present } from '../../topology/gone.ts';
import type { LoadBalancer, Member, OutwardPool } from '../../topology/model.ts';
import { commandIn, type Options } from './command.ts';

/** Who goes out, as a plan calls it. */
export type Going = Seen & Pick<Member, 'name'>;

/** What a change does to the ways out of some members. */
export interface Moving {
  readonly members: readonly Going[];
  readonly suppose: Suppose;
}

type Reader = (options: Options, loadBalancer: LoadBalancer) => Moving | undefined;

/** Undefined for a change that takes nobody out of a pool, and no pool its translation. */
export function leavingBy(argv: readonly string[], loadBalancer: LoadBalancer): Reading<Moving> | undefined {
  if (argv[0] !== 'az') return undefined;
  const { words, options } = commandIn(argv);
  if (words === 'vmss update') return modelLeaves(options, loadBalancer);
  const moving = readers[words]?.(options, loadBalancer);
  return moving && Reading.known(moving);
}

const readers: Readonly<Record<string, Reader>> = {
  'network nic ip-config address-pool remove': nicLeaves,
  'network lb rule update': ruleStops,
  'network lb rule delete': (options, lb) => withoutRules(lb, 'translatingRules', [one(options, 'name')]),
  'network lb outbound-rule delete': (options, lb) => withoutRules(lb, 'outboundRules', [one(options, 'name')]),
  'network lb update': ruleStopsByPath,
};

const one = (options: Options, name: string): string => options.get(name)?.[0] ?? '';

function nicLeaves(options: Options, { pools }: LoadBalancer): Moving | undefined {
  const poolId = one(options, 'address-pool');
  const pool = pools.find(({ id }) => sameId(id, poolId));
  const members = (pool?.members ?? []).filter(({ ipConfigurationId: id = '' }) => {
    const [nic = '', , configuration = ''] = id.split('/').slice(-3);
    return (
      sameId(nic, one(options, 'nic-name')) &&
      sameId(configuration, one(options, 'ip-config-name')) &&
      sameId(groupOf(id).split('/')[4], one(options, 'resource-group'))
    );
  });
  return members.length === 0 ? undefined : leaves(members, poolId);
}

const leaves = (members: readonly Member[], poolId: string): Moving => ({
  members,
  suppose: (all) => all.filter(({ id }) => !sameId(id, poolId)),
});

/** A pool is taken off a model by its place there. */
function modelLeaves(options: Options, { pools }: LoadBalancer): Reading<Moving> | undefined {
  const [path = '', position = ''] = options.get('remove') ?? [];
  const place = /Configurations\[(\d+)\]\.ipConfigurations\[(\d+)\]\.loadBalancerBackendAddressPools$/i.exec(path);
  if (place === null || position === '') return undefined;
  const [, nicAt, at] = place.map(Number);
  const sets = pools.flatMap(({ scaleSets }) => scaleSets.filter(({ name }) => sameId(name, one(options, 'name'))));
  return Reading.all(sets.map(({ set, members, pool }) => set.map((model) => ({ model, members, pool })))).map(
    (found) => {
      const leaving = found.find(({ model, pool }) => {
        const all = present(model)?.modelConfigurations ?? [];
        const own = all.find((each) => each.nicAt === nicAt && each.at === at);
        return sameId(own?.loadBalancerBackendAddressPools[Number(position)], pool.id);
      });
      return leaves(leaving?.members ?? [], leaving?.pool.id ?? '');
    },
  );
}

function ruleStops(options: Options, loadBalancer: LoadBalancer): Moving | undefined {
  const stops = one(options, 'disable-outbound-snat').toLowerCase() === 'true' || options.has('backend-pools-name');
  return stops ? withoutRules(loadBalancer, 'translatingRules', [one(options, 'name')]) : undefined;
}

/** One PUT may set the one and add the other: what it adds counts as well. */
function ruleStopsByPath(options: Options, loadBalancer: LoadBalancer): Moving | undefined {
  const set = options.get('set') ?? [];
  const stopped = set.flatMap((word) => {
    const [, name, field = '', value = ''] =
      /^loadBalancingRules\[name=([^\]]*)\]\.([\w.[\]]*)=(.*)$/is.exec(word) ?? [];
    const stops = (field === 'disableOutboundSnat' && /^true$/i.test(value)) || /^backendAddressPool\.id$/.test(field);
    return name !== undefined && stops ? [name] : [];
  });
  const [removed, position] = options.get('remove') ?? [];
  const outbound = removed === 'outboundRules' ? loadBalancer.outboundRules[Number(position)]?.name : undefined;
  if (options.get('add')?.[0] === 'outboundRules') return undefined;
  if (outbound !== undefined) return withoutRules(loadBalancer, 'outboundRules', [outbound]);
  return stopped.length === 0 ? undefined : withoutRules(loadBalancer, 'translatingRules', stopped);
}

/** Everybody in the pools of this load balancer that these rules let out. */
function withoutRules(
  loadBalancer: LoadBalancer,
  list: 'outboundRules' | 'translatingRules',
  names: readonly string[],
): Moving | undefined {
  const isIt = (name: string): boolean => names.some((each) => sameId(each, name));
  const rules = list === 'outboundRules' ? loadBalancer.outboundRules : loadBalancer.balancingRules;
  const poolIds = rules.flatMap((rule) =>
    isIt(rule.name) ? ('poolIds' in rule ? rule.poolIds : rule.poolId === undefined ? [] : [rule.poolId]) : [],
  );
  const members = loadBalancer.pools.flatMap((pool) => (poolIds.some((id) => sameId(id, pool.id)) ? pool.members : []));
  const isOurs = (pool: OutwardPool): boolean => idKey(parentId(pool.id)) === idKey(loadBalancer.id);
  return {
    members,
    suppose: (pools) =>
      pools.map((pool) => (isOurs(pool) ? { ...pool, [list]: pool[list].filter((name) => !isIt(name)) } : pool)),
  };
}
