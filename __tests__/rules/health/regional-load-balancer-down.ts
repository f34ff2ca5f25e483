import { set } from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const withoutRules = (...names: readonly string[]) =>
  change(healthyGlobalWorld(), ...names.map((name) => set(name, 'properties.loadBalancingRules', [])));

export default {
  fires: [
    {
      when: 'no region has a healthy member',
      world: () => withoutRules('web-lb-east', 'web-lb-west'),
      on: '/shop-east-rg/providers/Microsoft.Network/loadBalancers/web-lb-east',
      severity: 'critical',
      kind: 'fault',
      affects: ['https', 'web-pool/web-lb-east-address'],
      says: 'No member of the regional load balancer web-lb-east, which https sends traffic to, is healthy.',
      types: 'azlb triage --resource-group=shop-east-rg',
      explains: ['rule-all-down'],
      data: { reason: 'Down_Probe_NoHealthyBackend' },
    },
  ],
  silent: [
    { when: 'one region is down, and no row says which', world: () => withoutRules('web-lb-west') },
    { when: 'every region is up', world: () => healthyGlobalWorld() },
    { when: 'it is no Global load balancer', world: () => healthyWorld() },
  ],
} satisfies RuleWorlds;
