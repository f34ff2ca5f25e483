import { also, answersHttp, fault, healthReason, listenerStopped } from '../../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../../world/healthy.ts';
import { type Change, change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const service =
  (enableProxyProtocol: boolean, frontend = 'web-frontend'): Change =>
  (world) =>
    also({
      id: `${loadBalancerOf(world).id.split('/loadBalancers/')[0] ?? ''}/privateLinkServices/web-pls`,
      name: 'web-pls',
      type: 'Microsoft.Network/privateLinkServices',
      location: 'westeurope',
      properties: {
        provisioningState: 'Succeeded',
        enableProxyProtocol,
        loadBalancerFrontendIpConfigurations: [
          { id: `${loadBalancerOf(world).id.toLowerCase()}/frontendIPConfigurations/${frontend}` },
        ],
      },
    })(world);
const wrongly = (...numbers: readonly number[]): readonly Change[] =>
  numbers.map((number) => healthReason(`web-${number}`, 'Down_Probe_HttpStatusCodeError'));
const behind = (...changes: readonly Change[]) => change(healthyWorld(), service(true), ...changes);

export default {
  fires: [
    {
      when: 'all members answer the probe wrongly',
      world: () => behind(...wrongly(1, 2, 3)),
      on: '/privateLinkServices/web-pls',
      severity: 'critical',
      kind: 'fault',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'],
      says: 'Private Link service web-pls has PROXY protocol on',
      explains: ['http-status-error', 'rule-all-down'],
      cites: '$.enableProxyProtocol',
      data: { enableProxyProtocol: true },
      changes: 'az network private-link-service update --resource-group=shop-rg',
      undoes: '--name=web-pls --enable-proxy-protocol=true',
    },
  ],
  silent: [
    { when: 'one member is up', world: () => behind(...wrongly(1, 2)), unasked: 'private-link-service' },
    {
      when: 'nobody listens at all',
      world: () => behind(...[1, 2, 3].map((each) => listenerStopped(`web-${each}`))),
      unasked: 'private-link-service',
    },
    { when: 'PROXY protocol is off', world: () => change(healthyWorld(), service(false), ...wrongly(1, 2, 3)) },
    {
      when: 'the service is at another frontend',
      world: () => change(healthyWorld(), service(true, 'other'), ...wrongly(1, 2, 3)),
    },
    {
      when: 'services can not be read',
      world: () => behind(...wrongly(1, 2, 3), fault({ on: /privateLinkServices/, kind: 'denied' })),
    },
    { when: 'there is none', world: () => change(healthyWorld({ members: 1 }), answersHttp('web-1', 500)) },
    { when: 'all is well, and nobody asked', world: () => healthyWorld(), unasked: 'private-link-service' },
  ],
} satisfies RuleWorlds;
