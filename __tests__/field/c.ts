import {
  also,
  answersHttp,
  balancingRule,
  deallocated,
  emptyPool,
  fault,
  gone,
  healthReason,
  instanceBehindModel,
  listenerStopped,
  machineGone,
  managedBy,
  modelLacksPool,
  nicAllows,
  nicDenies,
  notInPool,
  probe,
  set,
  subnetAllows,
  subnetDenies,
} from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { appliances } from '../world/shapes/appliances.ts';
import { guardedBy, secondAddressInPool } from '../world/shapes/parts.ts';
import * as web from '../world/shapes/web.ts';
import { type Change, change, type World } from '../world/world.ts';
import type { Row } from './row.ts';

const three = (...changes: readonly Change[]): World => change(healthyWorld(), ...changes);
const uniform = (...changes: readonly Change[]): World => change(healthyWorld({ membership: 'uniform' }), ...changes);
const offices = nicAllows('web-2', { name: 'unused', port: 22 });
const everyInstance = (make: (name: string) => Change): readonly Change[] =>
  [1, 2, 3].map((number) => make(`web_${number}`));
const timesOut = (...names: readonly string[]): readonly Change[] =>
  names.map((name) => healthReason(name, 'Down_Probe_TcpProbeTimeout'));
const frontendOf = (world: World): string => `${loadBalancerOf(world).id}/frontendIPConfigurations/web-frontend`;
const privateLink =
  (enableProxyProtocol: boolean): Change =>
  (world) =>
    also({
      id: `${loadBalancerOf(world).id.split('/loadBalancers/')[0]}/privateLinkServices/web-pls`,
      name: 'web-pls',
      type: 'Microsoft.Network/privateLinkServices',
      location: 'westeurope',
      properties: {
        provisioningState: 'Succeeded',
        enableProxyProtocol,
        loadBalancerFrontendIpConfigurations: [{ id: frontendOf(world) }],
        ipConfigurations: [],
        privateEndpointConnections: [],
      },
    })(world);
/** Nothing listens on any machine. */
const deaf = (world: World): World => ({
  ...world,
  guests: new Map([...world.guests].map(([id, guest]) => [id, { ...guest, listeners: [] }])),
});
const manage = (world: World, manager: string): World => managedBy('shop-rg', manager)(world);

