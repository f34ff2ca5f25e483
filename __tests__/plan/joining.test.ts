import { expect, test } from '@jest/globals';
import { exitOf } from '../../commands/support/exit.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import { deallocated, instanceBehindModel, listenerStopped, modelLacksPool, notInPool, set } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { kubernetesWorld, nodeName } from '../world/shapes/kubernetes.ts';
import { change, together, type World } from '../world/world.ts';
import { type Asked, adding, web } from './planned.ts';
import { runPlan } from './run-plan.ts';

const commands = (plan: Plan, kind: string): readonly string[] =>
  plan.steps.flatMap((step) => (step.kind === kind ? [step.command] : []));
const titles = ({ steps }: Plan): string => steps.map(({ title }) => title).join('\n');
/** A pool that one of its three machines is not in. */
function outside(membership: 'nic' | 'flexible'): { readonly name: string; readonly world: World } {
  const name = membership === 'nic' ? 'web-3' : 'web_3';
  return { name, world: change(healthyWorld({ membership }), notInPool(name)) };
}

/** Of an IP pool whose third address is not listed. */
function unlisted(): World {
  const listed = 'properties.backendAddressPools[web-pool].properties.loadBalancerBackendAddresses[web-3]';
  return change(healthyWorld({ membership: 'ip' }), set('web-lb', listed, undefined));
}

test.each(['nic', 'flexible'] as const)('a machine joins a %s pool, waited for, and leaves it again', async (kind) => {
  const { world, name } = outside(kind);
  const plan = await adding(world, [name]);
  expect(plan.refused).toBeNull();
  expect(plan.code).toBe(0);
  expect(commands(plan, 'change').join()).toMatch(/nic ip-config address-pool add .*backendAddressPools\/web-pool/);
  expect(commands(plan, 'look').join()).toMatch(/ss -ltnp/);
  expect(commands(plan, 'look').join()).toMatch(/curl -vgk .*:8443/);
  expect(commands(plan, 'check')).toEqual([expect.stringMatching(/--pool=web-pool --healthy=3 --timeout=\d+s/)]);
  const kinds = plan.steps.map((step) => step.kind);
  expect(kinds.lastIndexOf('look')).toBeLessThan(kinds.indexOf('change'));
  const ran = await runPlan(world, plan, web);
  expect(ran.after.balancingRules[0]?.members).toMatchObject({ total: 3, up: 3 });
  expect(ran.after.verdict).toBe('ok');
  expect(ran.left).toEqual([]);
});

test('an address joins an IP pool by its machine, or by itself', async () => {
  for (const name of ['web-3', '10.20.0.6']) {
    const world = unlisted();
    const plan = await adding(world, [name]);
    expect(commands(plan, 'change').join()).toMatch(
      /address-pool address add .*--name=web-3 --ip-address=10\.20\.0\.6 --vnet=/,
    );
    const ran = await runPlan(world, plan, web);
    expect(ran.after.balancingRules[0]?.members).toMatchObject({ total: 3, up: 3 });
    expect(ran.left).toEqual([]);
  }
  const unknown = await adding(unlisted(), ['10.20.0.77']);
  expect(commands(unknown, 'change').join()).toMatch(/--name=address-10-20-0-77 --ip-address=10\.20\.0\.77/);
});

/** A Uniform set none of whose instances is in the pool, and whose model does not name it. */
const setOutside = () =>
  change(
    healthyWorld({ membership: 'uniform' }),
    notInPool('web_1'),
    notInPool('web_2'),
    notInPool('web_3'),
    modelLacksPool(),
  );

test('a whole Uniform set joins by its model, and an instance that lags behind it by itself', async () => {
  const plan = await adding(setOutside(), ['web']);
  expect(commands(plan, 'change')).toEqual([
    expect.stringMatching(/^az vmss update .*loadBalancerBackendAddressPools/),
    expect.stringMatching(/^az vmss update-instances .*--instance-ids 1 2 3$/),
  ]);
  const ran = await runPlan(setOutside(), plan, web);
  expect(ran.after.balancingRules[0]?.members).toMatchObject({ total: 3, up: 3 });
  expect(ran.left).toEqual([]);
  const lagging = change(healthyWorld({ membership: 'uniform' }), instanceBehindModel('web_3'));
  const one = await adding(lagging, ['web_3']);
  expect(commands(one, 'change')).toEqual([expect.stringMatching(/update-instances .*--instance-ids 3$/)]);
  expect((await runPlan(lagging, one, web)).after.balancingRules[0]?.members.total).toBe(3);
});

test('who is in it already is not put in again', async () => {
  expect(await adding(healthyWorld(), ['web-1'])).toMatchObject({ steps: [], refused: null, code: 1 });
});

test('a machine that is off is to be started first', async () => {
  const { world } = outside('nic');
  const plan = await adding(change(world, deallocated('web-3')), ['web-3']);
  expect(titles(plan)).toMatch(/Start web-3 first: it is deallocated/);
});

test('as many as are up and as join are waited for', async () => {
  const { world } = outside('nic');
  const plan = await adding(change(world, listenerStopped('web-1')), ['web-3']);
  expect(commands(plan, 'check')).toEqual([expect.stringMatching(/--healthy=2 /)]);
});

