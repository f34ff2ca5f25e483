import { describe, expect, test } from '@jest/globals';
import { expectationRuleIds } from '../../lib/rule-ids.generated.ts';
import type { Finding } from '../../schemas/diagnosis.generated.ts';
import {
  deallocated,
  emptyPool,
  healthDenied,
  instanceBehindModel,
  listenerStopped,
  listens,
  metricsDenied,
  notInPool,
  probe,
  withoutProbe,
} from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { expected } from './expecting.ts';

const isOfExpectation = ({ rule }: Finding) => expectationRuleIds.some((id) => id === rule);
const differences = async (world: World, text: string) =>
  (await expected(world, text)).findings.filter(isOfExpectation);

/** A pool's lines, below `pools: web-pool:`. */
const pool = (...lines: readonly string[]) =>
  ['pools:', '  web-pool:', ...lines.map((line) => `    ${line}`)].join('\n');

const healthy = () => healthyWorld();
const uniform = (members = 3) => healthyWorld({ membership: 'uniform', members });
const blueGreen = () =>
  healthyWorld({
    pools: [{ name: 'blue-pool' }, { name: 'green-pool' }],
    balancingRules: [{ name: 'https', frontendPort: 443, backendPort: 8443, pool: 'blue-pool' }],
  });

interface Fires {
  readonly when: string;
  readonly world: () => World;
  readonly text: string;
  readonly rule: (typeof expectationRuleIds)[number];
  readonly says: string;
  readonly severity: string;
  readonly kind?: string;
  readonly line: number;
}

