import type { FoundMissing, MissingReason } from '../../../schemas/found.generated.ts';
import { lastSegment, sameId } from '../../azure/ids.ts';
import type { LoadBalancer, Pool } from '../../topology/model.ts';
import { type Holding, networkOf, networkOfAddress } from './holding.ts';
import { type Inventory, scaleSetOf, type Unit } from './inventory.ts';
import { type Siblings, siblingsOf } from './siblings.ts';

/** The pools that a unit's siblings are in and it is not, each with the reason. */
export function missingOf(unit: Unit, inventory: Inventory, holding: Holding): readonly FoundMissing[] {
  const own = new Set(holding.membersOf(unit).map(({ pool }) => pool));
  const taken = new Set<Pool>();
  return siblingsOf(unit, inventory.units).flatMap((siblings) => {
    const inPools = new Map<Pool, Unit[]>();
    for (const sibling of siblings.units) {
      for (const pool of new Set(holding.membersOf(sibling).map((member) => member.pool))) {
        inPools.set(pool, [...(inPools.get(pool) ?? []), sibling]);
      }
    }
    return [...inPools].flatMap(([pool, inPool]) => {
      const loadBalancer = inventory.loadBalancers.find(({ pools }) => pools.includes(pool));
      if (own.has(pool) || taken.has(pool) || !isTelling(siblings, inPool) || loadBalancer === undefined) return [];
      taken.add(pool);
      return [missingFrom({ unit, pool, loadBalancer, siblings, inPool, inventory, holding })];
    });
  });
}

/** A name says less than a set: half of those called alike must be in the pool. */
function isTelling({ kind, units }: Siblings, inPool: readonly Unit[]): boolean {
  return kind !== 'name' || inPool.length * 2 >= units.length;
}

interface Gap {
  readonly unit: Unit;
  readonly pool: Pool;
  readonly loadBalancer: LoadBalancer;
  readonly siblings: Siblings;
  readonly inPool: readonly Unit[];
  readonly inventory: Inventory;
  readonly holding: Holding;
}

function missingFrom(gap: Gap): FoundMissing {
  const { pool, loadBalancer, siblings, inPool } = gap;
  const { id, name, resourceGroup } = loadBalancer;
  const { kind, of, units } = siblings;
  return {
    loadBalancer: { id, name, resourceGroup },
    pool: pool.name,
    balancingRules: pool.balancingRules.map((rule) => rule.name),
    siblings: { kind, of, inPool: inPool.map((unit) => unit.name), total: units.length },
    ...whyOf(gap),
  };
}

interface Why {
  readonly reason: MissingReason;
  readonly why: string;
}

function whyOf(gap: Gap): Why {
  const { unit, pool } = gap;
  return otherNetwork(gap) ?? (pool.kind === 'nic' ? byInterface(gap) : byAddress(unit, pool));
}

function otherNetwork({ unit, pool, inPool, holding }: Gap): Why | undefined {
  const own = networksOf(unit);
  const theirs =
    pool.kind === 'nic'
      ? inPool.flatMap((sibling) => networksIn(sibling, pool, holding))
      : pool.members.flatMap((member) => networkOfAddress(member) ?? []);
  const [there] = theirs;
  const [here] = own;
  if (there === undefined || here === undefined) return undefined;
  if (own.some((network) => theirs.some((other) => sameId(network, other)))) return undefined;
  return {
    reason: 'other-network',
    why: `${unit.name} is in virtual network ${lastSegment(here)}, the members of ${pool.name} are in ${lastSegment(there)}: a pool holds machines of one network`,
  };
}

function networksOf({ interfaces }: Unit): readonly string[] {
  const subnets = interfaces.flatMap(({ ipConfigurations }) =>
    ipConfigurations.flatMap(({ subnetId }) => subnetId ?? []),
  );
  return subnets.map(networkOf);
}

/** Of the configurations with which a sibling is in the pool. */
function networksIn(sibling: Unit, pool: Pool, holding: Holding): readonly string[] {
  const members = holding.membersOf(sibling).filter((member) => member.pool === pool);
  return sibling.interfaces.flatMap(({ ipConfigurations }) =>
    ipConfigurations
      .filter(({ id }) => members.some(({ ipConfigurationId }) => sameId(ipConfigurationId, id)))
      .flatMap(({ subnetId }) => (subnetId === undefined ? [] : [networkOf(subnetId)])),
  );
}

function byInterface({ unit, pool, inventory }: Gap): Why {
  const set = scaleSetOf(unit, inventory);
  if (set?.modelPools !== undefined) {
    const named = set.modelPools.some((id) => sameId(id, pool.id));
    if (!named) {
      return {
        reason: 'model-lacks-pool',
        why: `the model of scale set ${set.name} does not name ${pool.name}: an instance made from it never joins`,
      };
    }
    if (unit.machine?.latestModelApplied === false) {
      return {
        reason: 'model-not-applied',
        why: `the model of scale set ${set.name} names ${pool.name}, but was not applied to ${unit.name} (latestModelApplied is false)`,
      };
    }
  }
  return interfaceWithout(unit, pool);
}

function interfaceWithout(unit: Unit, pool: Pool): Why {
  const configurations = unit.interfaces.flatMap(({ name, ipConfigurations }) =>
    ipConfigurations.map((configuration) => `${name}/${configuration.name}`),
  );
  if (configurations.length > 0) {
    const [only] = configurations;
    const which =
      configurations.length === 1
        ? `its IP configuration ${only} does not name`
        : `none of its IP configurations (${configurations.join(', ')}) names`;
    return { reason: 'interface-without-pool', why: `${which} ${pool.name}` };
  }
  if (unit.machine?.nicIds.length === 0) {
    return { reason: 'no-interface', why: `${unit.name} has no network interface` };
  }
  return { reason: 'not-read', why: `the network interfaces of ${unit.name} were not read` };
}

function byAddress(unit: Unit, pool: Pool): Why {
  const addresses = unit.interfaces.flatMap(({ ipConfigurations }) =>
    ipConfigurations.flatMap(({ privateIPAddress }) => privateIPAddress ?? []),
  );
  if (addresses.length === 0) return interfaceWithout(unit, pool);
  return {
    reason: 'address-not-listed',
    why: `${pool.name} lists addresses, and ${addresses.join(', ')} is not among them`,
  };
}
