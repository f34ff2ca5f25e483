import { healthReason } from '../change-answers.ts';
import { also, set } from '../change-anything.ts';
import { addedToLb } from '../change-load-balancer.ts';
import { deallocated } from '../change-machines.ts';
import { applicationGroupId, inApplicationGroup, subnetDenies } from '../change-security.ts';
import { healthyWorld, loadBalancerOf } from '../healthy.ts';
import { type JsonObject, textAt } from '../json.ts';
import { childId, ipConfigurationsOf, machineOf, nics } from '../relations.ts';
import type { Shape } from '../shape.ts';
import { type Change, change, named, resourcesOf, type World } from '../world.ts';
import { byItsSecondInterface, guardedBy, secondAddressInPool } from './parts.ts';

/** A health endpoint on a port of its own, which no balancing rule has. */
export const probedOnItsOwnPort = (shape: Shape = {}): World =>
  healthyWorld({ probes: [{ name: 'health', protocol: 'Http', port: 8081, path: '/healthz' }], ...shape });

/** A path without a slash, as in Microsoft's examples. */
export const probedByRelativePath = (shape: Shape = {}): World =>
  healthyWorld({
    probes: [{ name: 'web-probe', protocol: 'Http', port: 80, path: 'healthcheck.aspx' }],
    balancingRules: [{ name: 'http', frontendPort: 80, backendPort: 80 }],
    ...shape,
  });

/** The pool has a second address of each interface, and an outbound rule; out go the machines through a NAT gateway. */
export function bySecondAddress(shape: Shape = {}): World {
  const world = healthyWorld(shape);
  return change(world, ...nics(world).map(({ id }) => secondAddressInPool(id)), outbound);
}

const outbound: Change = (world) => {
  const lb = loadBalancerOf(world);
  return addedToLb('outboundRules', {
    name: 'out',
    properties: {
      frontendIPConfigurations: [{ id: childId(lb, 'frontendIPConfigurations', 'web-frontend') }],
      backendAddressPool: { id: childId(lb, 'backendAddressPools', 'web-pool') },
      protocol: 'All',
      allocatedOutboundPorts: 1024,
      idleTimeoutInMinutes: 4,
    },
  })(world);
};

/** Ways to let in only some clients, or all of them in more words than one. */
export const doors = {
  'Front Door alone': [
    { name: 'front-door', sourceAddressPrefix: 'AzureFrontDoor.Backend', destinationPortRange: '8443' },
  ],
  'Azure alone': [{ name: 'azure', sourceAddressPrefix: 'AzureCloud.westeurope', destinationPortRange: '8443' }],
  'an office': [{ name: 'office', sourceAddressPrefix: '203.0.113.0/24', destinationPortRange: '8443' }],
  'some clients denied before': [
    {
      name: 'no-bots',
      access: 'Deny',
      sourceAddressPrefixes: ['198.51.100.0/24', '192.0.2.7'],
      destinationPortRange: '*',
    },
    { name: 'web', sourceAddressPrefix: 'Internet', destinationPortRange: '8443' },
  ],
  'augmented rules': [
    {
      name: 'partners',
      sourceAddressPrefixes: ['203.0.113.0/24', '198.51.100.0/24'],
      destinationAddressPrefixes: ['10.20.0.0/24', '10.20.1.0/24'],
      destinationPortRanges: ['80', '8080-8090', '8440-8449'],
    },
    { name: 'everyone', sourceAddressPrefixes: ['Internet'], destinationPortRanges: ['8443', '9443'] },
  ],
  'halves of the internet': [
    {
      name: 'everyone',
      sourceAddressPrefixes: ['0.0.0.0/1', '128.0.0.0/1'],
      destinationPortRange: '8443',
    },
  ],
} satisfies Record<string, readonly JsonObject[]>;

/** A public load balancer that only these may use, or everybody in other words. */
export const openTo = (door: keyof typeof doors, shape: Shape = {}): World =>
  change(healthyWorld(shape), guardedBy(...doors[door]));

/** Only members of an application security group let clients in; every member is in it. */
export function openToAnApplicationGroup(shape: Shape = {}): World {
  const world = healthyWorld(shape);
  const members = nics(world).map(({ id }) => inApplicationGroup(id, 'web-asg'));
  return change(
    world,
    ...members,
    guardedBy({
      name: 'web',
      sourceAddressPrefix: 'Internet',
      destinationPortRange: '8443',
      destinationApplicationSecurityGroups: [{ id: applicationGroupId(world, 'web-asg') }],
    }),
    also({
      id: applicationGroupId(world, 'web-asg'),
      name: 'web-asg',
      type: 'Microsoft.Network/applicationSecurityGroups',
      location: 'westeurope',
      properties: { provisioningState: 'Succeeded' },
    }),
  );
}

