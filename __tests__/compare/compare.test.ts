import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { compare } from '../../lib/compare/compare.ts';
import { lookingAtPools } from '../../lib/compare/looking-at-pools.ts';
import { onlyPool } from '../../lib/compare/one-pool.ts';
import comparisonSchema from '../../schemas/comparison.schema.json' with { type: 'json' };
import * as changes from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, type Shape } from '../world/healthy.ts';
import { type Change, change, type World } from '../world/world.ts';
import { renamed, sideIn } from './sides.ts';

const promised = new Ajv().compile(comparisonSchema);

/** Each change as `severity risk: message`, gravest first. */
async function told(before: World, after: World): Promise<readonly string[]> {
  const comparison = compare(await sideIn(before), await sideIn(after));
  expect(promised(comparison) ? [] : promised.errors).toEqual([]);
  expect(comparison.notCompared).toEqual([]);
  return comparison.changes.map(({ severity, risk, message }) => `${severity} ${risk}: ${message}`);
}

const {
  addedToLb,
  adminState,
  balancingRule,
  deallocated,
  instanceBehindModel,
  modelLacksPool,
  nicDenies,
  nicGone,
  notInPool,
  probe,
  set,
  subnetAllows,
  subnetDenies,
  withoutProbe,
} = changes;

const natRule = addedToLb('inboundNatRules', {
  name: 'ssh',
  properties: { protocol: 'Tcp', frontendPort: 50001, backendPort: 22 },
});
const outboundRule = addedToLb('outboundRules', {
  name: 'out',
  properties: { protocol: 'All', allocatedOutboundPorts: 1024 },
});
const twoPools: Shape = {
  pools: [{ name: 'web-pool' }, { name: 'api-pool' }],
  balancingRules: [
    { name: 'https', frontendPort: 443, backendPort: 8443, pool: 'web-pool' },
    { name: 'api', frontendPort: 8443, backendPort: 8443, pool: 'api-pool' },
  ],
};

interface Case {
  readonly when: string;
  readonly shape?: Shape;
  readonly before?: readonly Change[];
  readonly after: readonly Change[];
  /** Among what is said. */
  readonly says: readonly string[];
}

