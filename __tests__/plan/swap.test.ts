import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { planExitCode } from '../../lib/plan/plan.ts';
import type { Plan, PlannedStepAnswer } from '../../schemas/plan.generated.ts';
import { applied } from '../fixes/apply.ts';
import { differences } from '../fixes/differences.ts';
import { diagnosed } from '../fixes/property.ts';
import {
  addedToLb,
  allProbedUp,
  balancingRule,
  deallocated,
  listenerStopped,
  set,
  subnetDenies,
  withoutProbe,
} from '../world/changes.ts';
import { membersOf } from '../world/health.ts';
import { loadBalancerOf, type Shape } from '../world/healthy.ts';
import { itemsAt, objectAt } from '../world/json.ts';
import { childId } from '../world/relations.ts';
import { admits } from '../world/security.ts';
import { type Change, change, type World } from '../world/world.ts';
import { web } from './planned.ts';
import { type Asked, pointed, swapped, twoPools } from './swaps.ts';

/** Addresses to which two balancing rules without floating IP send on one port: Azure refuses that (RUL-04). */
function collisions(world: World): readonly string[] {
  const lb = loadBalancerOf(world);
  const all = itemsAt(lb.properties, 'loadBalancingRules').flatMap((rule) =>
    membersOf(world, lb, rule).map(
      ({ ipAddress }) => `${ipAddress} ${String(objectAt(rule, 'properties').backendPort)}`,
    ),
  );
  return all.filter((each, at) => all.indexOf(each) < at);
}

/** As the script does it: in order, up to a check that does not succeed; then what was done is taken back. */
interface Ran {
  readonly world: World;
  /** The check at which it stopped. */
  readonly stoppedAt: string | undefined;
  /** Where the way back led. */
  readonly back: World;
  /** After each change. */
  readonly between: readonly World[];
}

async function run(
  start: World,
  plan: Plan,
  meanwhile: (step: PlannedStepAnswer) => Change | undefined = () => undefined,
): Promise<Ran> {
  let world = start;
  let stoppedAt: string | undefined;
  const done: string[] = [];
  const between: World[] = [];
  for (const step of plan.steps.filter(({ kind }) => kind !== 'undo')) {
    const what = meanwhile(step);
    if (what) world = what(world);
    if (step.kind === 'change') {
      world = applied(world, step.argv);
      between.push(world);
      done.push(step.id);
    }
    if (step.kind === 'check' && !(await succeeds(world, step))) {
      stoppedAt = step.id;
      break;
    }
  }
  const undos = plan.steps.filter(({ undoes }) => undoes !== null && done.includes(undoes));
  return { world, stoppedAt, back: undos.reduce((last, { argv }) => applied(last, argv), world), between };
}

async function succeeds(world: World, { argv }: PlannedStepAnswer): Promise<boolean> {
  const diagnosis = await diagnosed(world, web);
  const { balancingRules } = diagnosis;
  if (argv[1] === 'triage') return exitCode(diagnosis, argv.includes('--fail-on=none') ? 'none' : 'high') === 0;
  const value = (option: string) => argv.find((word) => word.startsWith(`--${option}=`))?.split('=')[1];
  const rule = balancingRules.find(({ name }) => name === value('rule'));
  return (rule?.members.up ?? 0) >= Number(value('healthy'));
}

const ids = (plan: Plan, kind: string) => plan.steps.filter((step) => step.kind === kind);

const twoRules: Shape = {
  balancingRules: [
    { name: 'https', frontendPort: 443, backendPort: 8443 },
    { name: 'http', frontendPort: 80, backendPort: 8080 },
  ],
};
/** Of its owner's own, for trying green: by the same probe, to the same port. */
const ownStaging: Shape = {
  balancingRules: [
    { name: 'https', frontendPort: 443, backendPort: 8443, pool: 'blue' },
    { name: 'try', frontendPort: 9443, backendPort: 8443, pool: 'green' },
  ],
};

