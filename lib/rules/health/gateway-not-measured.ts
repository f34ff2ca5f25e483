import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { everyBalancingRule } from '../../topology/subjects.ts';
import { citeSku } from '../reference.ts';

export default defineRule({
  id: 'gateway-not-measured',
  layer: 'symptom',
  kind: 'advice',
  severity: 'info',
  title: 'Azure tells nothing of the health of a Gateway load balancer',
  why: 'The health action answers for Standard load balancers alone. That its machines run and that nothing is found is all that is known of a Gateway: whether its appliances answer is for them to say.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status',
  about: everyBalancingRule,
  possible: ({ loadBalancer }) => is(loadBalancer.sku, 'Gateway'),
  check: ({ rule, loadBalancer }) => ({
    on: loadBalancer.id,
    facts: { sku: citeSku(loadBalancer), protocol: cite(rule, 'protocol') },
    detail: undefined,
  }),
  message: (_, { loadBalancer: { name } }) =>
    `Whether the members of ${name} answer is not measured: Azure has no health of a Gateway load balancer. Their machines, interfaces and pools were looked at.`,
});
