import {
  addedToLb,
  adminState,
  answersHttp,
  deallocated,
  gone,
  healthReason,
  listenerStopped,
  probe,
  set,
  subnetAllows,
  subnetDenies,
} from '../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { availabilityGroup } from '../world/shapes/clusters.ts';
import { kubernetesWorld } from '../world/shapes/kubernetes.ts';
import { guardedBy, idsInLowerCase } from '../world/shapes/parts.ts';
import * as web from '../world/shapes/web.ts';
import { change } from '../world/world.ts';
import { silent } from './a-kubernetes.ts';
import type { Row } from './row.ts';

const doorRows = (Object.keys(web.doors) as readonly (keyof typeof web.doors)[]).flatMap((door): readonly Row[] => [
  {
    row: `A Public balancer open to ${door}`,
    world: () => web.openTo(door),
    expect: { ...silent, never: ['nsg-blocks-data'] },
  },
  {
    row: `A Public balancer open to ${door}, members by address in two zones`,
    world: () => web.openTo(door, { membership: 'ip', zones: ['1', '2'] }),
    expect: silent,
  },
  {
    row: `A Public balancer open to ${door}, behind a deny of everyone`,
    world: () => change(web.openTo(door), subnetDenies({ name: 'closed', priority: 150, source: 'Internet' })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-data' },
  },
]);

/** Other shapes that work. */
export const healthyShapes: readonly Row[] = [
  {
    row: 'A Member drained for maintenance by its admin state, as many as half are left',
    world: () => change(healthyWorld({ members: 4 }), adminState('web-1', 'Down'), adminState('web-2', 'Down')),
    expect: {
      verdict: 'at-risk',
      finds: [{ rule: 'admin-state-down', kind: 'risk', severity: 'medium', affects: 3 }],
      noFault: ['admin-state-down'],
    },
  },
  {
    row: 'A Member drained for maintenance, and off for it',
    world: () => change(healthyWorld(), adminState('web-1', 'Down'), deallocated('web-1')),
    expect: { verdict: 'at-risk', exitCode: 0, first: 'admin-state-down' },
  },
  {
    row: 'A Members drained, too many of them',
    world: () => change(healthyWorld(), adminState('web-1', 'Down'), adminState('web-2', 'Down')),
    expect: { verdict: 'degraded', exitCode: 1, first: 'admin-state-down' },
  },
  {
    row: 'A Member drained for maintenance while another is down',
    world: () => change(healthyWorld(), adminState('web-1', 'Down'), listenerStopped('web-2')),
    expect: { verdict: 'degraded', exitCode: 1, finds: [{ rule: 'admin-state-down', kind: 'fault' }] },
  },
  {
    row: 'A Member up while a group seems to deny',
    world: () => web.upThoughDenied(),
    expect: { verdict: ['ok', 'at-risk'], exitCode: 0, noFault: ['nsg-blocks-probe'] },
  },
  {
    row: 'A Member up while a group seems to deny, by address',
    world: () => web.upThoughDenied({ membership: 'ip', members: 2 }),
    expect: { verdict: ['ok', 'at-risk'], exitCode: 0, noFault: ['nsg-blocks-probe'] },
  },
  {
    row: 'A Member up while a group seems to deny, the others down',
    world: () =>
      change(
        healthyWorld(),
        subnetDenies({ name: 'deny-8443', port: 8443, priority: 110 }),
        healthReason('web-1', 'Up_Probe_Success'),
      ),
    expect: { verdict: 'degraded', exitCode: 1, first: 'nsg-blocks-probe' },
  },
  {
    row: 'A Members up while clients alone are denied: nobody measured that',
    world: () =>
      change(healthyWorld(), subnetDenies({ name: 'closed', port: 8443, priority: 110, source: 'Internet' })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-data' },
  },

  { row: 'A HTTP probe on a port of its own, all up', world: () => web.probedOnItsOwnPort(), expect: silent },
  {
    row: 'A HTTP probe on a port of its own, internal, by address',
    world: () => web.probedOnItsOwnPort({ internal: true, membership: 'ip' }),
    expect: { ...silent, never: ['probe-port-unrelated'] },
  },
  {
    row: 'A TCP probe on a port of its own, all up',
    world: () => healthyWorld({ probes: [{ name: 'p', protocol: 'Tcp', port: 9000 }] }),
    expect: { verdict: ['ok', 'at-risk'], exitCode: 0, finds: [{ rule: 'probe-port-unrelated', severity: 'medium' }] },
  },
  {
    row: 'A HTTP probe on a port of its own, where nothing listens',
    world: () => change(web.probedOnItsOwnPort(), ...[1, 2, 3].map((number) => listenerStopped(`web-${number}`, 8081))),
    expect: { verdict: 'down', exitCode: 1, first: ['probe-port-unrelated', 'path-clear-app-suspect'] },
  },

  {
    row: 'A Secondary address and a NAT gateway',
    world: () => web.bySecondAddress(),
    expect: { ...silent, never: ['secondary-ipconfig'] },
  },
  {
    row: 'A Secondary address and a NAT gateway, two members',
    world: () => web.bySecondAddress({ members: 2, zones: [] }),
    expect: { ...silent, never: ['secondary-ipconfig'] },
  },
  {
    row: 'A Secondary address without a NAT gateway, and an outbound rule',
    world: () =>
      change(
        web.bySecondAddress(),
        set('shop-vnet', 'properties.subnets[web-subnet].properties.natGateway', undefined),
      ),
    expect: { finds: [{ rule: 'secondary-ipconfig', severity: 'medium' }] },
  },

  {
    row: 'A Relative probe path',
    world: () => web.probedByRelativePath(),
    expect: { ...silent, never: ['probe-path-invalid'] },
  },
  {
    row: 'A Relative probe path, by HTTPS',
    world: () =>
      web.probedByRelativePath({ probes: [{ name: 'p', protocol: 'Https', port: 80, path: 'health/ready' }] }),
    expect: { ...silent, never: ['probe-path-invalid'] },
  },
  {
    row: 'A Relative probe path explains nothing',
    world: () => change(web.probedByRelativePath(), ...[1, 2, 3].map((number) => answersHttp(`web-${number}`, 500))),
    expect: { verdict: 'down', exitCode: 1, first: 'http-status-error', never: ['probe-path-invalid'] },
  },
  {
    row: 'A Relative probe path that is not there',
    world: () => change(web.probedByRelativePath(), probe({ path: 'other.aspx' })),
    expect: { verdict: 'down', exitCode: 1, first: 'http-status-error', never: ['probe-path-invalid'] },
  },

  ...doorRows,
  {
    row: 'A Public balancer open to an application security group',
    world: () => web.openToAnApplicationGroup(),
    expect: silent,
  },
  {
    row: 'A Public balancer open to an application security group that no member is in',
    world: () =>
      change(
        web.openToAnApplicationGroup(),
        ...[1, 2, 3].map((number) =>
          set(`web-${number}-nic`, 'properties.ipConfigurations[0].properties.applicationSecurityGroups', undefined),
        ),
      ),
    source: 'a group may hold address prefixes (preview): without having read it nobody knows',
    expect: { verdict: ['down', 'unknown'], exitCode: [1, 5] },
  },
  {
    row: 'A Public balancer open to an application security group that one member left',
    world: () =>
      change(
        web.openToAnApplicationGroup(),
        set('web-2-nic', 'properties.ipConfigurations[0].properties.applicationSecurityGroups', undefined),
      ),
    expect: { verdict: ['degraded', 'unknown'], exitCode: [1, 5] },
  },
  {
    row: 'A Public balancer open to half of the internet',
    world: () =>
      change(
        healthyWorld(),
        guardedBy({ name: 'half', sourceAddressPrefix: '0.0.0.0/1', destinationPortRange: '8443' }),
      ),
    expect: { ...silent, never: ['nsg-blocks-data'] },
  },
  {
    row: 'A Public balancer with augmented rules that leave the port out',
    world: () =>
      change(
        healthyWorld(),
        guardedBy({
          name: 'web',
          sourceAddressPrefixes: ['Internet'],
          destinationPortRanges: ['80', '8444-8449', '8000-8442'],
        }),
      ),
    expect: { verdict: 'down', exitCode: 1, first: ['nsg-blocks-data', 'nsg-allows-frontend-port-only'] },
  },
  {
    row: 'A Public balancer: halves of the internet denied, one each',
    world: () =>
      change(
        healthyWorld(),
        subnetDenies({ name: 'low', priority: 150, source: '0.0.0.0/1', port: 8443 }),
        subnetDenies({ name: 'high', priority: 151, source: '128.0.0.0/1', port: 8443 }),
        subnetAllows({ name: 'probes', priority: 140, source: 'AzureLoadBalancer' }),
      ),
    expect: { verdict: 'down', exitCode: 1, first: ['nsg-blocks-data', 'nsg-allows-lb-not-client'] },
  },

  {
    row: 'A IP pool of scale-set instances',
    world: () => web.instancesByAddress(),
    expect: { ...silent, never: ['ip-member-unowned'] },
  },
  {
    row: 'A IP pool of scale-set instances, internal',
    world: () => web.instancesByAddress({ internal: true, members: 5 }),
    expect: silent,
  },
  {
    row: 'A IP pool of scale-set instances, one is off',
    world: () => change(web.instancesByAddress(), deallocated('web_2')),
    expect: { verdict: 'degraded', exitCode: 1, first: 'member-vm-not-running' },
  },
  {
    row: 'A IP pool of scale-set instances, one is gone',
    world: () => {
      const world = web.instancesByAddress();
      const nic = [...world.resources.values()].find(({ id }) => /virtualMachines\/2\/networkInterfaces/.test(id));
      return change(world, gone(nic?.id ?? ''), gone('web_2'));
    },
    expect: { exitCode: 1, causes: ['ip-member-unowned'] },
  },
  { row: 'A Dual stack', world: () => healthyWorld({ ipv6: true }), expect: silent },
  {
    row: 'A Dual stack, internal',
    world: () => healthyWorld({ ipv6: true, internal: true, members: 2 }),
    expect: silent,
  },
  {
    row: 'A Member by its second interface, up',
    world: () => web.bySecondInterface(),
    expect: { ...silent, never: ['member-on-secondary-nic'] },
  },
  {
    row: 'A Green pool staged and off',
    world: () => web.greenStaged(),
    expect: { ...silent, never: ['member-vm-not-running'] },
  },
  {
    row: 'A Green pool staged and off, internal',
    world: () => web.greenStaged({ internal: true, members: 3 }),
    expect: silent,
  },
  {
    row: 'A Green pool staged, and blue off as well',
    world: () => change(web.greenStaged(), deallocated('blue-1'), deallocated('blue-2')),
    expect: { verdict: 'down', exitCode: 1, first: 'member-vm-not-running', never: [/green-/] },
  },
  {
    row: 'A Service Fabric',
    world: () => web.serviceFabric(),
    expect: { ...silent, view: [{ command: 'show', has: ['nt1vm_1'] }] },
  },
  {
    row: 'A Service Fabric, three nodes, no zones',
    world: () => web.serviceFabric({ members: 3, zones: [] }),
    expect: silent,
  },
  {
    row: 'A Service Fabric, the application answers on one node no more',
    world: () => change(web.serviceFabric(), listenerStopped('nt1vm_2', 8081)),
    expect: { verdict: 'degraded', exitCode: 1, first: 'path-clear-app-suspect' },
  },
  { row: 'A Ids in lower case', world: () => idsInLowerCase(healthyWorld()), expect: silent },
  {
    row: 'A Ids in lower case, scale set',
    world: () => idsInLowerCase(healthyWorld({ membership: 'uniform' })),
    expect: silent,
  },
  {
    row: 'A Ids in lower case, addresses',
    world: () => idsInLowerCase(healthyWorld({ membership: 'ip', internal: true })),
    expect: silent,
  },
  {
    row: 'A Ids in lower case, AKS',
    world: () => idsInLowerCase(kubernetesWorld()),
    expect: { ...silent, owner: 'aks' },
  },
  { row: 'A Ids in lower case, cluster', world: () => idsInLowerCase(availabilityGroup()), expect: silent },
  {
    row: 'A Ids in lower case, a member off',
    world: () => idsInLowerCase(change(healthyWorld(), deallocated('web-2'))),
    expect: { verdict: 'degraded', exitCode: 1, first: 'member-vm-not-running' },
  },
  {
    row: 'A Ids in lower case, the probe denied',
    world: () => idsInLowerCase(change(healthyWorld(), subnetDenies({ priority: 150, port: 8443 }))),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-probe' },
  },
  {
    row: 'A Gateway load balancer',
    world: () => healthyWorld({ sku: 'Gateway' }),
    expect: {
      verdict: ['ok', 'at-risk'],
      exitCode: 0,
      quiet: true,
      text: { has: [/not (be )?measured|no health|can.?t be measured/i] },
    },
  },
  {
    row: 'A Gateway load balancer, two members',
    world: () => healthyWorld({ sku: 'Gateway', members: 2, zones: [] }),
    expect: { exitCode: 0, quiet: true },
  },
  {
    row: 'A Gateway load balancer, a member off',
    world: () => change(healthyWorld({ sku: 'Gateway' }), deallocated('web-2')),
    expect: { verdict: 'degraded', exitCode: 1, first: 'member-vm-not-running' },
  },
  {
    row: 'A Pool for outbound alone beside the others: nothing to say of its members',
    world: () => {
      const world = healthyWorld({ pools: [{ name: 'web-pool' }, { name: 'jobs-pool', members: 2 }] });
      const lb = loadBalancerOf(world);
      return change(
        world,
        deallocated('jobs-1'),
        addedToLb('outboundRules', {
          name: 'out',
          properties: {
            frontendIPConfigurations: [{ id: `${lb.id}/frontendIPConfigurations/web-frontend` }],
            backendAddressPool: { id: `${lb.id}/backendAddressPools/jobs-pool` },
            protocol: 'All',
            allocatedOutboundPorts: 1024,
          },
        }),
      );
    },
    expect: { verdict: 'ok', exitCode: 0, quiet: true },
  },
];
