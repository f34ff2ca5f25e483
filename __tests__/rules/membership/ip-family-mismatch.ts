import { emptyPool, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const version = (value: string, frontend = 'web-frontend') =>
  set('web-lb', `properties.frontendIPConfigurations[${frontend}].properties.privateIPAddressVersion`, value);
const internal = (shape = {}) => healthyWorld({ internal: true, members: 2, ...shape });
const member = (name: string, value: string) =>
  set(name, 'properties.ipConfigurations[ipconfig1].properties.privateIPAddressVersion', value);

export default {
  fires: [
    {
      when: 'an IPv6 frontend has IPv4 members',
      world: () => change(internal(), version('IPv6')),
      on: '/loadBalancingRules/https',
      severity: 'high',
      kind: 'fault',
      affects: ['https'],
      says: 'Frontend web-frontend of https is IPv6, and its members are all IPv4.',
      types: "# Give each member's interface an IPv6 configuration",
    },
    {
      when: 'an IPv4 frontend has IPv6 members',
      world: () => change(internal(), member('web-1-nic', 'IPv6'), member('web-2-nic', 'IPv6')),
      says: 'is IPv4, and its members are all IPv6.',
    },
    {
      when: 'members are addresses',
      world: () => change(internal({ membership: 'ip' }), version('IPv6')),
      says: 'its members are all IPv4',
    },
    {
      when: 'they are IPv6 addresses of nobody',
      explains: ['rule-all-down', 'tcp-probe-timeout'],
      data: { frontend: 'IPv4', members: ['IPv6'] },
      world: () =>
        change(
          internal({ membership: 'ip', members: 1 }),
          set(
            'web-lb',
            'properties.backendAddressPools[web-pool].properties.loadBalancerBackendAddresses[web-1].properties.ipAddress',
            'fd00:20:1::99',
          ),
        ),
      says: 'its members are all IPv6',
    },
  ],
  silent: [
    { when: 'both are IPv4', world: () => change(internal(), version('ipv4')) },
    { when: 'one member is of the same version', world: () => change(internal(), member('web-1-nic', 'IPv6')) },
    { when: 'each version has frontend, pool and balancing rule', world: () => internal({ ipv6: true }) },
    { when: 'the frontend is public', world: () => change(healthyWorld(), version('IPv6')) },
    { when: 'the pool is empty', world: () => change(internal(), version('IPv6'), emptyPool()) },
  ],
} satisfies RuleWorlds;