test('an interface whose machine could not be listed joins all the same, and what was not read is said', async () => {
  const { world } = outside('nic');
  const plan = await adding({ ...world, faults: [{ on: /virtualMachines/, kind: 'denied' }] }, ['web-3-nic']);
  expect(commands(plan, 'change')).toHaveLength(1);
  expect(plan.unread.length).toBeGreaterThan(0);
});

const nic = 'web-3-nic';
const configuration = 'properties.ipConfigurations[ipconfig1].properties';
const other = (name: string, internal: boolean, backendPort: number) =>
  healthyWorld({
    name,
    internal,
    members: 0,
    balancingRules: [{ name: 'other', frontendPort: 9443, backendPort, pool: 'other-pool' }],
    pools: [{ name: 'other-pool', members: 0 }],
  });

/** web-3 is in the pool of another load balancer, and in none of web-lb. */
function alsoIn(name: string, internal: boolean, backendPort: number): World {
  const { world } = outside('nic');
  const beside = other(name, internal, backendPort);
  const lb = [...beside.resources.values()].find((resource) => resource.name === name);
  const both = together(beside, world);
  return change(
    both,
    set(nic, `${configuration}.loadBalancerBackendAddressPools`, [{ id: `${lb?.id}/backendAddressPools/other-pool` }]),
  );
}

test.each<readonly [string, () => World, readonly string[], Asked, RegExp]>([
  [
    'it is in another virtual network',
    () =>
      change(
        outside('nic').world,
        set(nic, `${configuration}.subnet`, {
          id: '/subscriptions/3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21/resourceGroups/shop-rg/providers/Microsoft.Network/virtualNetworks/far-vnet/subnets/far',
        }),
      ),
    ['web-3'],
    {},
    /in virtual network far-vnet, and web-pool is in shop-vnet/,
  ],
  [
    'its address is of the other family',
    () => change(outside('nic').world, set(nic, `${configuration}.privateIPAddressVersion`, 'IPv6')),
    ['web-3'],
    {},
    /IPv6 address, and web-pool is of IPv4/,
  ],
  [
    'its subnet is not approved',
    () => outside('nic').world,
    ['web-3'],
    { file: 'loadBalancer: web-lb\npools:\n  web-pool:\n    approvedSubnets: [dmz]' },
    /in subnet web-subnet, and approved is dmz \(azlb\.yaml:4\)/,
  ],
  [
    'another load balancer of its kind comes to the port',
    () => alsoIn('api-lb', false, 8443),
    ['web-3'],
    {},
    /https would come to the port that other of api-lb comes to \(Tcp 8443\)/,
  ],
  [
    'it is one instance of a Uniform set whose model does not name the pool',
    () => change(setOutside(), notInPool('web_3')),
    ['web_3'],
    {},
    /web_3: of scale set web, .*naming web puts all 3 in by the model/,
  ],
  [
    'its public address is of another SKU',
    () => withPublicAddress('Basic'),
    ['web-3'],
    {},
    /public address of SKU Basic, and web-lb is Standard/,
  ],
  ['no machine has it', () => outside('nic').world, ['10.20.0.99'], {}, /no network interface that could join/],
])('refused where %s', async (_, world, names, asked, because) => {
  const plan = await adding(world(), names, asked);
  expect(plan.refused?.because).toMatch(because);
  expect(plan.steps).toEqual([]);
  expect(plan.code).toBe(1);
});

test.each([
  ['another port', 'api-lb', false, 9000],
  ['an internal one', 'api-lb', true, 8443],
] as const)('another load balancer is no hindrance with %s', async (_, name, internal, port) => {
  expect((await adding(alsoIn(name, internal, port), ['web-3'])).refused).toBeNull();
});

test('a public address of the same SKU is no hindrance', async () => {
  expect((await adding(withPublicAddress('Standard'), ['web-3'])).refused).toBeNull();
});

function withPublicAddress(sku: string): World {
  const { world } = outside('nic');
  const address = [...world.resources.values()].find(({ type }) => type === 'Microsoft.Network/publicIPAddresses');
  if (address === undefined) throw new Error('There is no public address');
  const id = address.id.replace(/[^/]+$/, 'web-3-ip');
  const own = { ...address, id, name: 'web-3-ip', sku: { name: sku, tier: 'Regional' } };
  const resources = new Map([...world.resources, [id.toLowerCase(), own]]);
  return change({ ...world, resources }, set(nic, `${configuration}.publicIPAddress`, { id }));
}

test('a cluster puts its nodes in by itself', async () => {
  const target = { name: 'kubernetes', group: 'MC_shop-rg_shop_westeurope' };
  const world = change(kubernetesWorld(), notInPool(nodeName(3)));
  const plan = await adding(world, [nodeName(3)], { target });
  expect(plan.steps.every(({ argv }) => argv[0] !== 'az')).toBe(true);
  expect(titles(plan)).toMatch(/AKS.* writes this load balancer: its nodes are in its pools by themselves/);
});

test('a name of nobody, and one of several', async () => {
  const failure = (names: readonly string[], world = outside('nic').world) =>
    adding(world, names).catch((error: unknown) => exitOf(error, false));
  expect(await failure(['web-9'])).toMatchObject({ code: 3 });
  const uniform = healthyWorld({ membership: 'uniform' });
  expect(await failure(['web-nic'], uniform)).toMatchObject({ code: 2 });
});