const fires: readonly Fires[] = [
  {
    when: 'a pool is not there, and another one is called alike',
    world: healthy,
    text: 'pools:\n  wep-pool: {}',
    rule: 'expected-pool-missing',
    says: 'web-lb has no pool wep-pool; it has web-pool. Was web-pool meant?',
    severity: 'high',
    line: 2,
  },
  {
    when: 'a balancing rule is not there',
    world: healthy,
    text: 'balancingRules:\n  http: {}',
    rule: 'expected-rule-missing',
    says: 'web-lb has no balancing rule http; it has https.',
    severity: 'high',
    line: 2,
  },
  {
    when: 'the traffic still goes to blue',
    world: blueGreen,
    text: 'balancingRules:\n  https:\n    pool: green-pool',
    rule: 'expected-pool-not-serving',
    says: 'https sends its traffic to blue-pool, not to green-pool.',
    severity: 'high',
    line: 3,
  },
  {
    when: 'a machine is named and not in the pool',
    world: () => change(healthy(), notInPool('web-3')),
    text: pool('members: [web-1, web-2, web-3]'),
    rule: 'expected-member-missing',
    says: 'web-3 is expected in web-pool and not there.',
    severity: 'high',
    line: 3,
  },
  {
    when: 'so few are in the pool that the smallest number cannot be healthy',
    world: () => change(healthy(), notInPool('web-3')),
    text: pool('members: [web-1, web-2, web-3]', 'smallestHealthy: 3'),
    rule: 'expected-member-missing',
    says: 'web-3 is expected',
    severity: 'critical',
    line: 3,
  },
  {
    when: 'an instance of the scale set is left out',
    world: () => change(uniform(), instanceBehindModel('web_3')),
    text: pool('members:', '  scaleSet: web'),
    rule: 'expected-member-missing',
    says: 'web_3 is expected in web-pool and not there.',
    severity: 'high',
    line: 3,
  },
  {
    when: 'no instance of the scale set is in the pool',
    world: healthy,
    text: pool('members: { scaleSet: api }'),
    rule: 'expected-member-missing',
    says: 'any instance of scale set api is expected',
    severity: 'high',
    line: 3,
  },
  {
    when: 'an interface of the subnet is not in the pool',
    world: () => change(healthy(), notInPool('web-2')),
    text: pool('members: { subnet: web-subnet }'),
    rule: 'expected-member-missing',
    says: 'web-2-nic is expected in web-pool and not there.',
    severity: 'high',
    line: 3,
  },
  {
    when: 'a reserve is named and not in the pool',
    world: () => change(healthy(), notInPool('web-3')),
    text: pool('members: [web-1, web-2]', 'standby: [web-3]'),
    rule: 'expected-member-missing',
    says: 'web-3 is expected',
    severity: 'high',
    line: 3,
  },
  {
    when: 'a member is not named',
    world: healthy,
    text: pool('members: [web-1, web-2-nic]'),
    rule: 'unexpected-member',
    says: 'web-3-nic is in web-pool and not expected there.',
    severity: 'medium',
    line: 3,
  },
  {
    when: 'members are of no scale set',
    world: healthy,
    text: pool('members: { scaleSet: web }'),
    rule: 'unexpected-member',
    says: 'web-1-nic, web-2-nic and web-3-nic are in web-pool',
    severity: 'medium',
    line: 3,
  },
  {
    when: 'members are in another subnet than the one they are to be in',
    world: healthy,
    text: pool('members: { subnet: api-subnet }'),
    rule: 'unexpected-member',
    says: 'web-1-nic, web-2-nic and web-3-nic are in web-pool',
    severity: 'medium',
    line: 3,
  },
  {
    when: 'the pool has fewer members than were counted on',
    world: () => change(healthy(), notInPool('web-3')),
    text: pool('members: 3'),
    rule: 'expected-count-differs',
    says: 'web-pool has 2 members, not 3.',
    severity: 'high',
    line: 3,
  },
  {
    when: 'the pool has more members than were counted on',
    world: () => uniform(4),
    text: pool('members:', '  scaleSet: web', '  count: 3'),
    rule: 'expected-count-differs',
    says: 'web-pool has 4 members, not 3.',
    severity: 'medium',
    line: 3,
  },
  {
    when: 'fewer are healthy than the service needs',
    world: () => change(healthy(), listenerStopped('web-2')),
    text: pool('smallestHealthy: 3'),
    rule: 'below-smallest-healthy',
    says: '2 of the 3 members of web-pool are healthy for https; 3 must be.',
    severity: 'critical',
    kind: 'fault',
    line: 3,
  },
  {
    when: 'the members are too few, and nothing measures their health',
    world: () => change(healthy(), withoutProbe()),
    text: pool('smallestHealthy: 4'),
    rule: 'below-smallest-healthy',
    says: 'web-pool has 3 members; 4 must be healthy.',
    severity: 'critical',
    kind: 'risk',
    line: 3,
  },
  {
    when: 'the pool is empty',
    world: () => change(healthy(), emptyPool()),
    text: pool('smallestHealthy: 1'),
    rule: 'below-smallest-healthy',
    says: 'web-pool has 0 members; 1 must be healthy.',
    severity: 'critical',
    kind: 'risk',
    line: 3,
  },
  {
    when: 'the probe asks another port and path',
    world: healthy,
    text: pool('probe: { protocol: http, port: 8080, path: /ready }'),
    rule: 'expected-probe-differs',
    says: 'Probe web-probe of https asks http, port 8443, path /healthz; expected is http, port 8080, path /ready.',
    severity: 'high',
    kind: 'risk',
    line: 3,
  },
  {
    when: 'what is said of the balancing rule goes before what is said of its pool',
    world: healthy,
    text: `${pool('probe: { port: 8443 }')}\nbalancingRules:\n  https:\n    probe: { port: 9000 }`,
    rule: 'expected-probe-differs',
    says: 'expected is port 9000.',
    severity: 'high',
    line: 6,
  },
  {
    when: 'there is no probe',
    world: () => change(healthy(), withoutProbe()),
    text: pool('probe: { protocol: HTTP }'),
    rule: 'expected-probe-differs',
    says: 'https has no probe; expected is http.',
    severity: 'high',
    line: 3,
  },
  {
    when: 'nobody answers the probe that is not the expected one',
    world: () => change(healthy(), probe({ protocol: 'Tcp', port: 9999, path: null })),
    text: pool('probe: { protocol: http, port: 8443, path: /healthz }'),
    rule: 'expected-probe-differs',
    says: 'asks tcp, port 9999; expected is http, port 8443, path /healthz.',
    severity: 'high',
    kind: 'fault',
    line: 3,
  },
  {
    when: 'a zone has no member',
    world: () => change(healthy(), notInPool('web-3')),
    text: pool('zones: [1, 2, 3]'),
    rule: 'expected-zone-missing',
    says: 'web-pool has no member in zone 3, only in 1 and 2.',
    severity: 'medium',
    line: 3,
  },
  {
    when: 'the machines are in no zone',
    world: () => healthyWorld({ zones: [] }),
    text: pool("zones: ['1']"),
    rule: 'expected-zone-missing',
    says: 'web-pool has no member in zone 1; its members are in no zone.',
    severity: 'medium',
    line: 3,
  },
  {
    when: 'a member is in a subnet that is not approved',
    world: healthy,
    text: pool('approvedSubnets: [shop-vnet/api-subnet, cache-subnet]'),
    rule: 'outside-approved-subnet',
    says: 'web-1-nic of web-pool is in subnet web-subnet; approved are shop-vnet/api-subnet and cache-subnet.',
    severity: 'medium',
    line: 3,
  },
];

