import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { membersNamed } from '../../lib/plan/named-members.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import {
  adminState,
  deallocated,
  healthDenied,
  listenerStopped,
  metricsDenied,
  modelLacksPool,
  withoutProbe,
} from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import type { Shape } from '../world/shape.ts';
import { availabilityGroup } from '../world/shapes/clusters.ts';
import { kubernetesWorld, nodeName } from '../world/shapes/kubernetes.ts';
import { change, type World } from '../world/world.ts';
import { type Asked, examined, leaving, web } from './planned.ts';
import { runPlan } from './run-plan.ts';

const sql = { name: 'sql-lb', group: 'sql-rg' };
const promised = new Ajv().compile(planSchema);
const of = (plan: Plan, kind: string) => plan.steps.filter((step) => step.kind === kind);
const titles = (plan: Plan): string => plan.steps.map(({ title }) => title).join('\n');
const commands = (plan: Plan, kind: string): readonly string[] => of(plan, kind).map(({ command }) => command);
const memberships = ['nic', 'ip', 'uniform', 'flexible'] as const;
const first = (membership: Shape['membership']): string =>
  membership === 'uniform' || membership === 'flexible' ? 'web_1' : 'web-1';

describe('refused where too few would be up', () => {
  const three = () => healthyWorld();
  const file = (text: string) => `loadBalancer: web-lb\npools:\n  web-pool:\n    ${text}`;
  const cases: readonly (readonly [string, () => World, readonly string[], Asked, RegExp, number])[] = [
    ['half of them, rounded up', three, ['web-1', 'web-2'], {}, /1 of 3 up; at least 2 must be \(half/, 1],
    ['all', three, ['web-1', 'web-2', 'web-3'], {}, /0 of 3 up/, 0],
    ['the only one', () => healthyWorld({ members: 1 }), ['web-1'], {}, /0 of 1 up; at least 1/, 0],
    ['another is down', () => change(three(), listenerStopped('web-3')), ['web-1'], {}, /1 of 3 up/, 1],
    ['another is off', () => change(three(), deallocated('web-3')), ['web-1'], {}, /1 of 3 up/, 1],
    ['another is drained', () => change(three(), adminState('web-3', 'Down')), ['web-1'], {}, /1 of 3 up/, 1],
    ['another is kept up by hand', () => change(three(), adminState('web-3', 'Up')), ['web-1'], {}, /nobody knows/, 1],
    [
      'nobody can tell who is up',
      () => change(three(), healthDenied(), metricsDenied()),
      ['web-1'],
      {},
      /0 of 3 up, and of 2 nobody knows/,
      0,
    ],
    ['--min-healthy', three, ['web-1'], { minHealthy: 3 }, /2 of 3 up; at least 3 must be \(--min-healthy\)/, 2],
    [
      'the file says more',
      three,
      ['web-1'],
      { file: file('smallestHealthy: 3') },
      /at least 3 must be \(azlb\.yaml:4\)/,
      2,
    ],
    [
      '--min-healthy goes before the file',
      three,
      ['web-1'],
      { minHealthy: 3, file: file('smallestHealthy: 1') },
      /--min-healthy/,
      2,
    ],
    [
      'the file wants each zone',
      () => healthyWorld({ members: 3, zones: ['1', '2', '3'] }),
      ['web-1'],
      { file: file('zones: [1, 2, 3]') },
      /nobody up in zone 1, and is to \(azlb\.yaml:4\)/,
      2,
    ],
    ['the active node of a cluster', () => availabilityGroup(), ['sql-1'], { target: sql }, /of a cluster one node/, 0],
    [
      'without a probe, machines that run count',
      () => change(three(), withoutProbe(), deallocated('web-3')),
      ['web-1'],
      {},
      /1 of 3 up/,
      1,
    ],
  ];
  test.each(cases)('%s', async (_, world, names, asked, because, up) => {
    for (const kind of ['drain', 'remove'] as const) {
      const plan = await leaving(kind, world(), names, asked);
      expect(plan.refused?.because).toMatch(because);
      expect(plan.refused?.left.map((row) => row.up)).toEqual(plan.refused?.left.map(() => up));
      expect(plan.refused?.left.length).toBeGreaterThan(0);
      expect(plan.steps).toEqual([]);
      expect(plan.code).toBe(1);
      expect(promised(withoutCode(plan)) ? [] : promised.errors).toEqual([]);
    }
  });

  test('what could not be read is said', async () => {
    const plan = await leaving('drain', change(three(), healthDenied(), metricsDenied()), ['web-1']);
    expect(plan.unread.join()).toMatch(/health of https/);
  });

  test.each<readonly [string, () => World, readonly string[], Asked]>([
    ['one of three', three, ['web-1'], {}],
    ['one of two', () => healthyWorld({ members: 2 }), ['web-1'], {}],
    ['two of four', () => healthyWorld({ members: 4 }), ['web-1', 'web-2'], {}],
    ['one that is down itself', () => change(three(), listenerStopped('web-1')), ['web-1'], {}],
    ['all but one, as --min-healthy has it', three, ['web-1', 'web-2'], { minHealthy: 1 }],
    ['all, as --min-healthy has it', three, ['web-1', 'web-2', 'web-3'], { minHealthy: 0 }],
    ['all but one, as the file has it', three, ['web-1', 'web-2'], { file: file('smallestHealthy: 1') }],
    ['beside a standby', () => healthyWorld({ members: 3 }), ['web-1'], { file: file('standby: [web-3]') }],
    ['without a probe', () => change(three(), withoutProbe()), ['web-1'], {}],
  ])('allowed: %s', async (_, world, names, asked) => {
    const plan = await leaving('drain', world(), names, asked);
    expect(plan.refused).toBeNull();
    expect(plan.code).toBe(0);
    expect(of(plan, 'change')).toHaveLength(names.length);
    expect(plan.capacity.before.map(({ up }) => up)[0]).toBeGreaterThanOrEqual(plan.capacity.during[0]?.up ?? 99);
  });

  test('a zone that is left empty is said, where no file wants it', async () => {
    const plan = await leaving('drain', healthyWorld({ members: 3, zones: ['1', '2', '3'] }), ['web-1']);
    expect(titles(plan)).toMatch(/Nobody of web-pool will be up in zone 1/);
  });
});

describe.each(memberships)('a %s pool', (membership) => {
  const name = first(membership);
  const world = () => healthyWorld({ membership, members: 3 });

  test('is drained by admin state: at-risk, waited for, and taken back', async () => {
    const plan = await leaving('drain', world(), [name]);
    expect(promised(withoutCode(plan)) ? [] : promised.errors).toEqual([]);
    expect(commands(plan, 'change').join()).toMatch(/--admin-state=Down/);
    expect(commands(plan, 'check')[0]).toMatch(/^azlb wait .*--pool=web-pool --healthy=2 --timeout=\d+s$/);
    expect(commands(plan, 'look').join()).toMatch(/--healthy=3/);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(inOrderOfKinds(plan));
    expect(/Where Azure refuses the admin state/.test(titles(plan))).toBe(membership !== 'ip');
    const ran = await runPlan(world(), plan, web);
    expect(ran.after.verdict).toBe('at-risk');
    expect(ran.after.findings.map(({ rule }) => rule)).toContain('admin-state-down');
    expect(ran.after.findings.filter(({ kind }) => kind === 'fault')).toEqual([]);
    expect(ran.left).toEqual([]);
  });

  test('without a probe is left by the verb of its kind, or says what can be done', async () => {
    const without = change(world(), withoutProbe());
    const plan = await leaving('drain', without, [name]);
    if (membership === 'uniform') return expect(plan.refused?.because).toMatch(/one by one: az vmss deallocate/);
    expect(commands(plan, 'change').join()).toMatch(
      membership === 'ip' ? /address-pool address remove/ : /nic ip-config address-pool remove/,
    );
    const ran = await runPlan(without, plan, web);
    expect(ran.after.balancingRules[0]?.members.total).toBe(2);
    expect(ran.left).toEqual([]);
  });

  test('is left by plan remove: nothing worse, and back', async () => {
    const plan = await leaving('remove', world(), [name]);
    if (membership === 'uniform') {
      expect(plan.refused?.because).toMatch(/naming web takes all 3 out/);
      return;
    }
    const ran = await runPlan(world(), plan, web);
    expect(ran.after.balancingRules[0]?.members).toMatchObject({ total: 2, up: 2 });
    expect(ran.after.verdict).toBe('ok');
    expect(ran.left).toEqual([]);
  });
});

test('all instances of a Uniform set leave by its model', async () => {
  const world = healthyWorld({ membership: 'uniform', members: 3 });
  expect((await leaving('remove', world, ['web'])).refused?.because).toMatch(/0 of 3 up/);
  const plan = await leaving('remove', world, ['web'], { minHealthy: 0 });
  expect(commands(plan, 'change')).toEqual([
    expect.stringMatching(/az vmss update .*--remove .*loadBalancerBackendAddressPools' 0$/),
    expect.stringMatching(/az vmss update-instances .*--instance-ids 1 2 3$/),
  ]);
  const ran = await runPlan(world, plan, web);
  expect(ran.after.balancingRules[0]?.members.total).toBe(0);
  expect(ran.left).toEqual([]);
  const unmodelled = await leaving('remove', change(world, modelLacksPool()), ['web'], { minHealthy: 0 });
  expect(unmodelled.refused?.because).toMatch(/does not name web-pool/);
});

test('what an administrator took out already is left; alone, there is nothing to do', async () => {
  const world = change(healthyWorld({ members: 5 }), adminState('web-1', 'Down'));
  expect(await leaving('drain', world, ['web-1'])).toMatchObject({ steps: [], refused: null, code: 1 });
  const plan = await leaving('drain', world, ['web-1', 'web-2']);
  expect(titles(plan)).toMatch(/web-1-nic is left: its admin state is Down already/);
  expect(of(plan, 'change')).toHaveLength(1);
});

test('who was kept up by hand is so again afterwards', async () => {
  const world = change(healthyWorld({ members: 4 }), adminState('web-1', 'Up'));
  const plan = await leaving('drain', world, ['web-1']);
  expect(commands(plan, 'undo').join()).toMatch(/--admin-state=Up/);
  expect((await runPlan(world, plan, web)).left).toEqual([]);
});

test('a machine leaves each pool that it is in, or the one that is named', async () => {
  const world = healthyWorld({ ipv6: true });
  const pools = (plan: Plan) => commands(plan, 'change').map((command) => /--pool-name=(\S+)/.exec(command)?.[1]);
  expect(pools(await leaving('drain', world, ['web-1']))).toEqual(['web-pool', 'web-pool-v6']);
  expect(pools(await leaving('drain', world, ['web-1'], { pool: 'web-pool' }))).toEqual(['web-pool']);
});

describe('a node of a cluster', () => {
  test.each(['aks', 'kubernetes'] as const)('of %s leaves by what its cluster is told', async (owner) => {
    const group = owner === 'aks' ? 'MC_shop-rg_shop_westeurope' : 'k8s-rg';
    const target = { name: 'kubernetes', group };
    for (const kind of ['drain', 'remove'] as const) {
      const plan = await leaving(kind, kubernetesWorld({ owner }), [nodeName(1)], { target });
      expect(plan.refused).toBeNull();
      expect(plan.steps.some(({ argv }) => argv[0] === 'az' && argv[1] === 'network')).toBe(false);
      expect(commands(plan, 'change')).toEqual([
        'kubectl label node aks-nodepool1-24587219-vmss000001 node.kubernetes.io/exclude-from-external-load-balancers=true',
      ]);
      expect(of(plan, 'undo')[0]?.undoes).toBe('change-1');
      expect(commands(plan, 'check')[0]).toMatch(/^azlb wait/);
    }
  });
});

describe('a member is named', () => {
  const found = async (text: string, world = healthyWorld(), pool?: string) => {
    const named = membersNamed((await examined(world)).topology.loadBalancer, text, pool);
    return 'members' in named ? named.members.map(({ key }) => key) : named;
  };
  const id = (type: string) =>
    `/subscriptions/3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21/resourceGroups/SHOP-rg/providers/Microsoft.${type}`;

  test.each([
    ['its key', 'web-pool/web-2-nic'],
    ['its machine', 'WEB-2'],
    ['its interface', 'web-2-nic'],
    ['its address', '10.20.0.5'],
    ["its machine's id", id('Compute/virtualMachines/web-2')],
    ["its interface's id", id('Network/networkInterfaces/web-2-nic')],
  ])('by %s', async (_, text) => expect(await found(text)).toEqual(['web-pool/web-2-nic']));

  test('by what nobody is called', async () => {
    expect(await found('web-9')).toEqual({ problem: 'none', unread: [] });
    expect(await found('web-2', healthyWorld(), 'other-pool')).toEqual({ problem: 'none', unread: [] });
  });

  test('by what several are called: each is named', async () => {
    const world = healthyWorld({ membership: 'uniform' });
    expect(await found('web-nic', world)).toEqual({
      problem: 'several',
      candidates: ['web-pool/web_1', 'web-pool/web_2', 'web-pool/web_3'],
    });
  });

  test('while machines could not be read, which might be called so', async () => {
    const world = { ...healthyWorld(), faults: [{ on: /virtualMachines/, kind: 'denied' as const }] };
    expect(await found('web-9', world)).toMatchObject({ problem: 'none', unread: [expect.any(String)] });
    expect(await found('web-2-nic', world)).toEqual(['web-pool/web-2-nic']);
  });
});

const order = ['look', 'backup', 'change', 'check', 'undo'];

/** Looks at the etag stand between backup and change. */
function inOrderOfKinds({ steps }: Plan): readonly string[] {
  const kinds = steps.map(({ kind, argv }) => (kind === 'look' && argv.includes('--query=etag') ? 'etag' : kind));
  const all = ['look', 'backup', 'etag', ...order.slice(2)];
  return [...kinds].sort((a, b) => all.indexOf(a) - all.indexOf(b)).map((kind) => (kind === 'etag' ? 'look' : kind));
}

function withoutCode({ code: _, ...plan }: Plan & { readonly code: number }): Plan {
  return plan;
}