/** The pool lists addresses, which instances of a Uniform scale set have. */
export function instancesByAddress(shape: Shape = {}): World {
  const world = healthyWorld({ ...shape, membership: 'uniform' });
  const network = named(world, 'shop-vnet');
  const addresses = nics(world).map((nic, index) => ({
    name: machineOf(world, nic.id)?.name ?? `address-${index + 1}`,
    properties: {
      ipAddress: textAt(ipConfigurationsOf(nic)[0]?.properties, 'privateIPAddress') ?? '',
      virtualNetwork: { id: network.id },
    },
  }));
  const [set_] = resourcesOf(world, 'Microsoft.Compute/virtualMachineScaleSets');
  const pool = 'loadBalancerBackendAddressPools';
  return change(
    world,
    ...nics(world).map(({ id }) => set(id, `properties.ipConfigurations[0].properties.${pool}`, undefined)),
    set(
      set_?.id ?? '',
      `properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].properties.ipConfigurations[0].properties.${pool}`,
      undefined,
    ),
    set(
      loadBalancerOf(world).id,
      'properties.backendAddressPools[0].properties.loadBalancerBackendAddresses',
      addresses,
    ),
  );
}

/** The next release waits in a pool without a balancing rule, and is off. */
export function greenStaged({ members = 2, ...shape }: Shape = {}): World {
  const world = healthyWorld({ ...shape, members, pools: [{ name: 'blue-pool' }, { name: 'green-pool' }] });
  const numbers = Array.from({ length: members }, (_, index) => index + 1);
  return change(world, ...numbers.map((number) => deallocated(`green-${number}`)));
}

/** A Service Fabric node type: a Uniform scale set with several ports, probes and a NAT pool. */
export function serviceFabric(shape: Shape = {}): World {
  const world = healthyWorld({
    name: 'LB-shop-nt1',
    members: 5,
    membership: 'uniform',
    pools: [{ name: 'LoadBalancerBEAddressPool', machines: 'nt1vm' }],
    probes: [
      { name: 'FabricGatewayProbe', protocol: 'Tcp', port: 19000, interval: 5 },
      { name: 'FabricHttpGatewayProbe', protocol: 'Tcp', port: 19080, interval: 5 },
      { name: 'AppPortProbe1', protocol: 'Tcp', port: 8081, interval: 5 },
    ],
    balancingRules: [
      { name: 'LBRule', frontendPort: 19000, backendPort: 19000, probe: 'FabricGatewayProbe' },
      { name: 'LBHttpRule', frontendPort: 19080, backendPort: 19080, probe: 'FabricHttpGatewayProbe' },
      { name: 'AppPortLBRule1', frontendPort: 8081, backendPort: 8081, probe: 'AppPortProbe1' },
    ],
    tags: { resourceType: 'Service Fabric', clusterName: 'shop' },
    ...shape,
  });
  const lb = loadBalancerOf(world);
  const frontendIPConfiguration = { id: childId(lb, 'frontendIPConfigurations', 'web-frontend') };
  const natRuleOf = (index: number) => `LoadBalancerBEAddressNatPool.${index}`;
  return change(
    world,
    addedToLb('inboundNatPools', {
      name: 'LoadBalancerBEAddressNatPool',
      properties: {
        frontendIPConfiguration,
        protocol: 'Tcp',
        frontendPortRangeStart: 3389,
        frontendPortRangeEnd: 4500,
        backendPort: 3389,
      },
    }),
    ...nics(world).flatMap((nic, index): readonly Change[] => [
      addedToLb('inboundNatRules', {
        name: natRuleOf(index),
        properties: {
          frontendIPConfiguration,
          protocol: 'Tcp',
          frontendPort: 3389 + index,
          backendPort: 3389,
          enableFloatingIP: false,
          idleTimeoutInMinutes: 4,
          backendIPConfiguration: { id: ipConfigurationsOf(nic)[0]?.id },
        },
      }),
      set(nic.id, 'properties.ipConfigurations[0].properties.loadBalancerInboundNatRules', [
        { id: childId(lb, 'inboundNatRules', natRuleOf(index)) },
      ]),
    ]),
  );
}

/** The members answer their probe, whatever a security group seems to say. */
export function upThoughDenied(shape: Shape = {}): World {
  const world = healthyWorld(shape);
  return change(
    world,
    subnetDenies({ name: 'deny-8443', port: 8443, priority: 110 }),
    ...nics(world).map(({ id }) => healthReason(id, 'Up_Probe_Success')),
  );
}

/** Every machine is a member by its second interface, whose guest has routes for it: up. */
export function bySecondInterface({ members = 2, ...shape }: Shape = {}): World {
  const numbers = Array.from({ length: members }, (_, index) => index + 1);
  return change(healthyWorld({ members, ...shape }), ...numbers.map((number) => byItsSecondInterface(`web-${number}`)));
}