/** What was reasoned wrongly once. */
export const reasons: readonly Row[] = [
  {
    row: "C a restricted allow at the subnet, and the interface's group denies everyone",
    world: () =>
      three(
        guardedBy({ name: 'office', sourceAddressPrefix: '203.0.113.0/24', destinationPortRange: '8443' }),
        offices,
      ),
    expect: {
      verdict: 'degraded',
      exitCode: 1,
      finds: [{ rule: 'nsg-blocks-data', on: 'web-2-nic-nsg', kind: 'fault' }],
    },
  },
  {
    row: 'C open at the interface, closed at the subnet',
    world: () =>
      three(
        subnetDenies({ name: 'closed', priority: 150, port: 8443, source: 'Internet' }),
        nicAllows('web-1', { name: 'open', port: 8443 }),
      ),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-data' },
  },
  {
    row: 'C an allow of the frontend port that comes after an earlier deny of everything',
    world: () =>
      three(
        guardedBy(
          { name: 'closed', access: 'Deny', priority: 150, sourceAddressPrefix: 'Internet', destinationPortRange: '*' },
          { name: 'web', priority: 200, sourceAddressPrefix: 'Internet', destinationPortRange: '443' },
        ),
      ),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-data', never: ['nsg-allows-frontend-port-only'] },
  },
  {
    row: 'C an allow of the frontend port that comes first',
    world: () => three(guardedBy({ name: 'web', sourceAddressPrefix: 'Internet', destinationPortRange: '443' })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-allows-frontend-port-only' },
  },
  {
    row: 'C a rule that admits the whole network, and no client from outside',
    world: () =>
      three(guardedBy({ name: 'inside', sourceAddressPrefix: 'VirtualNetwork', destinationPortRange: '8443' })),
    expect: { verdict: 'down', exitCode: 1, nowhere: [/probe alone/] },
  },
  {
    row: 'C the model names the pool and no instance was brought up to it',
    world: () => uniform(...everyInstance(instanceBehindModel)),
    expect: {
      verdict: 'down',
      exitCode: 1,
      first: ['vmss-model-drift', 'pool-empty-serving'],
      says: [/update-instances/, /\bweb\b/],
    },
  },
  {
    row: 'C one instance was not brought up to the model',
    world: () => uniform(instanceBehindModel('web_2')),
    expect: { finds: [{ rule: 'vmss-model-drift', fix: /update-instances/ }] },
  },
  {
    row: 'C a pool that nobody was ever in, and no scale set',
    world: () => three(emptyPool()),
    expect: { verdict: 'down', exitCode: 1, first: 'pool-empty-serving', nowhere: [/update-instances/] },
  },
  {
    row: 'C every deaf member is by an interface that is not its first',
    world: () => change(web.bySecondInterface(), ...timesOut('web-1-nic', 'web-2-nic')),
    expect: {
      verdict: 'down',
      exitCode: 1,
      first: 'member-on-secondary-nic',
      finds: [{ rule: 'member-on-secondary-nic', kind: 'fault' }],
    },
  },
  {
    row: 'C appliances by their second interface, deaf',
    world: () => change(appliances({ bySecondInterface: true }), ...timesOut('fw-1-nic', 'fw-2-nic')),
    expect: { verdict: 'down', exitCode: 1, first: 'member-on-secondary-nic' },
  },
  {
    row: 'C floating IP on a secondary configuration, internal',
    world: () =>
      change(
        healthyWorld({ internal: true }),
        balancingRule({ enableFloatingIP: true }),
        // A NAT gateway is documented as an exemption.
        set('shop-vnet', 'properties.subnets[web-subnet].properties.natGateway', undefined),
        ...['web-1-nic', 'web-2-nic', 'web-3-nic'].map(secondAddressInPool),
      ),
    expect: { exitCode: 1, first: 'secondary-ipconfig', finds: [{ rule: 'secondary-ipconfig', kind: 'fault' }] },
  },
  {
    row: 'C IPv6 members are probed from a link-local address',
    world: () =>
      change(healthyWorld({ ipv6: true }), subnetDenies({ name: 'closed', priority: 150, port: 8443, source: '*' })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-probe' },
  },
  {
    row: 'C an HTTPS probe that is turned down',
    world: () =>
      change(
        healthyWorld({ probes: [{ name: 'p', protocol: 'Https', port: 8443, path: '/healthz' }] }),
        healthReason('web-1', 'Down_Probe_HttpEndpointUnreachable'),
      ),
    expect: { verdict: 'degraded', exitCode: 1, finds: [{ rule: 'http-endpoint-unreachable', fix: '--tls-max 1.2' }] },
  },
  {
    row: 'C a Private Link service puts PROXY protocol before the probe',
    world: () =>
      three(
        privateLink(true),
        ...[1, 2, 3].map((number) => healthReason(`web-${number}`, 'Down_Probe_HttpStatusCodeError')),
      ),
    expect: { verdict: 'down', exitCode: 1, first: 'private-link-proxy-protocol' },
  },
  {
    row: 'C a Private Link service without PROXY protocol',
    world: () => three(privateLink(false), ...[1, 2, 3].map((number) => answersHttp(`web-${number}`, 500))),
    expect: { verdict: 'down', exitCode: 1, first: 'http-status-error', nowhere: ['private-link-proxy-protocol'] },
  },
  {
    row: 'C a Private Link service with PROXY protocol, and all up',
    world: () => three(privateLink(true)),
    expect: { verdict: 'ok', exitCode: 0, nowhere: ['private-link-proxy-protocol'] },
  },
  {
    row: 'C TCP timestamps',
    world: () => three(listenerStopped('web-2')),
    expect: { first: 'path-clear-app-suspect', says: [/tcp_timestamps|TCP timestamps/i] },
  },
  {
    row: 'C a Global load balancer, all up',
    world: () => healthyGlobalWorld(),
    expect: { verdict: 'ok', exitCode: 0, quiet: true },
  },
  {
    row: 'C a Global load balancer, no region up',
    world: () => deaf(healthyGlobalWorld()),
    expect: { verdict: 'down', exitCode: 1, says: [/web-lb-(east|west)/] },
  },
  {
    row: 'C a resource group that a managed application manages',
    world: () => manage(healthyWorld(), 'Microsoft.Solutions/applications/shop'),
    expect: { quiet: true, exitCode: 0 },
  },
  {
    row: 'C what a platform owns is not changed by az',
    world: () =>
      change(manage(healthyWorld(), 'Microsoft.RedHatOpenShift/openShiftClusters/shop'), probe({ path: '/nope' })),
    expect: { verdict: 'down', exitCode: 1, noFix: [/az network lb (probe )?update/] },
  },
  {
    row: 'C a machine that is gone: find says why',
    world: () => three(machineGone('web-2')),
    expect: {
      view: [
        { command: 'find', target: 'web-2-nic', exitCode: [1, 5] },
        { command: 'members', has: [/gone|deleted|no longer|not there|does not exist/i] },
        { command: 'show', has: [/gone|deleted|no longer|not there|does not exist/i] },
      ],
    },
  },
  {
    row: 'C the rules in force deny what the configured ones allow',
    world: () =>
      three(
        nicDenies('web-1', { name: 'closed', priority: 150, port: 22 }),
        nicAllows('web-1', { name: 'web', priority: 200, port: 8443 }),
      ),
    expect: { verdict: 'ok', exitCode: 0, quiet: true },
  },
  {
    row: 'C the group can not be read, what is in force can: it decides',
    world: () =>
      three(subnetDenies({ name: 'closed', priority: 150, port: 8443 }), fault({ on: 'web-nsg', kind: 'denied' })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-probe' },
  },
  {
    row: 'C the group can not be read, what is in force allows: nothing is wrong',
    world: () => three(fault({ on: 'web-nsg', kind: 'denied' })),
    expect: { verdict: 'ok', exitCode: 0 },
  },
  {
    row: 'C the model lacks the pool and some instances are in it',
    world: () => uniform(modelLacksPool(), notInPool('web_3')),
    expect: { finds: [{ rule: 'vmss-model-lacks-pool' }] },
  },
  {
    row: 'C the scale set is refused beside an outage: still told',
    world: () =>
      uniform(deallocated('web_1'), deallocated('web_2'), deallocated('web_3'), fault({ on: 'web', kind: 'denied' })),
    expect: { verdict: 'down', exitCode: 1, first: 'member-vm-not-running' },
  },
  {
    row: 'C a narrow allow before a wide deny: some clients are let in',
    world: () =>
      three(
        subnetDenies({ name: 'closed', priority: 150, port: 8443, source: 'Internet' }),
        subnetAllows({ name: 'office', priority: 140, port: 8443, source: '203.0.113.0/24' }),
      ),
    expect: { verdict: 'ok', exitCode: 0, quiet: true },
  },
  {
    row: 'C a public address that is gone from under its frontend',
    world: () => three(gone('web-lb-ip')),
    expect: { verdict: ['ok', 'down', 'at-risk', 'unknown'] },
  },
  {
    row: 'C the NAT pool leads to its instances',
    world: () => web.serviceFabric(),
    expect: { view: [{ command: 'show', hasNot: [/→ nobody/], has: ['nt1vm'] }] },
  },
  {
    row: 'C a path probe that answers something else, all members',
    world: () => three(set('web-lb', 'properties.probes[web-probe].properties.requestPath', '/nope')),
    expect: { verdict: 'down', exitCode: 1, first: 'http-status-error' },
  },
];
