import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { removeProbe } from '../../steps/probe.ts';
import { setsJudgedBy } from '../../topology/health-probe-sets.ts';
import { everyProbe, type ProbeSubject } from '../../topology/subjects.ts';
import { inOrder } from '../../words/name-order.ts';
import { citeHealthProbe, citeReference } from '../reference.ts';

export default defineRule({
  id: 'probe-unused',
  layer: 'advice',
  kind: 'advice',
  severity: 'low',
  title: 'A probe is used by no balancing rule',
  why: 'It probes nobody. A scale set that judges its instances by it can not be changed any more: Azure refuses with CannotUseInactiveHealthProbe.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors',
  about: everyProbe,
  when: ({ probe }) => probe.balancingRules.length === 0,
  wants: { sets: ({ probe, loadBalancer }: ProbeSubject) => setsJudgedBy(probe, loadBalancer) },
  check: ({ probe, loadBalancer }, _, { sets = [] }) => ({
    ...(sets.length > 0 ? { kind: 'risk', severity: 'high' } : {}),
    facts: {
      probe: derive(
        probe.name,
        cite(probe, 'name'),
        ...loadBalancer.balancingRules.map((rule) => citeReference(rule, 'probe', rule.probeId)),
      ),
      scaleSets: derive(
        sets.map(({ name }) => name),
        ...sets.map(citeHealthProbe),
      ),
    },
    detail: undefined,
  }),
  message: ({ scaleSets }, { probe }) =>
    scaleSets.length > 0
      ? `Probe ${probe.name} is used by no balancing rule, but scale set ${inOrder(scaleSets).join(', ')} judges its instances by it.`
      : `Probe ${probe.name} is used by no balancing rule.`,
  fix: ({ scaleSets }, { probe, loadBalancer }) => {
    if (scaleSets.length > 0) {
      return [
        notice(
          `Let a balancing rule use ${probe.name}, or give scale set ${inOrder(scaleSets).join(', ')} another healthProbe`,
        ),
      ];
    }
    const { id: loadBalancerId, hasNewerFields: keepsNewFields } = loadBalancer;
    return removeProbe({ loadBalancerId, probe, position: loadBalancer.probes.indexOf(probe), keepsNewFields });
  },
});