describe('a difference is a finding', () => {
  test.each(fires.map((row) => [`${row.rule}: ${row.when}`, row] as const))('%s', async (_, row) => {
    const findings = await differences(row.world(), row.text);
    const { rule, severity, kind, line } = row;
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule,
        severity,
        kind: kind ?? 'risk',
        message: expect.stringContaining(row.says),
        data: expect.objectContaining({ file: 'azlb.yaml', line }),
      }),
    );
    const own = findings.find((finding) => finding.rule === rule);
    expect(own?.evidence.every(({ command }) => command.startsWith('az '))).toBe(true);
    expect(own?.evidence.length ?? 0).toBeGreaterThan(0);
    expect(own?.explainedBy.length === 0 ? own.fix?.steps.length : 1).toBeGreaterThan(0);
  });

  test('every kind of difference has a world here', () => {
    expect([...new Set(fires.map(({ rule }) => rule))].sort()).toEqual([...expectationRuleIds]);
  });
});

const silent: readonly (readonly [when: string, world: () => World, text: string])[] = [
  ['nothing is said', healthy, 'owner: the shop team'],
  ['another load balancer is spoken of', healthy, 'loadBalancer: api-lb\npools:\n  api-pool: { members: 9 }'],
  [
    'one of the same name in another group is spoken of',
    healthy,
    'loadBalancer: web-lb\nresourceGroup: other-rg\npools:\n  x: {}',
  ],
  [
    'names are written in another case',
    healthy,
    'loadBalancer: WEB-LB\nresourceGroup: Shop-RG\npools:\n  Web-Pool: { members: [WEB-1, Web-2-NIC, web-3] }',
  ],
  [
    'the members are named by address',
    () => healthyWorld({ membership: 'ip' }),
    pool('members: [10.20.0.4, 10.20.0.5, 10.20.0.6]'),
  ],
  [
    'a reserve is in the pool beside those that are named',
    healthy,
    pool('members: [web-1, web-2]', 'standby: [web-3]'),
  ],
  ['the number is right', healthy, pool('members: 3')],
  ['every instance is in the pool', uniform, pool('members: { scaleSet: web, count: 3 }')],
  [
    'machines of a Flexible scale set are in the pool',
    () => healthyWorld({ membership: 'flexible' }),
    pool('members: { scaleSet: web }'),
  ],
  ['every interface of the subnet is in the pool', healthy, pool('members: { subnet: shop-vnet/web-subnet }')],
  ['enough are healthy', () => change(healthy(), listenerStopped('web-2')), pool('smallestHealthy: 2')],
  ['health of nobody is known', () => change(healthy(), healthDenied(), metricsDenied()), pool('smallestHealthy: 3')],
  [
    'the probe is the expected one, and what is not said of it may be anything',
    healthy,
    pool('probe: { protocol: Http, port: 8443 }'),
  ],
  ['all zones have a member', healthy, pool('zones: [1, "2", 3]')],
  ['the subnet is approved by name, network or id', healthy, pool('approvedSubnets: [Web-Subnet]')],
  [
    'the balancing rule sends to its pool',
    blueGreen,
    'balancingRules:\n  https: { pool: blue-pool }\npools:\n  green-pool: {}',
  ],
];

