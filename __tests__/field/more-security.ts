import { deallocated, listenerStopped, nicAllows, nicDenies, subnetAllows, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { availabilityGroup, fileCluster, hana } from '../world/shapes/clusters.ts';
import { kubernetesWorld, nodeName } from '../world/shapes/kubernetes.ts';
import { guardedBy } from '../world/shapes/parts.ts';
import { type Change, change, type World } from '../world/world.ts';
import { silent } from './a-kubernetes.ts';
import type { Row } from './row.ts';

const shapes = {
  interfaces: () => healthyWorld(),
  addresses: () => healthyWorld({ membership: 'ip' }),
  instances: () => healthyWorld({ membership: 'uniform' }),
  'flexible instances': () => healthyWorld({ membership: 'flexible' }),
} satisfies Record<string, () => World>;

const probes = { name: 'probes', sourceAddressPrefix: 'AzureLoadBalancer', destinationPortRange: '*', protocol: '*' };
const rest = { name: 'rest', access: 'Deny', protocol: '*', sourceAddressPrefix: '*', destinationPortRange: '*' };
const OVERVIEW = 'network-security-groups-overview: rules are taken in order of priority until one matches';
/** Either tells that clients are denied: where the probe is let in by a rule of its own, the second. */
const denied = ['nsg-blocks-data', 'nsg-allows-lb-not-client'] as const;
const deniedAll = { verdict: 'down', exitCode: 1, first: denied } as const;

const quarters: readonly Change[] = ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'].map((source, index) =>
  subnetDenies({ name: `quarter-${index + 1}`, priority: 150 + index, source, port: 8443 }),
);
const passed = subnetAllows({ name: 'probes', priority: 140, source: 'AzureLoadBalancer' });

