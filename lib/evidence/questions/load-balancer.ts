import type { LoadBalancerAnswer } from '../../../schemas/az/load-balancer.generated.ts';
import schema from '../../../schemas/az/load-balancer.schema.json' with { type: 'json' };
import { misnamed, strangerIn } from '../parents.ts';
import { defineQuestion } from '../question.ts';

/** The load balancer with its frontends, pools, probes and rules. Only this command carries the newer fields (API 2025-07-01). */
export const loadBalancer = defineQuestion<LoadBalancerAnswer>({
  name: 'load-balancer',
  schema,
  misfit: (value) =>
    misnamed(value) ??
    strangerIn(
      value.id,
      value.frontendIPConfigurations,
      value.backendAddressPools,
      value.loadBalancingRules,
      value.probes,
      value.inboundNatRules,
      value.inboundNatPools,
      value.outboundRules,
    ),
  batch: true,
  argv: (ids) => ['network', 'lb', 'show', '--ids', ...ids],
});
