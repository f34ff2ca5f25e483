import { expect, test } from '@jest/globals';
import { azInMemory } from '../world/az-in-memory.ts';
import { azureOver } from '../world/azure.ts';
import { addedToLb, also, set } from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, idIn, type Shape } from '../world/healthy.ts';
import { type JsonObject, textAt } from '../world/json.ts';
import { armRefusals } from '../world/refused/refused.ts';
import { type Change, change, type World } from '../world/world.ts';

const lb = idIn({ world: healthyWorld(), group: 'shop-rg' }, 'Network/loadBalancers', 'web-lb');
const part = (kind: string, name: string) => ({ id: `${lb}/${kind}/${name}` });
const frontend = part('frontendIPConfigurations', 'web-frontend');
const pool = part('backendAddressPools', 'web-pool');

const rule = (name: string, more: JsonObject = {}): Change =>
  addedToLb('loadBalancingRules', {
    name,
    properties: {
      protocol: 'Tcp',
      frontendPort: 8080,
      backendPort: 8081,
      disableOutboundSnat: true,
      frontendIPConfiguration: frontend,
      backendAddressPool: pool,
      ...more,
    },
  });
const outbound = (name: string, more: JsonObject = {}): Change =>
  addedToLb('outboundRules', {
    name,
    properties: { protocol: 'All', frontendIPConfigurations: [frontend], backendAddressPool: pool, ...more },
  });
const nat = (name: string, more: JsonObject): Change =>
  addedToLb('inboundNatRules', {
    name,
    properties: { protocol: 'Tcp', backendPort: 22, frontendIPConfiguration: frontend, ...more },
  });
const translates = set('web-lb', 'properties.loadBalancingRules[https].properties.disableOutboundSnat', false);
const green = addedToLb('backendAddressPools', { name: 'green', properties: {} });

/** The load balancer as the changes make it, put as one body over the one that is there. */
function put(world: World, ...changes: readonly Change[]): string {
  const azure = azureOver(world);
  const body = change(world, ...changes).resources.get(lb.toLowerCase());
  const { status, body: said } = azure.answer({
    method: 'PUT',
    url: `${lb}?api-version=2025-07-01`,
    ...(body && { body }),
  });
  return status < 300 ? '' : (textAt(said, 'error', 'code') ?? String(status));
}

const collide = { frontendPort: 443 };
const refused: readonly (readonly [string, string, Shape, readonly Change[]])[] = [
  ['one port of a frontend for two rules', 'RulesUseSameFrontendPort', {}, [rule('b', collide)]],
  [
    'all protocols hold Tcp',
    'RulesUseSameFrontendPort',
    { internal: true },
    [rule('b', { protocol: 'All', frontendPort: 0, backendPort: 0, enableFloatingIP: true })],
  ],
  ['a NAT rule on the port of a balancing rule', 'RulesUseSameFrontendPort', {}, [nat('ssh', { frontendPort: 443 })]],
  [
    'a NAT range over that port',
    'RulesUseSameFrontendPort',
    {},
    [nat('ssh', { frontendPort: 0, frontendPortRangeStart: 400, frontendPortRangeEnd: 500 })],
  ],
  [
    'one port of a member for two rules',
    'RulesUseSameBackendPortProtocolAndPool',
    {},
    [rule('b', { backendPort: 8443 })],
  ],
  [
    'all ports of a public frontend',
    'InvalidRequestFormat',
    {},
    [
      set('web-lb', 'properties.loadBalancingRules', []),
      rule('b', { protocol: 'All', frontendPort: 0, backendPort: 0 }),
    ],
  ],
  [
    'two pools of one rule',
    'InvalidRequestFormat',
    {},
    [green, rule('b', { backendAddressPools: [pool, part('backendAddressPools', 'green')] })],
  ],
  [
    'half of the way to an outbound rule',
    'LoadBalancingRuleMustDisableSNATSinceSameFrontendIPConfigurationIsReferencedByOutboundRule',
    {},
    [translates, outbound('out')],
  ],
  [
    'two outbound rules of one frontend',
    'MoreThanOneOutboundRuleUsingSameFrontendIPConfigurationAndProtocolIsNotSupported',
    {},
    [
      green,
      outbound('out'),
      outbound('more', { protocol: 'Tcp', backendAddressPool: part('backendAddressPools', 'green') }),
    ],
  ],
  [
    'more ports than an address has',
    'SpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAvailablePorts',
    {},
    [outbound('out', { allocatedOutboundPorts: 32000 })],
  ],
  [
    'ports that are no multiple of 8',
    'SpecifiedAllocatedOutboundPortsForOutboundRuleIsNotAMultipleOfEight',
    {},
    [outbound('out', { allocatedOutboundPorts: 100 })],
  ],
  [
    'more ports than a rule has',
    'SpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAllowedPortsPerRule',
    {},
    [outbound('out', { allocatedOutboundPorts: 64_008 })],
  ],
  ['a probe that is used, taken away', 'InvalidResourceReference', {}, [set('web-lb', 'properties.probes', [])]],
  [
    'a pool that is used, taken away',
    'InvalidResourceReference',
    {},
    [set('web-lb', 'properties.backendAddressPools', [])],
  ],
  ['one name twice', 'DuplicateResourceName', {}, [rule('https', { frontendPort: 1, backendPort: 2 })]],
];

