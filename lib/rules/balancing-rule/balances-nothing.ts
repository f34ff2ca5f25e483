import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import type { LoadBalancer } from '../../topology/model.ts';
import { theLoadBalancer } from '../../topology/subjects.ts';

export default defineRule({
  id: 'balances-nothing',
  layer: 'advice',
  kind: 'advice',
  severity: 'info',
  saysWhatItDoes: true,
  title: 'A load balancer without balancing rules',
  why: 'What comes in is spread over members by balancing rules alone. Inbound NAT rules lead to one machine each, outbound rules let machines out: neither has a probe, and whether they work is not judged.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/components',
  about: theLoadBalancer,
  possible: ({ loadBalancer: { balancingRules, disagreements } }) =>
    balancingRules.length === 0 && disagreements.length === 0,
  check: ({ loadBalancer }) => ({
    facts: {
      balancingRules: derive(0, cite({ source: loadBalancer.source, loadBalancingRules: none }, 'loadBalancingRules')),
    },
    detail: undefined,
  }),
  message: (_, { loadBalancer }) => `${loadBalancer.name} has no balancing rule: ${doesInstead(loadBalancer)}.`,
});

const none: readonly string[] = [];

function doesInstead({ natRules, natPools, outboundRules }: LoadBalancer): string {
  const isNat = natRules.length + natPools.length > 0;
  if (isNat && outboundRules.length > 0)
    return 'it does inbound NAT and lets machines out, neither of which was judged';
  if (isNat) return 'it does inbound NAT alone, which was not judged';
  if (outboundRules.length > 0) return 'it lets machines out alone, which was not judged';
  return 'it does nothing';
}