const cases: readonly Case[] = [
  {
    when: 'a member is taken out of its pool',
    after: [notInPool('web-3')],
    says: [
      'high risk: member web-3-nic (web-3) left web-pool',
      'medium risk: balancing rule https: healthy members went from 3 of 3 to 2 of 2',
    ],
  },
  {
    when: 'a member comes back',
    before: [notInPool('web-3')],
    after: [],
    says: [
      'info helps: member web-3-nic (web-3) joined web-pool',
      'info helps: balancing rule https: healthy members went from 2 of 2 to 3 of 3',
    ],
  },
  {
    when: 'a machine is deallocated',
    after: [deallocated('web-2')],
    says: [
      'high stops-traffic: member web-2-nic (web-2) of web-pool is now deallocated, was running',
      'high stops-traffic: balancing rule https: healthy members went from 3 of 3 to 2 of 3',
      'high stops-traffic: load balancer web-lb: verdict is now degraded, was ok',
      'high stops-traffic: now found: web-2 is deallocated, and is a member of web-pool. (member-vm-not-running)',
    ],
  },
  {
    when: 'an interface is deleted',
    after: [nicGone('web-2')],
    says: ['high stops-traffic: member web-2-nic (web-2) of web-pool: network interface is now gone, was there'],
  },
  {
    when: 'a member is drained',
    after: [adminState('web-1', 'Down')],
    says: ['high stops-traffic: member web-1-nic (web-1) of web-pool: admin state is now Down, was None'],
  },
  {
    when: 'the probe asks another path',
    after: [probe({ path: '/' })],
    says: ['high risk: probe web-probe now asks /, asked /healthz'],
  },
  {
    when: 'the probe asks the path in other letters',
    after: [probe({ path: '/Healthz' })],
    says: ['high risk: probe web-probe now asks /Healthz, asked /healthz'],
  },
  {
    when: 'a balancing rule loses its probe',
    after: [withoutProbe()],
    says: ['high risk: balancing rule https is now without a probe, had web-probe'],
  },
  {
    when: 'a balancing rule listens elsewhere and sticks',
    after: [balancingRule({ frontendPort: 444, loadDistribution: 'SourceIP' })],
    says: [
      'high stops-traffic: balancing rule https now listens on port 444, listened on 443',
      'medium risk: balancing rule https: distribution is now SourceIP, was Default',
    ],
  },
  {
    when: 'a security rule denies the port',
    after: [subnetDenies({ name: 'deny-8443', priority: 110, port: 8443 })],
    says: [
      'high risk: security rule deny-8443 of web-nsg (Deny * 8443 in from *, priority 110) was added',
      'critical stops-traffic: balancing rule https: healthy members went from 3 of 3 to 0 of 3',
      'high stops-traffic: member web-1-nic (web-1) of web-pool is now down (Down_Probe_TcpProbeTimeout), was up',
    ],
  },
  {
    when: 'a security rule denies another port',
    after: [subnetDenies({ name: 'deny-rdp', priority: 110, port: 3389 })],
    says: ['low risk: security rule deny-rdp of web-nsg (Deny * 3389 in from *, priority 110) was added'],
  },
  {
    when: 'an allow that was there is gone',
    before: [subnetAllows({ name: 'allow-8443', priority: 105, port: 8443 })],
    after: [],
    says: ['medium risk: security rule allow-8443 of web-nsg (Allow * 8443 in from *, priority 105) was removed'],
  },
  {
    when: 'an interface gets a group of its own',
    after: [nicDenies('web-2', { name: 'DenyAll', priority: 200 })],
    says: ['medium risk: security group web-2-nic-nsg (of 1 member, by their interface) was added'],
  },
  {
    when: 'NAT and outbound rules are added',
    after: [natRule, outboundRule],
    says: ['info harmless: NAT rule ssh was added', 'info harmless: outbound rule out was added'],
  },
  {
    when: 'an outbound rule gives fewer ports',
    before: [outboundRule],
    after: [addedToLb('outboundRules', { name: 'out', properties: { protocol: 'All', allocatedOutboundPorts: 64 } })],
    says: ['medium risk: outbound rule out: ports for each member is now 64, was 1024'],
  },
  {
    when: 'a frontend loses its zones',
    shape: { internal: true },
    before: [set('web-lb', 'properties.frontendIPConfigurations[0].zones', ['1', '2', '3'])],
    after: [set('web-lb', 'properties.frontendIPConfigurations[0].zones', ['1'])],
    says: ['medium risk: frontend web-frontend: zones is now 1, was 1, 2, 3'],
  },
  {
    when: 'a tag changes',
    after: [set('web-lb', 'tags', { owner: 'someone' })],
    says: ['info harmless: load balancer web-lb: tag owner is now someone, was shop-platform'],
  },
];