describe('no difference, no finding', () => {
  test.each(silent)('%s', async (_, world, text) => expect(await differences(world(), text)).toEqual([]));
});

test('a number of healthy members that could not be read is not evaluated, and not fine', async () => {
  const unread = change(healthy(), healthDenied(), metricsDenied());
  const { notEvaluated, verdict } = await expected(unread, pool('smallestHealthy: 3'));
  expect(notEvaluated.map(({ rule }) => rule)).toContain('below-smallest-healthy');
  expect(verdict).toBe('unknown');
});

test('what makes members too few is the cause, and that they are too few a symptom', async () => {
  const { findings, causes } = await expected(change(healthy(), deallocated('web-2')), pool('smallestHealthy: 3'));
  const floor = findings.find(({ rule }) => rule === 'below-smallest-healthy');
  const off = findings.find(({ rule }) => rule === 'member-vm-not-running');
  expect(floor?.explainedBy).toEqual([off?.key]);
  expect(causes).not.toContain(floor?.key);
});

describe("the seed's case studies", () => {
  test('a scale set grew, and its new instances are in no pool', async () => {
    const grown = change(uniform(8), instanceBehindModel('web_7'), instanceBehindModel('web_8'));
    const { findings, causes, verdict } = await expected(
      grown,
      pool('members: { scaleSet: web, count: 8 }', 'smallestHealthy: 6'),
    );
    const missing = findings.find(({ rule }) => rule === 'expected-member-missing');
    expect(missing?.data).toMatchObject({ missing: ['web_7', 'web_8'], file: 'azlb.yaml', line: 3 });
    expect(missing?.fix?.steps.map(({ command }) => command).join()).toContain('az vmss update-instances');
    expect(causes).toContain(missing?.key);
    expect(verdict).toBe('at-risk');
  });

  test('blue and green: the swap is not done, a green machine was forgotten, blue stays for the way back', async () => {
    const half = change(blueGreen(), notInPool('green-2', 'green-pool'));
    const text = [
      'rollBackWhen: errors above 1 % for five minutes',
      'balancingRules:',
      '  https: { pool: green-pool }',
      'pools:',
      '  green-pool: { members: [green-1, green-2, green-3] }',
      '  blue-pool: { members: [blue-1, blue-2, blue-3] }',
    ].join('\n');
    const { findings, expectation } = await expected(half, text);
    expect(findings.filter(isOfExpectation).map(({ rule, data }) => [rule, data.line])).toEqual([
      ['expected-pool-not-serving', 3],
      ['expected-member-missing', 5],
    ]);
    expect(expectation?.rollBackWhen).toBe('errors above 1 % for five minutes');
  });

  test('a generic port is probed, so that a member whose listener died stays in rotation', async () => {
    const generic = change(
      healthy(),
      probe({ protocol: 'Tcp', port: 22, path: null }),
      ...['web-1', 'web-2', 'web-3'].map((name) => listens(name, { port: 22, speaks: 'tcp' })),
      listenerStopped('web-2', 8443),
    );
    const { findings, verdict } = await expected(
      generic,
      pool('probe: { protocol: http, port: 8443, path: /healthz }'),
    );
    const wrong = findings.find(({ rule }) => rule === 'expected-probe-differs');
    expect(wrong).toMatchObject({
      severity: 'high',
      kind: 'risk',
      data: { expected: 'http, port 8443, path /healthz' },
    });
    expect(wrong?.fix?.steps.map(({ command }) => command).join()).toContain('--port=8443');
    expect(verdict).toBe('at-risk');
  });
});
