import { allProbedUp, deallocated, listenerStopped, nicDenies, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { kubernetesWorld, nodeName } from '../world/shapes/kubernetes.ts';
import { type Change, change, type World } from '../world/world.ts';
import type { Row } from './row.ts';

const three = (...changes: readonly Change[]): World => change(healthyWorld(), ...changes);
const closed = subnetDenies({ name: 'closed', priority: 150, port: 8443 });
const filled = { noFix: [/NIC_ADDRESS|ADDRESS:PORT|:PORT\b/] };
const off = (...numbers: readonly number[]): readonly Change[] => numbers.map((number) => deallocated(`web-${number}`));

/** Fixes that mend, and words that count. */
export const fixes: readonly Row[] = [
  {
    row: 'D a deny drops the probe and clients: both are let in again',
    world: () => three(closed),
    expect: {
      finds: [{ rule: 'nsg-blocks-probe', changes: [/AzureLoadBalancer|prefixes=\*/, /Internet|prefixes=\*/] }],
    },
  },
  {
    row: 'D a deny at one interface drops the probe and clients: both are let in again',
    world: () => three(nicDenies('web-2', { name: 'closed', priority: 150, port: 8443 })),
    expect: {
      finds: [{ rule: 'nsg-blocks-probe', changes: [/AzureLoadBalancer|prefixes=\*/, /Internet|prefixes=\*/] }],
    },
  },
  {
    row: 'D masked: what keeps the members down comes first, the probe denied',
    world: () => three(closed, allProbedUp()),
    expect: { exitCode: 1, verdict: ['masked', 'down'], first: 'nsg-blocks-probe' },
  },
  {
    row: 'D several machines off are one finding and one command',
    world: () => three(...off(1, 3)),
    expect: { verdict: 'degraded', finds: [{ rule: 'member-vm-not-running', changes: /az vm start .*web-1.*web-3/ }] },
  },
  {
    row: 'D all machines off are one finding and one command',
    world: () => three(...off(1, 2, 3)),
    expect: {
      verdict: 'down',
      finds: [{ rule: 'member-vm-not-running', changes: /az vm start .*web-1.*web-2.*web-3/ }],
    },
  },
  {
    row: 'D one member: the scale set gets one more than it has',
    world: () => healthyWorld({ membership: 'uniform', members: 1 }),
    expect: { finds: [{ rule: 'single-member-serving', fix: /--new-capacity[= ]2\b/ }] },
  },
  {
    row: 'D one node: the node pool is of AKS',
    world: () => kubernetesWorld({ nodes: 1, ports: [443] }),
    expect: { finds: [{ rule: 'single-member-serving' }], noFix: ['az vmss scale'] },
  },
  {
    row: 'D AKS, a node off: no write by az to the load balancer or the set',
    world: () => change(kubernetesWorld(), deallocated(nodeName(3))),
    expect: { noFix: [/az network lb .*(update|create|delete)/, 'az vmss start', 'Start-AzBasicLoadBalancerUpgrade'] },
  },
  { row: 'D placeholders are filled: nothing listens', world: () => three(listenerStopped('web-2')), expect: filled },
  {
    row: 'D placeholders are filled: addresses',
    world: () => change(healthyWorld({ membership: 'ip' }), listenerStopped('web-1')),
    expect: filled,
  },
  {
    row: 'E the first lines count, in natural order',
    world: () => change(healthyWorld({ members: 40 }), ...off(3, 7, 12, 30, 31)),
    expect: {
      text: {
        has: [/5 of (the )?40 members get no traffic/, /web-3\b[^\n]*web-7\b[^\n]*web-12\b/],
        hasNot: [/1 of the 3 members .* are/],
      },
    },
  },
  {
    row: 'E the first lines count one',
    world: () => three(...off(2)),
    expect: { text: { has: [/1 of (the )?3 members gets no traffic/], hasNot: [/1 of the 3 members .* are/] } },
  },
];
