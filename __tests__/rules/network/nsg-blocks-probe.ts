import {
  fault,
  inApplicationGroup,
  nicDenies,
  subnetAllows,
  subnetDenies,
  towardsApplicationGroup,
  unguarded,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { type Change, change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const deny = { name: 'DenyAll', priority: 150 } as const;
/** Only the rules in force tell which of these tags hold the probe's address. */
const denyPlatform = (source: string): Change =>
  subnetDenies({ name: 'DenyPlatform', priority: 150, source, port: 8443 });
const noEffective: Change = fault({ on: /^POST .*effectiveNetworkSecurityGroups/, kind: 'denied' });

export default {
  fires: [
    {
      when: "the subnet's group denies everything",
      world: () => change(healthyWorld(), subnetDenies(deny)),
      on: '/networkSecurityGroups/web-nsg',
      severity: 'critical',
      kind: 'fault',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'],
      says: 'Security rule DenyAll (priority 150) in web-nsg denies the health probe on port 8443, and clients from the internet on port 8443.',
      types:
        '--name=Allow-AzureLB-Probe-8443 --priority=149 --direction=Inbound --access=Allow --protocol=Tcp --source-address-prefixes=AzureLoadBalancer',
    },
    {
      when: 'it denies the probe alone',
      world: () => change(healthyWorld(), subnetDenies({ ...deny, source: 'AzureLoadBalancer' })),
      says: 'denies the health probe on port 8443.',
    },
    {
      when: 'it denies the virtual network, which holds the probe',
      world: () => change(healthyWorld(), subnetDenies({ ...deny, source: 'VirtualNetwork' })),
    },
    {
      when: "one interface's group denies it",
      world: () => change(healthyWorld(), nicDenies('web-2', deny)),
      on: '/networkSecurityGroups/web-2-nic-nsg',
      severity: 'high',
      affects: ['https', 'web-pool/web-2-nic'],
    },
    {
      when: 'the balancing rule is UDP and the probe TCP',
      world: () =>
        change(
          healthyWorld({ balancingRules: [{ name: 'dns', frontendPort: 53, backendPort: 53, protocol: 'Udp' }] }),
          subnetDenies({ ...deny, protocol: 'Tcp' }),
        ),
    },
    {
      when: 'IPv6 members are denied by the tag',
      world: () => change(healthyWorld({ ipv6: true }), subnetDenies({ ...deny, source: 'AzureLoadBalancer' })),
      affects: [
        'https',
        'https-v6',
        ...['web-1', 'web-2', 'web-3'].flatMap((name) => [`web-pool/${name}-nic`, `web-pool-v6/${name}-nic`]),
      ],
    },
    {
      when: 'the deny is towards an application security group that one member is in',
      world: () =>
        change(
          healthyWorld(),
          subnetDenies(deny),
          inApplicationGroup('web-2', 'web-servers'),
          towardsApplicationGroup('DenyAll', 'web-servers'),
        ),
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
    },
    {
      when: 'the rules in force say what the configured ones leave open',
      world: () => change(healthyWorld(), denyPlatform('AzurePlatformDNS')),
      says: 'Security rule DenyPlatform (priority 150) in web-nsg',
      types: '--priority=149',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'nothing guards the members', world: () => change(healthyWorld(), unguarded()) },
    { when: 'IPv6 members are let in', world: () => healthyWorld({ ipv6: true }) },
    {
      when: 'a wider allow stands above the deny',
      world: () => change(healthyWorld(), subnetDenies(deny), subnetAllows({ name: 'AllowAll', priority: 140 })),
    },
    {
      when: 'an allow for the virtual network does, which holds the probe',
      world: () =>
        change(
          healthyWorld(),
          subnetDenies(deny),
          subnetAllows({ priority: 140, source: 'VirtualNetwork', port: 8443 }),
        ),
    },
    {
      when: 'the deny is for the internet, which does not hold it',
      world: () => change(healthyWorld(), subnetDenies({ ...deny, source: 'Internet' })),
    },
    { when: 'the deny is for another port', world: () => change(healthyWorld(), subnetDenies({ ...deny, port: 22 })) },
    { when: 'the deny is for UDP', world: () => change(healthyWorld(), subnetDenies({ ...deny, protocol: 'Udp' })) },
    {
      when: 'the deny is outbound',
      world: () => change(healthyWorld(), subnetDenies({ ...deny, direction: 'Outbound' })),
    },
    {
      when: 'the deny is towards an application security group that no member is in',
      world: () => change(healthyWorld(), subnetDenies(deny), towardsApplicationGroup('DenyAll', 'others')),
    },
    {
      when: 'the rules in force say that it is another address',
      world: () => change(healthyWorld(), denyPlatform('AzurePlatformIMDS')),
    },
    {
      when: 'the configured rules leave it open, and those in force can not be read',
      world: () => change(healthyWorld(), denyPlatform('AzurePlatformDNS'), noEffective),
    },
  ],
} satisfies RuleWorlds;
