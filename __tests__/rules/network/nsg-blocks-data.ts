import {
  balancingRule,
  deallocated,
  fault,
  inApplicationGroup,
  machineGone,
  managerAllows,
  managerAlwaysAllows,
  nicAllows,
  nicDenies,
  set,
  subnetAllows,
  subnetDenies,
  towardsApplicationGroup,
  withoutSecurityRule,
} from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../../world/healthy.ts';
import { type Change, change, type World } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const deniesClients: Change = subnetDenies({ name: 'DenyWeb', priority: 150, source: 'Internet', port: 8443 });
const deniesWeb = {
  deniedBy: 'DenyWeb',
  priority: 150,
  access: 'Deny',
  direction: 'Inbound',
  protocol: '*',
  source: ['Internet'],
  ports: ['8443'],
};
const closed = (...changes: readonly Change[]): World => change(healthyWorld(), deniesClients, ...changes);
const ports = (rule: string, port: string): Change =>
  set('web-nsg', `properties.securityRules[${rule}].properties.destinationPortRange`, port);
const haPorts = () =>
  healthyWorld({ internal: true, balancingRules: [{ name: 'all', frontendPort: 0, backendPort: 0, protocol: 'All' }] });
/** The address of the public IP in front of the world's load balancer. */
const frontend = '20.50.179.20';
const to = (prefix: string): Change =>
  set('web-nsg', 'properties.securityRules[allow-web].properties.destinationAddressPrefix', prefix);
const floating = (...changes: readonly Change[]): World =>
  change(healthyWorld(), balancingRule({ enableFloatingIP: true }), ...changes);
const floats6 = balancingRule({ enableFloatingIP: true }, 'https-v6');

