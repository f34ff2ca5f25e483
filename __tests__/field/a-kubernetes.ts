import {
  balancingRule,
  deallocated,
  fault,
  listenerStopped,
  listens,
  nicAllows,
  nicDenies,
  subnetDenies,
} from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { type KubernetesOptions, kubernetesWorld, nodeName } from '../world/shapes/kubernetes.ts';
import { guardedBy } from '../world/shapes/parts.ts';
import { type Change, change, type World } from '../world/world.ts';
import type { Expected, Row } from './row.ts';

export const silent: Expected = { verdict: 'ok', exitCode: 0, quiet: true };

const cluster = (options: KubernetesOptions, ...changes: readonly Change[]): World =>
  change(kubernetesWorld(options), ...changes);
const local = (options: KubernetesOptions = {}, ...changes: readonly Change[]): World =>
  cluster({ policy: 'Local', ...options }, ...changes);
const service = (destinationAddressPrefixes: readonly string[], ...ports: readonly string[]) =>
  guardedBy({
    name: 'service',
    priority: 500,
    sourceAddressPrefix: 'Internet',
    destinationAddressPrefixes: [...destinationAddressPrefixes],
    destinationPortRanges: [...ports],
  });
const addressOfService = /^GET .*\/publicIPAddresses\/kubernetes-ip-a/;
const noneUp = (name: (number: number) => string, count: number): readonly Change[] =>
  Array.from({ length: count }, (_, index) => deallocated(name(index + 1)));

const floating: Change = balancingRule({ enableFloatingIP: true });
const web = (...changes: readonly Change[]): World => change(healthyWorld(), floating, ...changes);
const FRONTEND = '20.50.179.20';
const webOpen = (fields: Record<string, string>) =>
  guardedBy({ name: 'web', sourceAddressPrefix: 'Internet', destinationPortRange: '8443', ...fields });