describe.each<readonly [string, World]>([
  ['by network interface', twoPools()],
  ['by address', twoPools({ membership: 'ip' })],
  ['internal', twoPools({ internal: true })],
  ['internal, by address', twoPools({ internal: true, membership: 'ip' })],
  ['of Uniform scale sets', twoPools({ membership: 'uniform' })],
  ['of Flexible scale sets', twoPools({ membership: 'flexible' })],
  ['with two balancing rules', twoPools(twoRules)],
  ['internal with two', twoPools({ ...twoRules, internal: true })],
  ['with fields that child commands drop', twoPools(twoRules, allProbedUp())],
  ['with floating IP', twoPools({}, balancingRule({ enableFloatingIP: true }))],
  [
    'with a port of the frontend taken',
    twoPools({ balancingRules: [{ name: 'https', frontendPort: 60001, backendPort: 8443 }] }),
  ],
  ["with its owner's own rule for trying green", twoPools(ownStaging)],
])('two pools %s', (_, world) => {
  test('swapped whole: every balancing rule points at green, everybody is served all the while', async () => {
    const plan = await swapped(world);
    expect(plan.refused).toBeNull();
    const before = pointed(world);
    const { world: after, stoppedAt, between } = await run(world, plan);
    expect(stoppedAt).toBeUndefined();
    const other: Readonly<Record<string, string>> = { blue: 'green', green: 'blue' };
    expect(pointed(after)).toEqual(
      Object.fromEntries(Object.entries(before).map(([rule, pool]) => [rule, other[pool]])),
    );
    for (const each of between) {
      expect(collisions(each)).toEqual([]);
      const { balancingRules } = await diagnosed(each, web);
      for (const name of Object.keys(before)) {
        expect([name, balancingRules.find((rule) => rule.name === name)?.members.up]).toEqual([name, 3]);
      }
    }
    // But for where they point nothing is different.
    expect(differences(repointed(world, pointed(after)), after)).toEqual([]);
    expect((await diagnosed(after, web)).verdict).toBe((await diagnosed(world, web)).verdict);
  });

  test('and the way back leads to what was there', async () => {
    const plan = await swapped(world);
    const { back, world: after } = await run(world, plan);
    expect(differences(world, after)).not.toEqual([]);
    expect(differences(world, back)).toEqual([]);
    expect(ids(plan, 'undo')).toHaveLength(ids(plan, 'change').length);
  });
});

function repointed(world: World, to: Readonly<Record<string, string>>): World {
  const lb = loadBalancerOf(world);
  return Object.entries(to).reduce(
    (made, [rule, pool]) =>
      balancingRule({ backendAddressPools: [{ id: childId(lb, 'backendAddressPools', pool) }] }, rule)(made),
    world,
  );
}

describe('while green is tried', () => {
  const firstTried = async (world: World) => {
    const { between } = await run(world, await swapped(world));
    return between.find((each) => Object.keys(pointed(each)).some((name) => name.endsWith('-staging'))) ?? world;
  };
  const reached = (world: World, machine: string, from: string) => {
    const lb = loadBalancerOf(world);
    const members = itemsAt(lb.properties, 'loadBalancingRules').flatMap((rule) => membersOf(world, lb, rule));
    const to = members.find((member) => member.machine?.name === machine)?.configuration;
    return to && admits(world, { from, to, port: 8443 });
  };

  test.each([
    ['the internet', {}, '203.0.113.9'],
    ['the virtual network', { internal: true }, '10.20.9.9'],
  ] as const)('%s reaches blue, and green not yet', async (_, shape, from) => {
    const tried = await firstTried(twoPools(shape));
    expect(reached(tried, 'blue-1', from)).toBe(true);
    expect(reached(tried, 'green-1', from)).toBe(false);
  });
});

describe('refused, with what would be left', () => {
  test.each<readonly [string, World, RegExp, Asked?]>([
    [
      "a machine of green's is off",
      twoPools({}, deallocated('green-2')),
      /at most 2 of 3 members of green could serve it \(green-2-nic: its machine is deallocated\), and 3 must/,
    ],
    ['too few of green, by --min-healthy', twoPools(), /and 4 must/, { minHealthy: 4 }],
    [
      'green is known to fail by a rule of its own',
      twoPools(ownStaging, listenerStopped('green-1'), listenerStopped('green-2')),
      /1 of 3 members of green up, and 3 must/,
    ],
    [
      'clients are kept from green',
      twoPools({}, subnetDenies({ name: 'no-green', destination: '10.20.2.0/24', port: 8443, source: 'Internet' })),
      /no-green of web-nsg keeps clients out/,
    ],
    [
      "Azure's probe is kept from green",
      twoPools({}, subnetDenies({ name: 'no-probe', destination: '10.20.2.0/24', source: 'AzureLoadBalancer' })),
      /no-probe of web-nsg keeps Azure's probe out/,
    ],
    ['nothing tells whether green answers', twoPools({}, withoutProbe()), /has no probe/],
    [
      'HA ports leave no port for trying',
      twoPools({ internal: true, balancingRules: [{ name: 'all', frontendPort: 0, backendPort: 0, protocol: 'All' }] }),
      /HA ports/,
    ],
    ['Basic', twoPools({ sku: 'Basic' }), /no Basic load balancer/],
    ['nothing to swap', twoPools(), /no balancing rule sends to green/, { from: 'green', to: 'blue' }],
    [
      'who guards green could not be read',
      { ...twoPools(), faults: [{ on: /networkSecurityGroups/i, kind: 'denied' as const }] },
      /not known who reaches green/,
    ],
    [
      'no priority is free',
      twoPools(
        {},
        ...Array.from({ length: 100 }, (_, at) => subnetDenies({ name: `d${at}`, priority: 100 + at, port: 7000 })),
      ),
      /no priority is free in web-nsg before 200/,
    ],
    [
      'by the number of the file',
      twoPools({ members: 2 }),
      /and 3 must/,
      { file: 'loadBalancer: web-lb\npools:\n  blue:\n    smallestHealthy: 3\n' },
    ],
  ])('%s', async (_, world, because, asked = {}) => {
    const plan = await swapped(world, asked);
    expect(plan.refused?.because).toMatch(because);
    expect(plan.steps).toEqual([]);
    expect(planExitCode(plan)).toBe(1);
  });

  test('the same is allowed where fewer are enough', async () => {
    const world = twoPools({}, deallocated('green-2'));
    expect((await swapped(world)).refused?.left).toEqual([{ balancingRule: 'https', up: 2, total: 3 }]);
    const plan = await swapped(world, { minHealthy: 2 });
    expect(plan.refused).toBeNull();
    expect(plan.capacity.during).toEqual([{ balancingRule: 'https', up: 2, total: 3 }]);
  });
});

