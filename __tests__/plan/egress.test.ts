import { expect, test } from '@jest/globals';
import { gather } from '../../lib/collect/gather.ts';
import { needsOf } from '../../lib/collect/needs.ts';
import { asker } from '../../lib/collect/rounds.ts';
import { topologyOf } from '../../lib/collect/topology-of.ts';
import { open } from '../../lib/evidence/open.ts';
import { egress, egressChanges, type Suppose } from '../../lib/topology/egress.ts';
import { examine } from '../../lib/triage/triage.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { addedToLb, also, balancingRule, deallocated, fault, set } from '../world/changes.ts';
import { healthyWorld, idIn, type Shape } from '../world/healthy.ts';
import { type Change, change, type World } from '../world/world.ts';

const id = (type: string, name: string) => idIn({ world: healthyWorld(), group: 'shop-rg' }, type, name);
const lb = id('Network/loadBalancers', 'web-lb');
const pool = `${lb}/backendAddressPools/web-pool`;
const subnet = 'properties.subnets[web-subnet].properties';

const withoutNatGateway = set('shop-vnet', `${subnet}.natGateway`, undefined);
const lends = set('shop-vnet', `${subnet}.defaultOutboundAccess`, undefined);
const translates = balancingRule({ disableOutboundSnat: false });
const outboundRule = addedToLb('outboundRules', {
  name: 'out',
  properties: {
    protocol: 'All',
    allocatedOutboundPorts: 1024,
    frontendIPConfigurations: [{ id: `${lb}/frontendIPConfigurations/web-frontend` }],
    backendAddressPool: { id: pool },
  },
});
const routed =
  (...routes: readonly (readonly [prefix: string, to: string, address?: string])[]): Change =>
  (world) =>
    change(
      world,
      also({
        id: id('Network/routeTables', 'web-routes'),
        name: 'web-routes',
        type: 'Microsoft.Network/routeTables',
        location: 'westeurope',
        properties: {
          provisioningState: 'Succeeded',
          disableBgpRoutePropagation: false,
          routes: routes.map(([addressPrefix, nextHopType, nextHopIpAddress], at) => ({
            name: `route-${at}`,
            properties: {
              addressPrefix,
              nextHopType,
              ...(nextHopIpAddress !== undefined && { nextHopIpAddress }),
            },
          })),
        },
      }),
      set('shop-vnet', `${subnet}.routeTable`, { id: id('Network/routeTables', 'web-routes') }),
    );
const ownAddress = (world: World) =>
  set('web-1-nic', 'properties.ipConfigurations[0].properties.publicIPAddress', {
    id: id('Network/publicIPAddresses', 'web-1-ip'),
  })(world);
const withGateway = set('shop-vnet', 'properties.virtualNetworkPeerings', [
  { name: 'hub', properties: { useRemoteGateways: true, peeringState: 'Connected' } },
]);

async function asked(world: World, suppose?: Suppose, family: 4 | 6 = 4) {
  const az = azInMemory(world);
  const target = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
  const { evidence } = await examine(az, target, { recordedAt: world.clock });
  const before = az.calls.length;
  const made = await gather(asker({ az }), evidence, (known) => {
    const [member] = topologyOf(known, lb).loadBalancer.pools[0]?.members ?? [];
    if (!member) throw new Error('nobody in the pool');
    const reading = suppose ? egressChanges(member, suppose) : egress(member, family);
    return { made: open<unknown>(reading), asks: needsOf([reading]) };
  });
  const more = az.calls.slice(before).map(({ argv }) => argv.filter((word) => !word.startsWith('-')).join(' '));
  return { made, more: more.map((words) => words.replace(/ \/.*/, '')) };
}

const known = (by: string, more: object = {}) => ({ known: { by, ...more } });
const bare: Shape = {};
const internal: Shape = { internal: true };
const ip: Shape = { membership: 'ip' };

