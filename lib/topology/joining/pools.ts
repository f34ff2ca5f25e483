import { groupOf, sameId } from '../../azure/ids.ts';
import { lazy } from '../lazy.ts';
import { entriesOf, JoinedMember, namesOfEntries, type Surroundings } from '../members.ts';
import type { LoadBalancer, Member, Pool, ScaleSetInPool } from '../model.ts';
import { scaleSetsAround } from '../scale-sets-around.ts';
import { representativeNics } from './representatives.ts';
import { scaleSetsIn } from './scale-sets-in.ts';
import type { Item, Whole } from './whole.ts';

type Translation = Pick<LoadBalancer, 'natRules' | 'outboundRules'>;

export function poolsOf(whole: Whole, subscriptionId: string, translation: Translation): readonly Pool[] {
  const representatives = lazy(() => representativeNics(pools.flatMap((pool) => pool.members)));
  const around: Surroundings = {
    evidence: whole.evidence,
    parts: whole.shared,
    loadBalancerId: whole.value.id,
    subscriptionId,
    representative: (member) => representatives().get(member),
  };
  const pools = whole.value.backendAddressPools.map((item, index) => poolFrom(whole, item, index, translation, around));
  return pools;
}

function poolFrom(
  whole: Whole,
  item: Item<'backendAddressPools'>,
  index: number,
  { natRules, outboundRules }: Translation,
  around: Surroundings,
): Pool {
  const source = whole.at('backendAddressPools', index);
  const entries = entriesOf(item, source);
  const names = namesOfEntries(entries);
  const members: Member[] = [];
  const scaleSets: ScaleSetInPool[] = [];
  const pool: Pool = {
    source,
    id: item.id,
    name: item.name,
    kind: kindOf(entries),
    syncMode: item.syncMode,
    provisioningState: item.provisioningState,
    virtualNetworkId: item.virtualNetwork?.id,
    loadBalancerBackendAddresses: item.loadBalancerBackendAddresses?.map(({ name }) => name ?? ''),
    backendIPConfigurations: item.backendIPConfigurations?.map(({ id }) => id),
    members,
    balancingRules: whole.rulesAt(item.id),
    natRules: natRules.filter(({ poolId }) => sameId(poolId, item.id)),
    outboundRules: outboundRules.filter(({ poolId }) => sameId(poolId, item.id)),
    scaleSets,
    get scaleSetsAround() {
      return scaleSetsAround(whole.evidence, { poolId: item.id, groupId: groupOf(whole.value.id) });
    },
  };
  // A member knows its pool, and a scale set its members: both are made of a pool that is there.
  entries.forEach((entry, at) => {
    members.push(new JoinedMember(entry, names[at] ?? '', pool, around));
  });
  scaleSets.push(...scaleSetsIn(whole.evidence, pool));
  return pool;
}

function kindOf(entries: ReturnType<typeof entriesOf>): Pool['kind'] {
  if (entries.length === 0) return 'empty';
  if (entries.some(({ ipConfigurationId }) => ipConfigurationId !== undefined)) return 'nic';
  return entries.some(({ address }) => address?.loadBalancerFrontendIPConfiguration) ? 'frontend' : 'ip';
}