test('green does not answer when it is tried: nobody was sent there, and all of it is taken back', async () => {
  const world = twoPools({}, listenerStopped('green-1'));
  const plan = await swapped(world);
  expect(plan.refused).toBeNull();
  const { stoppedAt, world: stopped, back } = await run(world, plan);
  expect(stoppedAt).toBe('check-1');
  expect(pointed(stopped)).toMatchObject({ https: 'blue' });
  expect(differences(world, back)).toEqual([]);
});

test('green stops answering once it has the traffic: rolled back to blue', async () => {
  const world = twoPools();
  const plan = await swapped(world);
  const {
    stoppedAt,
    world: stopped,
    back,
  } = await run(world, plan, ({ id }) =>
    id === 'check-2' ? (now) => change(now, listenerStopped('green-1'), listenerStopped('green-2')) : undefined,
  );
  expect(stoppedAt).toBe('check-2');
  expect(pointed(stopped)).toMatchObject({ https: 'green', 'https-staging': 'blue' });
  expect(pointed(back)).toEqual({ https: 'blue' });
  expect((await diagnosed(back, web)).balancingRules[0]?.members.up).toBe(3);
});

test("the owner's sign to roll back and smallest number are what counts", async () => {
  const file = `
loadBalancer: web-lb
rollBackWhen: error rate above 1 %
pools:
  green:
    smallestHealthy: 2
`;
  const plan = await swapped(twoPools({}, deallocated('green-2')), { file });
  expect(plan.refused).toBeNull();
  expect(ids(plan, 'look').some(({ title }) => title.startsWith('Roll back when: error rate above 1 %'))).toBe(true);
});

test('what of blue stays as it is, is said', async () => {
  const lb = loadBalancerOf(twoPools());
  const frontendIPConfigurations = [{ id: childId(lb, 'frontendIPConfigurations', 'web-frontend') }];
  const backendAddressPool = { id: childId(lb, 'backendAddressPools', 'blue') };
  const world = twoPools(
    {},
    addedToLb('outboundRules', {
      name: 'out',
      properties: { protocol: 'All', allocatedOutboundPorts: 1024, frontendIPConfigurations, backendAddressPool },
    }),
    addedToLb('inboundNatRules', {
      name: 'ssh',
      properties: {
        protocol: 'Tcp',
        frontendPortRangeStart: 60001,
        frontendPortRangeEnd: 60010,
        backendPort: 22,
        frontendIPConfiguration: frontendIPConfigurations[0],
        backendAddressPool,
      },
    }),
  );
  const plan = await swapped(world);
  const said = ids(plan, 'look').map(({ title }) => title);
  expect(said.some((title) => title.includes('outbound rule out, which is not changed'))).toBe(true);
  expect(said.some((title) => title.includes('Inbound NAT still leads to blue') && title.endsWith('ssh'))).toBe(true);
  expect(ids(plan, 'change').some(({ title }) => title.includes('frontend port 60011'))).toBe(true);
});

test('a scale set that judges its instances by the probe keeps a balancing rule for it', async () => {
  const world = twoPools({ membership: 'uniform' }, (made) =>
    set('blue', 'properties.virtualMachineProfile.networkProfile.healthProbe', {
      id: childId(loadBalancerOf(made), 'probes', 'web-probe'),
    })(made),
  );
  const { world: after, back } = await run(world, await swapped(world));
  expect(pointed(after)).toEqual({ https: 'green', 'https-staging': 'blue' });
  expect(differences(world, back)).toEqual([]);
});

test('names that a shell would act on reach az as they are', async () => {
  const blue = 'bl"ue$(touch x)`y`';
  const green = "-gr'een %PATH% ünï";
  const world = twoPools({
    pools: [
      { name: blue, machines: 'blue' },
      { name: green, machines: 'green' },
    ],
  });
  const plan = await swapped(world, { from: blue, to: green, minHealthy: 1 });
  const steps = plan.steps.filter(({ argv }) => argv.length > 0);
  expect(steps.length).toBeGreaterThan(8);
  for (const { argv, command } of steps) {
    const printed = execFileSync('bash', [
      '-c',
      `az() { printf '%s\\0' az "$@"; }; azlb() { printf '%s\\0' azlb "$@"; }; ${command}`,
    ]);
    expect(printed.toString().split('\0').slice(0, -1)).toEqual(argv);
  }
});