test.each<readonly [string, Shape, readonly Change[], object]>([
  ['a NAT gateway', bare, [], known('nat-gateway')],
  ['a NAT gateway before what a balancing rule does', bare, [translates, outboundRule], known('nat-gateway')],
  [
    'an address of its own before an outbound rule',
    bare,
    [withoutNatGateway, ownAddress, outboundRule],
    known('public-address'),
  ],
  [
    'an outbound rule before a balancing rule',
    bare,
    [withoutNatGateway, translates, outboundRule],
    known('outbound-rule', { rules: ['out'] }),
  ],
  [
    'a balancing rule that translates',
    bare,
    [withoutNatGateway, translates],
    known('implicit-snat', { rules: ['https'] }),
  ],
  ['nothing: all are told not to translate', bare, [withoutNatGateway, lends], known('none')],
  ['nothing behind an internal one that is Standard', internal, [withoutNatGateway, lends, translates], known('none')],
  ['a lent address for those named by address', ip, [withoutNatGateway, lends, outboundRule], known('default-access')],
  ['none lent where the subnet is private', ip, [withoutNatGateway], known('none')],
  ['a lent address behind Basic', { sku: 'Basic', internal: true }, [lends], known('default-access')],
  [
    'a firewall before a NAT gateway',
    bare,
    [routed(['0.0.0.0/0', 'VirtualAppliance', '10.20.9.4'])],
    known('route', { nextHopType: 'VirtualAppliance', nextHops: ['10.20.9.4'] }),
  ],
  [
    'both halves of the internet',
    bare,
    [routed(['0.0.0.0/1', 'VirtualAppliance', '10.20.9.4'], ['128.0.0.0/1', 'VirtualAppliance', '10.20.9.4'])],
    known('route', { nextHopType: 'VirtualAppliance', nextHops: ['10.20.9.4'] }),
  ],
  ['one half alone is not all', bare, [routed(['0.0.0.0/1', 'VirtualAppliance', '10.20.9.4'])], known('nat-gateway')],
  ['a route to nowhere', bare, [routed(['0.0.0.0/0', 'None'])], known('none')],
  ['a route to the internet as without', bare, [routed(['0.0.0.0/0', 'Internet'])], known('nat-gateway')],
  ['a NAT gateway where a gateway announces no default', bare, [withGateway], known('nat-gateway')],
  [
    'nothing behind a Flexible set',
    { membership: 'flexible', internal: true },
    [withoutNatGateway, lends],
    known('none'),
  ],
])('%s', async (_, shape, changes, expected) => {
  const { made } = await asked(change(healthyWorld(shape), ...changes));
  expect(made).toEqual(expected);
});

test('of IPv6 a NAT gateway of SKU Standard is none, and of StandardV2 is one', async () => {
  const world = healthyWorld({ ipv6: true });
  expect((await asked(world, undefined, 6)).made).toEqual(known('none'));
  const newer = change(world, set('shop-nat', 'sku', { name: 'StandardV2' }));
  expect((await asked(newer, undefined, 6)).made).toEqual(known('nat-gateway'));
});

const leaving: Suppose = (pools) => pools.filter((each) => each.id !== pool);

test('to leave a pool that is nobody’s way out asks nothing', async () => {
  expect(await asked(healthyWorld(), leaving)).toEqual({ made: { known: [] }, more: [] });
  expect(await asked(change(healthyWorld(), outboundRule, translates), leaving)).toEqual({
    made: { known: [] },
    more: [],
  });
});

test('to leave the pool of its outbound rule takes its way out', async () => {
  const { made, more } = await asked(change(healthyWorld(), withoutNatGateway, outboundRule), leaving);
  expect(made).toEqual({
    known: [{ family: 4, before: { by: 'outbound-rule', rules: ['out'] }, after: { by: 'none' } }],
  });
  // Whether a gateway announces a route that goes before: the network alone says it.
  expect(more).toEqual(['network vnet show']);
});

test('to leave it takes nothing from whom a route sends to a firewall', async () => {
  const world = change(
    healthyWorld(),
    withoutNatGateway,
    outboundRule,
    routed(['0.0.0.0/0', 'VirtualAppliance', '10.20.9.4']),
  );
  expect(await asked(world, leaving)).toEqual({ made: { known: [] }, more: ['network route-table show'] });
});

test('a gateway that can announce a route: what is in force at the interface is asked', async () => {
  const { more, made } = await asked(change(healthyWorld(), withoutNatGateway, outboundRule, withGateway), leaving);
  expect(more).toEqual(['network vnet show', 'network nic show-effective-route-table']);
  expect(made).toMatchObject({ known: [{ after: { by: 'none' } }] });
});

test('another load balancer that its interface is in lets it out', async () => {
  const other = healthyWorld({ name: 'out-lb', pools: [{ name: 'out-pool', members: 0 }] });
  const own = [...other.resources.values()].filter(({ id: each }) => each.includes('out-lb'));
  const otherPool = `${id('Network/loadBalancers', 'out-lb')}/backendAddressPools/out-pool`;
  const world = change(
    healthyWorld(),
    withoutNatGateway,
    outboundRule,
    ...own.map((each) => also(each)),
    set('out-lb', 'properties.loadBalancingRules[https].properties.disableOutboundSnat', false),
    set('web-1-nic', 'properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools', [
      { id: pool },
      { id: otherPool },
    ]),
  );
  const { made } = await asked(world, leaving);
  expect(made).toMatchObject({ known: [{ after: { by: 'implicit-snat', rules: ['https'] } }] });
});

test('what can’t be read is a gap, never a way out', async () => {
  const world = change(
    healthyWorld(),
    withoutNatGateway,
    outboundRule,
    routed(['0.0.0.0/0', 'VirtualAppliance', '10.20.9.4']),
    fault({ on: 'web-routes', kind: 'denied' }),
  );
  expect((await asked(world, leaving)).made).toMatchObject({ gaps: [{ kind: 'denied' }] });
});

test('a machine that is off: the routes in force at it can’t be asked', async () => {
  const world = change(healthyWorld(), withoutNatGateway, outboundRule, withGateway, deallocated('web-1'));
  expect((await asked(world, leaving)).made).toHaveProperty('gaps');
});
