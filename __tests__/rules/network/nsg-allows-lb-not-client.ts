import {
  deallocated,
  managerAlwaysAllows,
  nicAllows,
  nicDenies,
  set,
  subnetAllows,
  subnetDenies,
  unguarded,
  withoutSecurityRule,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { type Change, change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const from = (source: string): Change =>
  set('web-nsg', 'properties.securityRules[allow-web].properties.sourceAddressPrefix', source);
const lbOnly = () => change(healthyWorld(), from('AzureLoadBalancer'));

export default {
  fires: [
    {
      when: 'an interface has a group that lets in the probe alone',
      world: () => change(healthyWorld(), nicAllows('web-2', { name: 'lb', source: 'AzureLoadBalancer', port: 8443 })),
      on: '/networkSecurityGroups/web-2-nic-nsg',
      affects: ['https', 'web-pool/web-2-nic'],
      says: 'Security rule lb in web-2-nic-nsg',
    },
    {
      when: 'clients are denied before it, and would be anyway: another port alone is open to them',
      world: () =>
        change(
          healthyWorld(),
          withoutSecurityRule('allow-web'),
          subnetDenies({ name: 'Closed', priority: 150, source: 'Internet' }),
          subnetAllows({ name: 'lb', priority: 300, source: 'AzureLoadBalancer', port: 8443 }),
          subnetAllows({ name: 'ssh', priority: 310, port: 22 }),
          subnetAllows({ name: 'out', priority: 320, direction: 'Outbound' }),
        ),
      says: 'Security rule lb in web-nsg',
    },
    {
      when: 'the allow is for the tag AzureLoadBalancer',
      data: {
        allowedBy: 'allow-web',
        backendPort: 8443,
        deniedBy: 'DenyAllInBound',
        priority: 65500,
        access: 'Deny',
        direction: 'Inbound',
        protocol: '*',
        source: ['*'],
        ports: ['*'],
      },
      world: lbOnly,
      on: '/networkSecurityGroups/web-nsg',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'],
      severity: 'critical',
      kind: 'fault',
      says: "Security rule allow-web in web-nsg lets in Azure's probe alone; clients from the internet on port 8443 keep their own address and are denied.",
      types: '--name=Allow-Clients-8443 --priority=4096',
    },
    {
      when: 'it is for the virtual network, in which Azure counts its probe',
      world: () => change(healthyWorld(), from('VirtualNetwork')),
      says: "lets in the virtual network and Azure's probe; clients from the internet",
      omits: 'probe alone',
    },
    { when: 'it is for 168.63.129.16', world: () => change(healthyWorld(), from('168.63.129.16/32')) },
    {
      when: 'the virtual network is denied, and the probe let in before it',
      world: () =>
        change(
          healthyWorld({ internal: true }),
          subnetDenies({ name: 'Closed', priority: 150, port: 8443 }),
          subnetAllows({ name: 'lb', priority: 140, source: 'AzureLoadBalancer', port: 8443 }),
        ),
      says: 'Security rule lb in web-nsg lets in Azure',
      types: '--priority=149',
    },
  ],
  silent: [
    {
      when: 'a rule of its own denies the probe as well',
      world: () =>
        change(
          healthyWorld(),
          from('10.9.0.0/16'),
          subnetDenies({ name: 'NoProbe', priority: 140, source: 'AzureLoadBalancer', port: 8443 }),
        ),
    },
    {
      when: "in an interface's group what lets in the probe would let in clients, were they not denied before",
      world: () =>
        change(
          healthyWorld(),
          unguarded(),
          nicAllows('web-2', { name: 'all', priority: 300, port: 8443 }),
          nicAllows('web-2', { name: 'lb', priority: 200, port: 8443, source: 'AzureLoadBalancer' }),
          nicDenies('web-2', { priority: 150, source: 'Internet' }),
        ),
    },

    { when: 'all is well', world: () => healthyWorld() },
    {
      when: 'clients have an allow of their own',
      world: () => change(lbOnly(), subnetAllows({ priority: 210, port: 8443 })),
    },
    {
      when: 'some clients have',
      world: () => change(lbOnly(), subnetAllows({ priority: 210, port: 8443, source: '203.0.113.0/24' })),
    },
    { when: 'nothing but the default lets the probe in', world: () => change(healthyWorld(), from('10.9.0.0/16')) },
    {
      when: 'what lets in the probe would let in clients, were they not denied before',
      world: () =>
        change(
          healthyWorld(),
          subnetAllows({ name: 'all', priority: 300, port: 8443 }),
          subnetDenies({ priority: 150, source: 'Internet' }),
        ),
    },
    {
      when: 'the frontend port is open: then that is the cause',
      world: () => change(lbOnly(), subnetAllows({ priority: 210, port: 443 })),
    },
    { when: 'a network manager lets them in', world: () => change(lbOnly(), managerAlwaysAllows({ port: 8443 })) },
    {
      when: 'the machine is off',
      world: () => change(healthyWorld({ members: 1 }), from('AzureLoadBalancer'), deallocated('web-1')),
    },
  ],
} satisfies RuleWorlds;
