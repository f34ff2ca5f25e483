import { is } from '../../azure/words.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { scaleOut } from '../../steps/machine.ts';
import { present } from '../../topology/gone.ts';
import { firstScaleSet, withMachines } from '../../topology/members-with.ts';
import type { Gone, Machine, Member } from '../../topology/model.ts';
import { type PoolSubject, servingPools } from '../../topology/subjects.ts';

export default defineRule({
  id: 'single-member-serving',
  layer: 'symptom',
  kind: 'risk',
  severity: 'high',
  // A count: where instances never joined, that is why.
  observes: 'count',
  title: 'One machine carries all the traffic',
  why: 'Whatever happens to it, a restart for updates included, is an outage. Two configurations of one machine are no second member.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-best-practices',
  about: servingPools,
  needs: { members: ({ pool }: PoolSubject) => withMachines(pool.members) },
  wants: { set: ({ pool }: PoolSubject) => firstScaleSet(pool) },
  check: ({ pool, loadBalancer }, { members }, { set }) => {
    // A Global load balancer's members are load balancers, whose own members are their affair.
    if (is(loadBalancer.tier, 'Global')) return undefined;
    const machines = new Set(members.map(({ member, machine }) => standingFor(member, machine).toLowerCase()));
    const [first] = pool.members;
    if (machines.size !== 1 || !first) return undefined;
    const listed = pool.members.map((member) =>
      member.nicId === undefined ? cite(member, 'ipAddress') : cite(member.networkInterfaceIPConfiguration, 'id'),
    );
    return {
      facts: { machines: derive(machines.size, ...listed) },
      detail: { first, set: present(set) },
    };
  },
  message: (_, { pool }, { first }) => `${first.name} alone serves ${pool.name}.`,
  fix: (_, { pool, loadBalancer }, { first, set }) => {
    const check = checkWithTriage(loadBalancer.id);
    if (!first.instance) return [notice(`Put a second machine, in another zone, into ${pool.name}`), check];
    const { scaleSet, scaleSetId } = first.instance;
    if (set?.capacity === undefined) return [notice(`Give scale set ${scaleSet} one more instance`), check];
    const count = Math.max(set.capacity, set.instances.length);
    if (count > 1)
      return [
        notice(`Scale set ${scaleSet} has ${count} instances: bring the others into ${pool.name} before making more`),
        check,
      ];
    if (loadBalancer.owner === 'aks')
      return [notice(`Scale the node pool of ${scaleSet}: az aks nodepool scale`), check];
    return scaleOut({ scaleSetId, from: set.capacity, loadBalancerId: loadBalancer.id });
  },
});

/** The machine, or what stands for one that isn't known. */
function standingFor({ nicId, key }: Member, machine: Machine | Gone | undefined): string {
  return machine?.id ?? nicId ?? key;
}