/** Security rules that only together, or only at one of the stages, decide. */
export const moreSecurity: readonly Row[] = [
  ...Object.entries(shapes).flatMap(([members, world]): readonly Row[] => [
    {
      row: `F ${members}: quarters of the internet denied, one each`,
      source: OVERVIEW,
      world: () => change(world(), passed, ...quarters),
      expect: { ...deniedAll, finds: [{ rule: denied, changes: /--priority[= ]14[1-9]\b/ }] },
    },
    {
      row: `F ${members}: three quarters of the internet denied are some clients`,
      source: OVERVIEW,
      world: () => change(world(), passed, ...quarters.slice(0, 3)),
      expect: { ...silent, never: ['nsg-blocks-data'] },
    },
    {
      row: `F ${members}: quarters of the internet denied after everybody was let in`,
      source: OVERVIEW,
      world: () => change(world(), subnetAllows({ name: 'everyone', priority: 110, port: '8000-9000' }), ...quarters),
      expect: { ...silent, never: ['nsg-blocks-data'] },
    },
    {
      row: `F ${members}: one machine off`,
      source: 'states-billing: a machine that is deallocated answers no probe',
      world: () => change(world(), deallocated(members.includes('instances') ? 'web_2' : 'web-2')),
      expect: {
        verdict: 'degraded',
        exitCode: 1,
        first: 'member-vm-not-running',
        view: [{ command: 'wait', exitCode: 1 }],
      },
    },
  ]),
  {
    row: 'F halves of the internet let in, one rule each, before a deny of everybody',
    source: OVERVIEW,
    world: () =>
      change(
        healthyWorld(),
        guardedBy(
          probes,
          { name: 'low', sourceAddressPrefix: '0.0.0.0/1', destinationPortRange: '8443' },
          { name: 'high', sourceAddressPrefix: '128.0.0.0/1', destinationPortRange: '8443' },
          rest,
        ),
      ),
    expect: { ...silent, never: ['nsg-blocks-data'] },
  },
  {
    row: 'F quarters denied, and an office let in before',
    source: OVERVIEW,
    world: () =>
      change(
        healthyWorld(),
        passed,
        subnetAllows({ name: 'office', priority: 145, source: '203.0.113.0/24', port: 8443 }),
        ...quarters,
      ),
    expect: { ...silent, never: ['nsg-blocks-data'] },
  },
  {
    row: 'F halves denied on another port',
    source: OVERVIEW,
    world: () =>
      change(
        healthyWorld(),
        subnetDenies({ name: 'low', priority: 150, source: '0.0.0.0/1', port: '9000-9999' }),
        subnetDenies({ name: 'high', priority: 151, source: '128.0.0.0/1', port: '9000-9999' }),
      ),
    expect: silent,
  },
  {
    row: 'F halves denied, one of them for another port alone',
    source: OVERVIEW,
    world: () =>
      change(
        healthyWorld(),
        passed,
        subnetDenies({ name: 'low', priority: 150, source: '0.0.0.0/1', port: 8443 }),
        subnetDenies({ name: 'high', priority: 151, source: '128.0.0.0/1', port: 22 }),
      ),
    expect: { ...silent, never: ['nsg-blocks-data'] },
  },
  {
    row: 'F the same priority at subnet and interface: each group counts alone',
    source: 'network-security-group-how-it-works: inbound the subnet, then the interface; both must allow',
    world: () =>
      change(
        healthyWorld(),
        nicDenies('web-2', { name: 'no-clients', priority: 200, source: 'Internet', port: 8443 }),
        nicAllows('web-2', { name: 'probes', priority: 210, source: 'AzureLoadBalancer' }),
      ),
    expect: {
      verdict: 'degraded',
      exitCode: 1,
      first: denied,
      finds: [{ rule: denied, on: 'web-2-nic-nsg', affects: 2 }],
    },
  },
  {
    row: 'F port ranges that hold the backend port between others',
    source: 'network-security-groups-overview: augmented rules take several ranges',
    world: () =>
      change(
        healthyWorld(),
        guardedBy(
          probes,
          {
            name: 'web',
            sourceAddressPrefixes: ['Internet', 'VirtualNetwork'],
            destinationAddressPrefixes: ['10.20.0.0/25', '10.20.0.128/25'],
            destinationPortRanges: ['22', '8000-8442', '8443-8999'],
          },
          rest,
        ),
      ),
    expect: silent,
  },
  {
    row: 'F the destination prefix misses one member',
    source: OVERVIEW,
    world: () =>
      change(
        healthyWorld(),
        guardedBy(
          probes,
          {
            name: 'web',
            sourceAddressPrefix: 'Internet',
            destinationAddressPrefixes: ['10.20.0.4', '10.20.0.6'],
            destinationPortRange: '8443',
          },
          rest,
        ),
      ),
    expect: { verdict: 'degraded', exitCode: 1, first: denied },
  },
  {
    row: 'F AKS, quarters of the internet denied before the rule of the Service',
    source: 'load-balancer-floating-ip; rules of the Service stand at 500',
    world: () =>
      change(
        kubernetesWorld({ ports: [443] }),
        passed,
        ...[1, 2, 3, 4].map((number) =>
          subnetDenies({
            name: `q-${number}`,
            priority: 150 + number,
            source: `${(number - 1) * 64}.0.0.0/2`,
            port: 443,
          }),
        ),
      ),
    expect: deniedAll,
  },
  {
    row: 'F AKS, two nodes of five are off and a third answers nothing',
    source: 'two faults: both are told',
    world: () =>
      change(
        kubernetesWorld({ nodes: 5 }),
        deallocated(nodeName(1)),
        deallocated(nodeName(2)),
        listenerStopped(nodeName(3)),
      ),
    expect: {
      verdict: 'degraded',
      exitCode: 1,
      causes: ['member-vm-not-running', 'path-clear-app-suspect'],
      noFix: ['az vmss start'],
    },
  },
  {
    row: 'F a SQL availability group of three whose passive nodes are off',
    source: 'availability-group-load-balancer-portal-configure: the active node serves',
    world: () => change(availabilityGroup({ size: 3 }), deallocated('sql-2'), deallocated('sql-3')),
    expect: { verdict: ['at-risk', 'degraded'], never: ['rule-all-down'], finds: [{ rule: 'member-vm-not-running' }] },
  },
  ...(
    [
      ['SQL', () => availabilityGroup({ size: 3, active: [3] })],
      ['HANA', () => hana({ active: [2] })],
      ['file server', () => fileCluster({ size: 3, active: [3] })],
    ] as const
  ).map(
    ([name, world]): Row => ({
      row: `F ${name}: wait, show and members take a passive node as it should be`,
      source: 'load-balancer-floating-ip: one node has the address at a time',
      world,
      expect: {
        ...silent,
        view: [
          { command: 'wait', exitCode: 0 },
          { command: 'members', exitCode: 0 },
          { command: 'show', exitCode: 0 },
        ],
      },
    }),
  ),
];