describe('over time', () => {
  test.each(cases)('$when', async ({ shape = {}, before = [], after, says }) => {
    const world = healthyWorld(shape);
    const lines = await told(change(world, ...before), change(world, ...after));
    expect(lines).toEqual(expect.arrayContaining([...says]));
  });

  test('a member that changes pools has moved, and left none', async () => {
    const world = healthyWorld(twoPools);
    const pool = (name: string) =>
      'properties.ipConfigurations[0].properties.loadBalancerBackendAddressPools' +
      `|${[...world.resources.values()].find((each) => each.name === 'web-lb')?.id}/backendAddressPools/${name}`;
    const [path = '', id = ''] = pool('api-pool').split('|');
    const lines = await told(world, change(world, set('web-3-nic', path, [{ id }])));
    expect(lines).toContain('high risk: member web-3-nic (web-3) moved from web-pool to api-pool');
    expect(lines.filter((line) => / (left|joined) /.test(line))).toEqual([]);
  });

  test('a scale set whose model lacks the pool grows: two instances exist, and are not in it', async () => {
    const shape = { membership: 'uniform' } as const;
    const before = change(healthyWorld(shape), modelLacksPool());
    const now = change(
      healthyWorld({ ...shape, members: 5 }),
      modelLacksPool(),
      notInPool('web_4'),
      notInPool('web_5'),
    );
    const comparison = compare(await sideIn(before), await sideIn(now));
    expect(comparison.summary).toBe(
      '2 changes, worst high: scale set web: 2 instances exist and are not in web-pool: web_4, web_5.',
    );
    expect(comparison.changes).toEqual([
      expect.objectContaining({ kind: 'scaleSet', field: 'outside', before: [], after: ['web_4', 'web_5'] }),
      expect.objectContaining({ kind: 'scaleSet', field: 'instances', before: 3, after: 5 }),
    ]);
    const fixed = await told(now, healthyWorld({ ...shape, members: 5 }));
    expect(fixed).toEqual(
      expect.arrayContaining([
        'info helps: scale set web has every instance in web-pool now, web_4, web_5 were not',
        'info helps: scale set web has a model that names web-pool now',
        'info helps: member web_4 joined web-pool',
      ]),
    );
  });

  test('the model loses the pool, and an instance falls behind it', async () => {
    const world = healthyWorld({ membership: 'uniform' });
    expect(await told(world, change(world, modelLacksPool()))).toEqual(
      expect.arrayContaining(['high risk: scale set web has a model that does not name web-pool any more']),
    );
    expect(await told(world, change(world, instanceBehindModel('web_3')))).toEqual(
      expect.arrayContaining([
        'high risk: member web_3 left web-pool',
        'high risk: scale set web: 1 instance exists and is not in web-pool: web_3',
      ]),
    );
  });

  test('what one side could not read is neither the same nor different', async () => {
    const world = healthyWorld();
    const denied = change(world, changes.readerOnly(), changes.metricsDenied());
    const comparison = compare(await sideIn(world), await sideIn(denied));
    expect(comparison.changes).toEqual([]);
    expect(comparison.notCompared).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ about: 'balancing rule https: healthy members', side: 'right' }),
      ]),
    );
  });
});

describe('between load balancers', () => {
  const staging = (...differences: readonly Change[]) =>
    renamed(change(healthyWorld(), ...differences), { 'shop-rg': 'stg-rg', 'web-': 'stg-', https: 'front-door' });

  test('what is the same but for names is the same, and told as such', async () => {
    const comparison = compare(await sideIn(healthyWorld()), await sideIn(staging()));
    expect(comparison).toMatchObject({ mode: 'between-load-balancers', same: true, changes: [] });
    expect(comparison.namedDifferently).toEqual(
      expect.arrayContaining([
        { kind: 'balancingRule', field: 'name', left: 'https', right: 'front-door' },
        { kind: 'member', field: 'name', left: 'web-2-nic', right: 'stg-2-nic' },
      ]),
    );
  });

  test('a difference is told by both names', async () => {
    const comparison = compare(
      await sideIn(healthyWorld()),
      await sideIn(staging(probe({ path: '/' }), balancingRule({ idleTimeoutInMinutes: 30 }))),
    );
    expect(comparison.changes.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'probe web-probe / stg-probe: path /healthz in shop-rg/web-lb, / in stg-rg/stg-lb',
        'balancing rule https / front-door: idle time-out in minutes 4 in shop-rg/web-lb, 30 in stg-rg/stg-lb',
      ]),
    );
  });

  test('a security rule about the own subnet is the same elsewhere, one about another is not', async () => {
    const own = { name: 'allow-own', priority: 120, source: '10.20.0.0/20' } as const;
    const elsewhere = { 'shop-rg': 'stg-rg', '10\\.20\\.': '10.30.' };
    const left = change(healthyWorld(), subnetAllows(own));
    const fields = async (right: World) =>
      compare(await sideIn(left), await sideIn(right)).changes.map(({ kind, field }) => `${kind} ${field}`);
    expect(await fields(renamed(left, elsewhere))).toEqual([]);
    const other = change(healthyWorld(), subnetAllows({ ...own, source: '10.99.0.0/24' }));
    expect(await fields(renamed(other, elsewhere))).toContain('securityRule from');
  });

  test('a regional and a Global one are not comparable', async () => {
    const [one, other] = [await sideIn(healthyWorld()), await sideIn(healthyGlobalWorld())];
    expect(() => compare(one, other)).toThrow("can't be compared");
  });
});