export default {
  fires: [
    {
      when: 'the place before it is taken',
      world: () =>
        closed(
          subnetDenies({ name: 'other', priority: 149, port: 22 }),
          subnetAllows({ name: 'out', priority: 148, direction: 'Outbound' }),
        ),
      types: '--name=Allow-Clients-8443 --priority=148',
    },
    {
      when: "the place before it is taken in an interface's group",
      world: () =>
        change(
          healthyWorld(),
          nicDenies('web-2', { name: 'Closed', priority: 150, source: 'Internet', port: 8443 }),
          nicDenies('web-2', { name: 'other', priority: 149, port: 22 }),
        ),
      on: '/networkSecurityGroups/web-2-nic-nsg',
      types: '--name=Allow-Clients-8443 --priority=148',
    },

    {
      when: "the subnet's group denies the internet",
      data: { backendPort: 8443, ...deniesWeb },
      world: () => closed(),
      on: '/networkSecurityGroups/web-nsg',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'],
      severity: 'critical',
      kind: 'fault',
      says: 'Security rule DenyWeb (priority 150) in web-nsg denies clients from the internet on port 8443.',
      types:
        '--name=Allow-Clients-8443 --priority=149 --direction=Inbound --access=Allow --protocol=Tcp --source-address-prefixes=Internet --destination-port-ranges=8443',
    },
    {
      when: 'below the deny are an allow of the clients and one of the probe alone',
      world: () => closed(subnetAllows({ name: 'allow-probes', priority: 3900, source: 'AzureLoadBalancer' })),
      says: 'Security rule DenyWeb (priority 150) in web-nsg',
    },
    {
      when: "one interface's group allows nobody",
      world: () => change(healthyWorld(), nicAllows('web-2', { name: 'ssh', port: 22 })),
      on: '/networkSecurityGroups/web-2-nic-nsg',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      says: 'web-2-nic-nsg allows none of it, so its default rule DenyAllInBound denies clients from the internet on port 8443.',
      types: '# A rule below lets in everyone on the internet',
    },
    {
      when: 'the allow is for UDP and the balancing rule for TCP',
      world: () =>
        change(healthyWorld(), set('web-nsg', 'properties.securityRules[allow-web].properties.protocol', 'Udp')),
    },
    {
      when: 'QUIC runs over UDP, and only TCP is allowed',
      world: () => change(healthyWorld(), balancingRule({ protocol: 'Quic' })),
      types: '--protocol=Udp',
    },
    {
      when: "with floating IP only the members' own addresses are open",
      world: () => floating(to('10.20.0.0/20')),
      says: `denies clients from the internet on port 8443 of ${frontend}.`,
      types: ['--source-address-prefixes=Internet', `--destination-address-prefixes=${frontend}`],
    },
    {
      when: 'with floating IP the tag of the network is open, which holds no public address',
      world: () => floating(to('VirtualNetwork')),
    },
    {
      when: 'with floating IP an application security group is open, which holds interfaces',
      world: () =>
        floating(
          inApplicationGroup('web-1', 'web-asg'),
          inApplicationGroup('web-2', 'web-asg'),
          inApplicationGroup('web-3', 'web-asg'),
          towardsApplicationGroup('allow-web', 'web-asg'),
        ),
    },
    {
      when: 'with floating IP another frontend is open',
      world: () => floating(to('20.99.9.9')),
    },
    {
      when: 'with floating IP behind an internal frontend only the members are open',
      world: () =>
        change(
          healthyWorld({ internal: true, probes: [{ name: 'web-probe', protocol: 'Tcp', port: 9000 }] }),
          balancingRule({ enableFloatingIP: true }),
          to('10.20.0.0/24'),
          subnetDenies({ name: 'Closed', priority: 4000, source: 'VirtualNetwork', port: 8443 }),
        ),
      says: 'on port 8443 of 10.20.15.250',
    },
    {
      when: 'every port is balanced with floating IP and only the members are open',
      world: () =>
        change(
          haPorts(),
          balancingRule({ enableFloatingIP: true }),
          to('10.20.0.0/24'),
          subnetDenies({ name: 'Closed', priority: 4000, source: 'VirtualNetwork' }),
          subnetAllows({ name: 'probe', priority: 3900, source: 'AzureLoadBalancer', port: 8443 }),
        ),
      says: 'clients in the virtual network on any port of 10.20.15.250',
    },
    {
      when: 'with floating IP the IPv6 frontend is not open, and that of IPv4 is',
      world: () => change(healthyWorld({ ipv6: true }), floats6, to(frontend)),
      affects: ['https-v6', 'web-pool-v6/web-1-nic', 'web-pool-v6/web-2-nic', 'web-pool-v6/web-3-nic'],
      says: 'of 2603:1020:206:3::20',
    },
    {
      when: 'the virtual network is denied behind an internal frontend',
      world: () =>
        change(
          healthyWorld({ internal: true, probes: [{ name: 'web-probe', protocol: 'Tcp', port: 9000 }] }),
          subnetDenies({ name: 'Closed', priority: 150, source: 'VirtualNetwork', port: 8443 }),
        ),
      types: ['--source-address-prefixes=VirtualNetwork', '# A rule below lets in the whole virtual network'],
      says: 'Closed',
    },
    {
      when: 'every port is balanced and denied',
      world: () =>
        change(
          haPorts(),
          subnetDenies({ name: 'Closed', priority: 150, source: 'VirtualNetwork' }),
          subnetAllows({ name: 'probe', priority: 140, source: 'AzureLoadBalancer', port: 8443 }),
        ),
      says: 'clients in the virtual network on any port',
      changes: "'--protocol=*' --source-address-prefixes=VirtualNetwork",
    },
    {
      when: 'the rules in force can not be read',
      world: () => closed(fault({ on: /^POST/, kind: 'denied' })),
      severity: 'critical',
    },
    {
      when: 'the group can not be read, what is in force can',
      world: () => closed(fault({ on: 'web-nsg', kind: 'denied' })),
      severity: 'critical',
      says: 'Security rule DenyWeb (priority 150) in web-nsg denies clients',
      cites: 'effectiveSecurityRules',
    },
    {
      when: "the subnet's group lets some in, the interface's nobody",
      world: () =>
        change(
          healthyWorld(),
          subnetDenies({ priority: 210, port: 8443, source: 'Internet' }),
          subnetAllows({ name: 'office', priority: 190, port: 8443, source: '203.0.113.0/24' }),
          withoutSecurityRule('allow-web'),
          nicDenies('web-2', { name: 'Closed', port: 8443, source: 'Internet' }),
        ),
      on: '/networkSecurityGroups/web-2-nic-nsg',
      severity: 'high',
      kind: 'fault',
      affects: ['https', 'web-pool/web-2-nic'],
    },
    { when: 'a network manager allows, which ends nothing', world: () => closed(managerAllows({ port: 8443 })) },
    {
      when: 'some clients are let in',
      data: { backendPort: 8443, ...deniesWeb, allowedBy: 'office' },
      world: () =>
        change(closed(), subnetAllows({ name: 'office', priority: 140, source: '203.0.113.0/24', port: 8443 })),
      severity: 'info',
      kind: 'advice',
      says: 'web-nsg lets only some clients reach https: they are restricted to those of office.',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'an internal frontend is open to its network', world: () => healthyWorld({ internal: true }) },
    { when: 'IPv6 as well', world: () => healthyWorld({ ipv6: true }) },
    {
      when: "with floating IP the frontend's address is open, to the backend port",
      world: () => floating(to(frontend)),
    },
    {
      when: 'with floating IP everything is open: then the address does not matter',
      world: () => floating(),
      unasked: 'public-ip',
    },
    {
      when: "with floating IP the members' addresses are denied, which no client's packet has",
      world: () => floating(subnetDenies({ priority: 150, source: 'Internet', destination: '10.20.0.0/20' })),
    },
    {
      when: 'with floating IP the public address can not be read',
      world: () => floating(to('10.20.0.0/20'), fault({ on: 'web-lb-ip', kind: 'denied' })),
    },
    {
      when: 'with floating IP the IPv6 frontend is open',
      world: () =>
        change(
          healthyWorld({ ipv6: true }),
          floats6,
          to('2603:1020:206:3::20'),
          subnetAllows({ name: 'four', priority: 210, source: 'Internet', destination: '10.20.0.0/16' }),
        ),
    },
    {
      when: 'with floating IP an internal frontend is open',
      world: () =>
        change(
          healthyWorld({ internal: true }),
          balancingRule({ enableFloatingIP: true }),
          to('10.20.15.250'),
          subnetDenies({ name: 'Closed', priority: 4000, source: 'VirtualNetwork', port: 8443 }),
          subnetAllows({ name: 'probe', priority: 3900, source: 'AzureLoadBalancer' }),
        ),
    },
    { when: 'every port is balanced', world: haPorts },
    {
      when: 'an allow stands before the deny',
      world: () => closed(subnetAllows({ name: 'first', priority: 120, port: '8000-9000' })),
    },
    {
      when: 'a deny is for another port',
      world: () => change(healthyWorld(), subnetDenies({ priority: 150, port: 22 })),
    },
    {
      when: 'a deny is for another protocol',
      world: () => change(healthyWorld(), subnetDenies({ priority: 150, protocol: 'Udp' })),
    },
    { when: 'the same rule drops the probe', world: () => change(healthyWorld(), subnetDenies({ priority: 150 })) },
    {
      when: 'a network manager lets them in before any group',
      world: () => closed(managerAlwaysAllows({ port: 8443 })),
    },
    {
      when: 'the machines are off',
      world: () => closed(deallocated('web-1'), deallocated('web-2'), deallocated('web-3')),
    },
    {
      when: 'the only machine behind it is gone',
      world: () =>
        change(healthyWorld({ members: 1 }), nicDenies('web-1', { source: 'Internet' }), machineGone('web-1')),
    },
    { when: 'only the frontend port is open', world: () => change(healthyWorld(), ports('allow-web', '443')) },
    {
      when: 'only the probe is let in',
      world: () =>
        closed(
          withoutSecurityRule('allow-web'),
          subnetAllows({ name: 'lb', priority: 140, source: 'AzureLoadBalancer', port: 8443 }),
        ),
    },
    {
      when: 'a prefix whose place in the network nobody knows may hold them',
      world: () =>
        change(
          healthyWorld({ internal: true }),
          withoutSecurityRule('allow-web'),
          subnetAllows({ name: 'team', priority: 140, source: '10.20.0.0/16', port: 8443 }),
          subnetDenies({ name: 'Closed', priority: 150, source: 'VirtualNetwork', port: 8443 }),
          subnetAllows({ name: 'probe', priority: 145, source: 'AzureLoadBalancer' }),
        ),
    },
    {
      when: 'neither the group nor what is in force can be read',
      world: () =>
        closed(
          fault({ on: 'web-nsg', kind: 'denied' }),
          fault({ on: /effectiveNetworkSecurityGroups/, kind: 'denied' }),
        ),
    },
    { when: 'it is a Global load balancer', world: () => healthyGlobalWorld() },
  ],
} satisfies RuleWorlds;
