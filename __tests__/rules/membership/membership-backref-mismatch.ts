import { answers, nicGone, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const lb = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb`;
const pool = (name: string) => ({ id: `${lb}/backendAddressPools/${name}` });
const named = 'properties.ipConfigurations[ipconfig1].properties.loadBalancerBackendAddressPools';
const inPool = (name: string, field: string) => `properties.backendAddressPools[${name}].properties.${field}`;
const notNamed = answers('web-2-nic', named, []);
const withSpare = () => healthyWorld({ pools: [{ name: 'web-pool' }, { name: 'spare-pool', members: 0 }] });
const namesBoth = set('web-2-nic', named, [pool('web-pool'), pool('SPARE-pool')]);
const unlisted = [
  answers('web-lb', inPool('spare-pool', 'loadBalancerBackendAddresses'), []),
  answers('web-lb', inPool('spare-pool', 'backendIPConfigurations'), undefined),
];

export default {
  fires: [
    {
      when: 'the pool lists an interface that does not name it',
      changes: 'address-pool add',
      world: () => change(healthyWorld(), notNamed),
      on: '/networkInterfaces/web-2-nic',
      severity: 'medium',
      kind: 'risk',
      affects: ['https', 'web-pool/web-2-nic'],
      says: 'web-pool lists web-2-nic, whose ipconfig1 does not name the pool.',
      types: 'az network nic ip-config address-pool add',
    },
    {
      when: 'an interface names a pool that does not list it',
      changes: 'address-pool remove',
      world: () => change(withSpare(), namesBoth, ...unlisted),
      on: '/networkInterfaces/web-2-nic',
      says: 'ipconfig1 of web-2-nic names spare-pool, which does not list it.',
      types: 'az network nic ip-config address-pool remove',
    },
    {
      when: "it is a scale set's",
      world: () => change(healthyWorld({ membership: 'uniform', members: 1 }), answers('web-nic', named, [])),
      types: 'bring instance 1 of web to the model again',
    },
  ],
  silent: [
    { when: 'both agree', world: () => healthyWorld() },
    { when: 'both agree about two pools', world: () => change(withSpare(), namesBoth) },
    { when: 'members are addresses', world: () => change(healthyWorld({ membership: 'ip' }), notNamed) },
    {
      when: 'the pool is kept by hand',
      world: () => change(healthyWorld(), notNamed, set('web-lb', inPool('web-pool', 'syncMode'), 'Manual')),
    },
    {
      when: 'the other pool is kept by hand',
      world: () =>
        change(withSpare(), namesBoth, ...unlisted, set('web-lb', inPool('spare-pool', 'syncMode'), 'Manual')),
    },
    { when: 'the interface is gone', world: () => change(healthyWorld(), nicGone('web-2')) },
  ],
} satisfies RuleWorlds;