describe('between pools', () => {
  const world = healthyWorld({
    pools: [{ name: 'blue-pool' }, { name: 'green-pool' }],
    balancingRules: [{ name: 'https', frontendPort: 443, backendPort: 8443, pool: 'blue-pool' }],
  });
  const pools = async (...differences: readonly Change[]) => {
    const side = await sideIn(change(world, ...differences));
    return compare(onlyPool(side, 'blue-pool'), onlyPool(side, 'GREEN-pool'));
  };

  test('green is as blue, but for names and for what sends to it', async () => {
    const comparison = await pools();
    expect(comparison.mode).toBe('between-pools');
    expect(comparison.changes.map(({ kind, field }) => [kind, field])).toEqual([['pool', 'behind']]);
    expect(comparison.namedDifferently).toContainEqual({
      kind: 'member',
      field: 'name',
      left: 'blue-1-nic',
      right: 'green-1-nic',
    });
  });

  test('green lacks a member, another is off', async () => {
    const comparison = await pools(deallocated('green-2'), notInPool('green-3', 'green-pool'));
    expect(comparison.changes.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        'member blue-2-nic / green-2-nic: power running in blue-pool, deallocated in green-pool',
        'member blue-3-nic (blue-3) of blue-pool is only in blue-pool',
        'pool blue-pool / green-pool: number of members 3 in blue-pool, 2 in green-pool',
      ]),
    );
  });

  test('what green alone denies of the traffic that blue takes is as grave as anywhere', async () => {
    const rdp = { name: 'deny-rdp', priority: 120, port: 3389 };
    const own = { name: 'deny-8443', priority: 110, port: 8443 };
    const served = healthyWorld({
      pools: [{ name: 'blue-pool' }, { name: 'green-pool' }],
      balancingRules: [
        { name: 'https', frontendPort: 443, backendPort: 8443, pool: 'blue-pool' },
        { name: 'next', frontendPort: 444, backendPort: 8443, pool: 'green-pool' },
      ],
    });
    const side = await sideIn(
      change(served, nicDenies('blue-1', rdp), nicDenies('green-1', rdp), nicDenies('green-1', own)),
    );
    const { changes: found } = compare(onlyPool(side, 'blue-pool'), onlyPool(side, 'green-pool'));
    expect(found.map(({ risk, severity, message }) => `${severity} ${risk}: ${message}`)).toContainEqual(
      expect.stringContaining('high risk: security rule deny-8443'),
    );
  });

  test('the groups of a pool that nothing sends traffic to are asked for', async () => {
    const denied = change(world, nicDenies('green-1', { name: 'deny-8443', priority: 110, port: 8443 }));
    const side = await sideIn(denied, undefined, [lookingAtPools(['blue-pool', 'GREEN-pool'])]);
    const { changes: found, notCompared } = compare(onlyPool(side, 'blue-pool'), onlyPool(side, 'green-pool'));
    expect(notCompared).toEqual([]);
    expect(found.map(({ severity, message }) => `${severity} ${message}`)).toContainEqual(
      expect.stringMatching(/^medium security group green-1-nic-nsg .* is only in green-pool$/),
    );
  });

  test('a pool that is not there is named with those that are', async () => {
    const side = await sideIn(world);
    expect(() => onlyPool(side, 'red-pool')).toThrow(
      'web-lb has no pool red-pool; its pools are blue-pool, green-pool.',
    );
  });
});
