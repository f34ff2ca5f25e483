import { idKey, sameId } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { cite, type Fact } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { lookAtNic, notice } from '../../steps/looking.ts';
import { addNic, removeNic } from '../../steps/pool.ts';
import { isThere } from '../../topology/gone.ts';
import type { IpConfiguration, LoadBalancer, Member, Nic, Pool } from '../../topology/model.ts';
import { everyMember, type MemberSubject } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { named } from '../../words/name-order.ts';

export default defineRule({
  id: 'membership-backref-mismatch',
  layer: 'existence',
  kind: 'risk',
  severity: 'medium',
  title: 'A pool and an interface disagree about membership',
  why: 'Membership in a pool of interfaces is written on the interface and shown on both. Where the two differ, a change went through on one side only.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
  about: everyMember,
  needs: { nic: ({ member }: MemberSubject) => member.nic },
  check: ({ member, pool, loadBalancer }, { nic }) => {
    // An address needs no interface to know of it; Manual says that nobody keeps the two alike.
    if (!isThere(nic) || member.nicId === undefined || is(pool.syncMode, 'Manual')) return undefined;
    const found = onlyInPool(nic, member) ?? onlyOnNic(nic, loadBalancer);
    if (!found) return undefined;
    const { listed, configuration } = found;
    return {
      on: nic.id,
      covers: found.pool.balancingRules.map((balancingRule) => ({ balancingRule, ...found.member })),
      facts: { listed, named: cite(configuration, 'loadBalancerBackendAddressPools') },
      detail: { nic, ...found },
    };
  },
  message: (_, __, { nic, configuration, pool, side }) =>
    side === 'pool'
      ? `${pool.name} lists ${nic.name}, whose ${configuration.name} does not name the pool.`
      : `${configuration.name} of ${nic.name} names ${pool.name}, which does not list it.`,
  fix: (_, { member }, { nic, configuration, pool, side }) => {
    if (member.instance) {
      const { instanceId, scaleSet } = member.instance;
      return [
        notice(
          `An instance's interface can't be edited: bring instance ${instanceId} of ${scaleSet} to the model again`,
        ),
      ];
    }
    const change = { poolId: pool.id, ipConfigurationId: configuration.id };
    // Writing it once more on the side that is written heals both; taking it out is the other way to agree.
    return [lookAtNic(nic.id), ...(side === 'pool' ? addNic(change) : removeNic(change))];
  },
  together: {
    by: ({ subject: { member }, detail: { side, pool } }) =>
      member.instance ? undefined : `${side} ${idKey(pool.id)}`,
    message: (all) => {
      const [
        {
          detail: { side, pool },
        },
      ] = all;
      const nics = all.map(({ detail }) => detail.nic.name);
      const said = counted(new Set(nics).size, 'interface');
      return side === 'pool'
        ? `${pool.name} lists ${said} that do not name it: ${named(nics)}.`
        : `${said} name ${pool.name}, which does not list them: ${named(nics)}.`;
    },
  },
});

function names({ loadBalancerBackendAddressPools: ids }: IpConfiguration, pool: Pool): boolean {
  return ids.some((id) => sameId(id, pool.id));
}

interface Mismatch {
  readonly side: 'pool' | 'interface';
  readonly configuration: IpConfiguration;
  readonly pool: Pool;
  readonly listed: Fact<unknown>;
  readonly member: { readonly member?: Member };
}

function onlyInPool({ ipConfigurations }: Nic, member: Member): Mismatch | undefined {
  const { pool, ipConfigurationId, networkInterfaceIPConfiguration } = member;
  const configuration = ipConfigurations.find(({ id }) => sameId(id, ipConfigurationId));
  if (!configuration || names(configuration, pool)) return undefined;
  return { side: 'pool', configuration, pool, listed: cite(networkInterfaceIPConfiguration, 'id'), member: { member } };
}

/** A configuration of this interface that names one of the pools, and is not in it. */
function onlyOnNic({ ipConfigurations }: Nic, { pools }: LoadBalancer): Mismatch | undefined {
  for (const configuration of ipConfigurations) {
    const pool = pools.find(
      (each) =>
        names(configuration, each) &&
        !is(each.syncMode, 'Manual') &&
        !each.members.some(({ ipConfigurationId }) => sameId(ipConfigurationId, configuration.id)),
    );
    if (pool)
      return { side: 'interface', configuration, pool, listed: cite(pool, 'backendIPConfigurations'), member: {} };
  }
  return undefined;
}