test.each(refused)('%s: %s', (_, code, shape, changes) => {
  expect(put(healthyWorld(shape), ...changes)).toBe(code);
});

test('one port of a member by two pools', () => {
  const both = set('web-1-nic', 'properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools', [
    pool,
    part('backendAddressPools', 'green'),
  ]);
  const second = rule('b', { backendPort: 8443, backendAddressPool: part('backendAddressPools', 'green') });
  expect(put(change(healthyWorld(), green, both), second)).toBe('RulesUseSameBackendPortProtocolAndIPConfig');
  expect(put(change(healthyWorld(), green), second)).toBe('');
});

test('one port of a member by two load balancers of one type', () => {
  const other = (internal: boolean) => healthyWorld({ name: 'other-lb', internal, members: 0 });
  const beside = (internal: boolean) =>
    change(
      healthyWorld(),
      ...[...other(internal).resources.values()].filter(({ id }) => id.includes('other-lb')).map((each) => also(each)),
    );
  const otherPool = `${idIn({ world: healthyWorld(), group: 'shop-rg' }, 'Network/loadBalancers', 'other-lb')}/backendAddressPools/web-pool`;
  const join = set('web-1-nic', 'properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools', [
    pool,
    { id: otherPool },
  ]);
  const joined = (internal: boolean) => {
    const world = beside(internal);
    const nic = [...change(world, join).resources.values()].find(({ name }) => name === 'web-1-nic');
    const { status, body } = azureOver(world).answer({ method: 'PUT', url: `${nic?.id}?x`, ...(nic && { body: nic }) });
    return status < 300 ? '' : textAt(body, 'error', 'code');
  };
  expect(joined(false)).toBe('RulesOfSameLoadBalancerTypeUseSameBackendPortProtocolAndIPConfig');
  expect(joined(true)).toBe('');
});

test('a public address of another SKU', () => {
  const world = change(healthyWorld(), set('web-lb-ip', 'sku', { name: 'Basic' }));
  // What was so before is no fault of a write; the SKU that a write gives is.
  expect(put(world, rule('b'))).toBe('');
  expect(put(healthyWorld(), set('web-lb', 'sku', { name: 'Basic' }))).toBe(
    'DifferentSkuLoadBalancersAndPublicIPAddressNotAllowed',
  );
});

test.each<readonly [string, Shape, readonly Change[]]>([
  ['as it is', {}, []],
  ['another port', {}, [rule('b')]],
  ['the same port by another protocol', {}, [rule('b', { protocol: 'Udp', frontendPort: 443, backendPort: 8443 })]],
  ['the same member port with floating IP', {}, [rule('b', { backendPort: 8443, enableFloatingIP: true })]],
  ['all of an outbound rule in one body', {}, [outbound('out', { allocatedOutboundPorts: 21328 })]],
  ['both pool fields with one pool', {}, [rule('b', { backendAddressPools: [pool] })]],
  ['a NAT range beside', {}, [nat('ssh', { frontendPort: 0, frontendPortRangeStart: 500, frontendPortRangeEnd: 510 })]],
  ['Gateway', { sku: 'Gateway' }, []],
  ['IPv6 beside', { ipv6: true }, []],
  ['Uniform', { membership: 'uniform' }, []],
])('%s is taken', (_, shape, changes) => {
  expect(put(healthyWorld(shape), ...changes)).toBe('');
});

test('healthy load balancers are in no state that is refused', async () => {
  const shapes: readonly Shape[] = [{}, { ipv6: true }, { internal: true }, { sku: 'Gateway' }, { membership: 'ip' }];
  for (const world of [...shapes.map(healthyWorld), healthyGlobalWorld()]) {
    const { stdout } = await azInMemory(world).run([
      'network',
      'lb',
      'show',
      '--resource-group=shop-rg',
      '--name=web-lb',
    ]);
    expect(armRefusals(JSON.parse(stdout))).toEqual([]);
  }
});
