import { loadBalancer, ruleDefaults } from './healthy-load-balancer.ts';
import { machine, scaleSet } from './healthy-machines.ts';
import { network } from './healthy-network.ts';
import { textAt } from './json.ts';
import { base, guid, idIn, type Plan, publicAddress, type Shape } from './shape.ts';
import { asResource, emptyWorld, type Resource, type World } from './world.ts';

export { idIn, type Shape } from './shape.ts';

/** A load balancer `web-lb` in group `shop-rg` that works: public, Standard, 443 to 8443 of three machines in three zones. */
export function healthyWorld(shape: Shape = {}): World {
  const world = emptyWorld(shape.clock);
  const zones = shape.zones ?? ['1', '2', '3'];
  const plan: Plan = {
    world,
    name: 'web-lb',
    group: 'shop-rg',
    location: 'westeurope',
    clock: world.clock,
    members: 3,
    membership: 'nic',
    internal: shape.sku === 'Gateway',
    sku: 'Standard',
    ipv6: false,
    pools: [{ name: 'web-pool' }],
    probes: [{ name: 'web-probe', protocol: 'Http', port: 8443, path: '/healthz' }],
    balancingRules: [
      shape.sku === 'Gateway'
        ? { name: 'all', frontendPort: 0, backendPort: 0, protocol: 'All' }
        : { name: 'https', frontendPort: 443, backendPort: 8443 },
    ],
    tags: { owner: 'shop-platform' },
    ...shape,
    zones: shape.sku === 'Basic' ? [] : zones,
  };
  const machines = plan.pools.flatMap((pool, poolIndex) =>
    Array.from({ length: pool.members ?? plan.members }, (_, index) => machine(plan, pool, poolIndex, index + 1)),
  );
  const sets =
    plan.membership === 'uniform' || plan.membership === 'flexible'
      ? plan.pools.map((pool) => scaleSet(plan, pool))
      : [];
  const resources = [...loadBalancer(plan), ...network(plan), ...sets, ...machines.flatMap((each) => each.resources)];
  return {
    ...world,
    resources: new Map(resources.map((resource) => [resource.id.toLowerCase(), resource])),
    guests: new Map(machines.map(({ id, guest }) => [id.toLowerCase(), guest])),
  };
}

/** A Global load balancer `web-lb` over the regional ones `web-lb-east` and `web-lb-west`. */
export function healthyGlobalWorld(shape: Shape = {}): World {
  const east = healthyWorld({ ...shape, name: 'web-lb-east', group: 'shop-east-rg', location: 'eastus2' });
  const west = healthyWorld({ ...shape, name: 'web-lb-west', group: 'shop-west-rg', location: 'westus2' });
  const plan = { world: east, group: 'shop-rg' };
  const lbId = idIn(plan, 'Network/loadBalancers', 'web-lb');
  const regional = (world: World) =>
    [...world.resources.values()].filter(({ type }) => type === 'Microsoft.Network/loadBalancers').map(({ id }) => id);
  const publicIp = publicAddress(
    { ...plan, location: 'eastus2', zones: [] },
    'web-lb-ip',
    '20.99.1.10',
    'Standard',
    'Global',
  );
  const lb = asResource({
    ...base(plan, 'Network/loadBalancers', 'web-lb', 'eastus2'),
    tags: { owner: 'shop-platform' },
    sku: { name: 'Standard', tier: 'Global' },
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guid('web-lb-global'),
      frontendIPConfigurations: [
        {
          name: 'web-frontend',
          properties: { privateIPAllocationMethod: 'Dynamic', publicIPAddress: { id: publicIp.id } },
        },
      ],
      backendAddressPools: [
        {
          name: 'web-pool',
          properties: {
            loadBalancerBackendAddresses: [east, west].flatMap(regional).map((id) => ({
              name: `${id.split('/').at(-1) ?? ''}-address`,
              properties: {
                loadBalancerFrontendIPConfiguration: { id: `${id}/frontendIPConfigurations/web-frontend` },
              },
            })),
          },
        },
      ],
      probes: [],
      loadBalancingRules: [
        {
          name: 'https',
          properties: {
            ...ruleDefaults,
            frontendIPConfiguration: { id: `${lbId}/frontendIPConfigurations/web-frontend` },
            backendAddressPools: [{ id: `${lbId}/backendAddressPools/web-pool` }],
            protocol: 'Tcp',
            frontendPort: 443,
            backendPort: 443,
          },
        },
      ],
    },
  });
  return {
    ...east,
    resources: new Map([
      ...east.resources,
      ...west.resources,
      [publicIp.id.toLowerCase(), publicIp],
      [lb.id.toLowerCase(), lb],
    ]),
    guests: new Map([...east.guests, ...west.guests]),
  };
}

/** The first load balancer of a world: the one that its story is about. */
export function loadBalancerOf(world: World): Resource {
  const [lb] = [...world.resources.values()].filter(({ type, sku }) => {
    return type === 'Microsoft.Network/loadBalancers' && (textAt(sku, 'tier') === 'Global' || !hasGlobal(world));
  });
  if (lb === undefined) throw new Error('No load balancer in this world');
  return lb;
}

const hasGlobal = (world: World): boolean =>
  [...world.resources.values()].some(({ sku }) => textAt(sku, 'tier') === 'Global' && sku !== undefined);
