import { adminState, deallocated, detached, gone, machineGone, nicGone, set } from '../../world/changes.ts';
import { healthyWorld, idIn } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const place = { world: healthyWorld(), group: 'shop-rg' };
const endpoint = { id: idIn(place, 'Network/privateEndpoints', 'shop-endpoint') };

export default {
  fires: [
    {
      when: 'the interface was taken off its machine',
      data: { machine: null },
      world: () => change(healthyWorld(), detached('web-2')),
      on: '/networkInterfaces/web-2-nic',
      severity: 'high',
      kind: 'fault',
      affects: ['web-pool/web-2-nic'],
      says: 'web-2-nic is a member of web-pool and is attached to no machine.',
      types: 'az network nic ip-config address-pool remove',
    },
    {
      when: 'its machine was deleted half-way',
      world: () => change(healthyWorld(), machineGone('web-2')),
      on: '/networkInterfaces/web-2-nic',
      severity: 'high',
      affects: ['web-pool/web-2-nic'],
      says: 'its machine web-2 does not exist',
      types: 'az network nic ip-config address-pool remove',
    },
    {
      when: 'it is the only member',
      world: () => change(healthyWorld({ members: 1 }), detached('web-1')),
      severity: 'critical',
    },
    {
      when: 'the address in an IP-based pool is such an interface',
      world: () => change(healthyWorld({ membership: 'ip' }), detached('web-2')),
      on: '/networkInterfaces/web-2-nic',
      affects: ['web-pool/web-2'],
      types: 'az network lb address-pool address remove',
    },
    {
      when: 'a scale set no longer has the instance',
      world: () => change(healthyWorld({ membership: 'uniform' }), gone('web_2')),
      affects: ['web-pool/web_2'],
      says: 'its machine 2 does not exist',
      types: '# An instance',
    },
    {
      when: 'no balancing rule uses the pool',
      world: () => change(healthyWorld({ pools: [{ name: 'web-pool' }, { name: 'spare-pool' }] }), detached('spare-2')),
      severity: 'info',
      kind: 'advice',
    },
    {
      when: 'it was taken out of service first',
      world: () => change(healthyWorld(), adminState('web-2', 'Down'), detached('web-2')),
      severity: 'info',
      kind: 'advice',
    },
  ],
  silent: [
    { when: 'the machine is only off', world: () => change(healthyWorld(), deallocated('web-2')) },
    { when: 'the interface itself is gone', world: () => change(healthyWorld(), nicGone('web-2')) },
    {
      when: 'a private endpoint has the interface',
      world: () => change(healthyWorld(), detached('web-2'), set('web-2-nic', 'properties.privateEndpoint', endpoint)),
    },
    {
      when: 'a private link service has it',
      world: () =>
        change(healthyWorld(), detached('web-2'), set('web-2-nic', 'properties.privateLinkService', endpoint)),
    },
    {
      when: 'a machine is being attached',
      world: () =>
        change(healthyWorld(), detached('web-2'), set('web-2-nic', 'properties.provisioningState', 'Updating')),
    },
    { when: "interfaces are a scale set's", world: () => healthyWorld({ membership: 'uniform' }) },
  ],
} satisfies RuleWorlds;