/** The Services of a Kubernetes cluster, and rules with floating IP by whomever. */
export const kubernetes: readonly Row[] = [
  { row: 'A AKS public Service, healthy', world: () => cluster({}), expect: { ...silent, owner: 'aks' } },
  {
    row: 'A AKS public Service, two nodes, one port, probed by HTTP',
    world: () => cluster({ nodes: 2, ports: [8080], probing: 'http', zones: [] }),
    expect: { ...silent, owner: 'aks' },
  },
  {
    row: 'A AKS public Service, one probe for all on 10256',
    world: () => cluster({ probing: 'shared', nodes: 5 }),
    expect: { ...silent, owner: 'aks', never: ['probe-port-unrelated'] },
  },
  {
    row: 'A AKS public Service, open to one network alone',
    world: () => cluster({ source: '203.0.113.0/24' }),
    expect: silent,
  },
  {
    row: 'A AKS public Service, the security rule is of another Service',
    world: () => cluster({}, service(['20.50.1.99'], '80', '443')),
    expect: {
      verdict: 'down',
      exitCode: 1,
      first: 'nsg-blocks-data',
      finds: [{ rule: 'nsg-blocks-data', kind: 'fault' }],
    },
  },
  {
    row: "A AKS public Service, the security rule names the nodes' addresses",
    source: 'load-balancer-floating-ip: with floating IP the destination of a packet is the frontend address',
    world: () => cluster({}, service(['10.20.0.0/20'], '80', '443')),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-data' },
  },
  {
    row: "A AKS public Service, the Service's address was not readable",
    world: () => cluster({}, fault({ on: addressOfService, kind: 'denied' })),
    expect: { verdict: 'unknown', exitCode: 5, never: ['nsg-blocks-data', 'nsg-blocks-probe', /den(y|ie)/] },
  },
  {
    row: 'A AKS public Service, the address was not readable and the rule admits every destination',
    world: () =>
      cluster(
        {},
        guardedBy({ name: 'web', sourceAddressPrefix: 'Internet', destinationPortRanges: ['80', '443'] }),
        fault({ on: addressOfService, kind: 'denied' }),
      ),
    expect: { verdict: ['ok', 'unknown'], quiet: true },
  },
  {
    row: 'A AKS public Service, one node is off',
    world: () => cluster({}, deallocated(nodeName(2))),
    expect: {
      verdict: 'degraded',
      exitCode: 1,
      first: 'member-vm-not-running',
      noFix: ['az vmss start', 'az vm start', 'az aks start'],
    },
  },
  {
    row: 'A AKS public Service, every node is off',
    world: () => cluster({}, ...noneUp(nodeName, 3)),
    expect: { verdict: 'down', exitCode: 1, first: 'member-vm-not-running' },
  },
  {
    row: 'A AKS public Service, nothing answers on the node port of one node',
    world: () => cluster({}, listenerStopped(nodeName(1))),
    expect: { verdict: 'degraded', exitCode: 1, first: 'path-clear-app-suspect' },
  },
  {
    row: 'A AKS public Service, probed by HTTP at /, one node answers 500',
    source:
      'cloud-provider-azure: / is what HTTP probes of a node port ask for with policy Cluster, /healthz with Local',
    world: () =>
      cluster(
        { nodes: 3, ports: [80], probing: 'http' },
        listens(nodeName(2), { port: 30_080, speaks: 'http', statuses: { '/': 500 } }),
      ),
    expect: { verdict: 'degraded', exitCode: 1, first: 'http-status-error' },
  },
  {
    row: 'A AKS internal Service, healthy',
    world: () => cluster({ internal: true }),
    expect: { ...silent, owner: 'aks' },
  },
  {
    row: 'A AKS internal Service, two nodes up: no cluster of which one is active',
    world: () => cluster({ internal: true, nodes: 2, ports: [443] }),
    expect: { ...silent, owner: 'aks', nowhere: ['active-passive-both-up'] },
  },
  {
    row: 'A AKS internal Service, exactly one of two nodes up: degraded, not a passive one',
    world: () => cluster({ internal: true, nodes: 2, ports: [443] }, listenerStopped(nodeName(2))),
    expect: { verdict: 'degraded', exitCode: 1, first: 'path-clear-app-suspect' },
  },
  {
    row: 'A AKS internal Service, a network of its own is let in by the address of the frontend',
    world: () =>
      cluster(
        { internal: true, ports: [443] },
        guardedBy(
          {
            name: 'in',
            sourceAddressPrefix: 'VirtualNetwork',
            destinationAddressPrefix: '10.20.15.250',
            destinationPortRange: '443',
          },
          { name: 'probes', sourceAddressPrefix: 'AzureLoadBalancer', destinationPortRange: '*', protocol: '*' },
          { name: 'rest', access: 'Deny', protocol: '*', sourceAddressPrefix: '*', destinationPortRange: '*' },
        ),
      ),
    expect: silent,
  },
  {
    row: "A AKS internal Service, only the nodes' addresses are let in before a deny of everyone",
    source: 'load-balancer-floating-ip',
    world: () =>
      cluster(
        { internal: true, ports: [443] },
        guardedBy(
          {
            name: 'in',
            sourceAddressPrefix: 'VirtualNetwork',
            destinationAddressPrefix: '10.20.0.0/21',
            destinationPortRange: '443',
          },
          { name: 'probes', sourceAddressPrefix: 'AzureLoadBalancer', destinationPortRange: '*', protocol: '*' },
          { name: 'rest', access: 'Deny', protocol: '*', sourceAddressPrefix: '*', destinationPortRange: '*' },
        ),
      ),
    expect: { verdict: 'down', exitCode: 1, first: ['nsg-blocks-data', 'nsg-allows-lb-not-client'] },
  },
  {
    row: 'A Any rule with floating IP, the group sees the backend port',
    world: () => web(),
    expect: { ...silent, never: ['nsg-blocks-data'] },
  },
  {
    row: 'A Any rule with floating IP, the frontend address is let in',
    world: () => web(webOpen({ destinationAddressPrefix: FRONTEND })),
    expect: silent,
  },
  {
    row: 'A Any rule with floating IP, the frontend port is let in and the members get another',
    world: () => web(webOpen({ destinationPortRange: '443' })),
    expect: { verdict: 'down', exitCode: 1, first: ['nsg-allows-frontend-port-only', 'nsg-blocks-data'] },
  },
  {
    row: 'A Any rule with floating IP, only the members are let in',
    world: () => web(webOpen({ destinationAddressPrefix: '10.20.0.0/20' })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-data' },
  },
  {
    row: 'A Any rule without floating IP, only the members are let in',
    world: () => change(healthyWorld(), webOpen({ destinationAddressPrefix: '10.20.0.0/20' })),
    expect: silent,
  },
  {
    row: 'A Any rule without floating IP, the frontend address is let in, which no packet has any more',
    world: () => change(healthyWorld(), webOpen({ destinationAddressPrefix: FRONTEND })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-data' },
  },
  {
    row: 'A Any rule with floating IP, a deny of the frontend address',
    world: () => web(subnetDenies({ name: 'closed', priority: 150, source: 'Internet', destination: FRONTEND })),
    expect: {
      verdict: 'down',
      exitCode: 1,
      first: 'nsg-blocks-data',
      finds: [{ rule: 'nsg-blocks-data', says: 'closed' }],
    },
  },
  {
    row: 'A Any rule with floating IP, a deny of the members alone, for which no packet is',
    world: () => web(subnetDenies({ name: 'closed', priority: 150, source: 'Internet', destination: '10.20.0.0/20' })),
    expect: { ...silent, never: ['nsg-blocks-data'] },
  },
  {
    row: 'A Any rule with floating IP, the probe still goes to the member',
    world: () =>
      web(subnetDenies({ name: 'closed', priority: 150, source: 'AzureLoadBalancer', destination: '10.20.0.0/20' })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-probe' },
  },

  {
    row: 'A Kubernetes Service with externalTrafficPolicy Local, public, one of three nodes without a pod',
    world: () => local(),
    expect: { ...silent, owner: 'aks', says: [/pod|externalTrafficPolicy/], view: [{ command: 'wait', exitCode: 0 }] },
  },
  {
    row: 'A Kubernetes Service with externalTrafficPolicy Local, internal',
    world: () => local({ internal: true, pods: [3], nodes: 4 }),
    expect: { ...silent, owner: 'aks', says: [/pod|externalTrafficPolicy/] },
  },
  {
    row: 'A Kubernetes Service with externalTrafficPolicy Local, one of five nodes, a path that the Service names',
    world: () => local({ nodes: 5, pods: [4], healthPath: '/ready' }),
    expect: { ...silent, never: ['capacity-floor', 'rule-partially-down', 'http-status-error'] },
  },
  {
    row: 'A Kubernetes Service with externalTrafficPolicy Local, a cluster of its own',
    world: () => local({ owner: 'kubernetes', nodes: 4, pods: [2, 3] }),
    expect: { ...silent, owner: 'kubernetes' },
  },
  {
    row: 'A Kubernetes Service with externalTrafficPolicy Local, a pod on every node',
    world: () => local({ pods: [1, 2, 3] }),
    expect: silent,
  },
  {
    row: 'A Kubernetes Service with externalTrafficPolicy Local, no pod anywhere',
    world: () => local({ pods: [] }),
    expect: { verdict: 'down', exitCode: 1 },
  },
  {
    row: 'A Kubernetes Service with externalTrafficPolicy Local, the probe of one node is denied',
    source: 'kube-proxy answers 503 without a pod; no answer at all is something else',
    world: () =>
      local(
        { pods: [1, 2, 3] },
        nicDenies(nodeName(2), { name: 'closed', port: 31_764 }),
        nicAllows(nodeName(2), { name: 'clients', priority: 400 }),
      ),
    expect: { finds: [{ rule: 'nsg-blocks-probe', says: 'closed' }] },
  },
  {
    row: 'A HTTP probe of a node port, by no Kubernetes: down is down',
    world: () =>
      change(
        healthyWorld({ probes: [{ name: 'health', protocol: 'Http', port: 31_764, path: '/healthz' }] }),
        listens('web-3', { port: 31_764, speaks: 'http', statuses: { '/healthz': 503 } }),
      ),
    expect: { verdict: 'degraded', exitCode: 1, finds: [{ rule: 'http-status-error' }], owner: 'user' },
  },
  {
    row: 'A Kubernetes with policy Cluster, HTTP probe of the shared port fails on one node',
    source: '10256 is no node port: every node is to answer there',
    world: () => cluster({ probing: 'shared' }, listenerStopped(nodeName(3))),
    expect: { verdict: 'degraded', exitCode: 1 },
  },
];
