import { describe, expect, test } from '@jest/globals';
import { azInMemory } from './az-in-memory.ts';
import { azureOver } from './azure.ts';
import {
  adminState,
  allProbedUp,
  answersHttp,
  answersNothing,
  deallocated,
  detached,
  emptyPool,
  fault,
  healthReason,
  instanceBehindModel,
  listenerStopped,
  listens,
  machineGone,
  nicAllows,
  nicDenies,
  nicGone,
  probe,
  readerOnly,
  set,
  subnetAllows,
  subnetDenies,
  withoutProbe,
} from './changes.ts';
import { balancingRulesOf, healthOf } from './health.ts';
import { healthyGlobalWorld, healthyWorld, loadBalancerOf, type Shape } from './healthy.ts';
import { type Change, change, type World } from './world.ts';

/** Last number of the address and reason of each member of the first balancing rule. */
function reasons(world: World): readonly string[] {
  const [first] = balancingRulesOf(world).filter(({ lb }) => lb === loadBalancerOf(world));
  return first === undefined
    ? []
    : healthOf(world, first.lb, first.balancingRule).map(
        ({ ipAddress, reason }) => `${ipAddress.split('.').at(-1)} ${reason}`,
      );
}

const up = ['4 Up_Probe_Success', '5 Up_Probe_Success', '6 Up_Probe_Success'];
const timeout = 'Down_Probe_TcpProbeTimeout';
const second = (reason: string) => [up[0], `5 ${reason}`, up[2]];
const allOf = (reason: string) => [4, 5, 6].map((number) => `${number} ${reason}`);

describe('health follows from the world', () => {
  const shapes: readonly Shape[] = [
    {},
    { internal: true },
    { membership: 'ip' },
    { membership: 'uniform' },
    { membership: 'flexible' },
    { ipv6: true },
  ];
  test.each(shapes)('a healthy world %j is up', (shape) => {
    expect(reasons(healthyWorld(shape))).toEqual(up);
  });

  const cases: readonly (readonly [
    title: string,
    changes: readonly Change[],
    expected: readonly (string | undefined)[],
  ])[] = [
    ['a machine that is off is not in it', [deallocated('web-2')], [up[0], up[2]]],
    ['nor one without a machine', [detached('web-2')], [up[0], up[2]]],
    ['nor one whose machine is gone', [machineGone('web-2')], [up[0], up[2]]],
    ['nor one whose NIC is gone', [nicGone('web-2')], [up[0], up[2]]],
    ['nobody in an empty pool', [emptyPool()], []],
    ['a deny on the subnet', [subnetDenies({ port: 8443 })], allOf(timeout)],
    [
      'a deny behind an allow',
      [subnetDenies({ port: 8443, priority: 110 }), subnetAllows({ port: 8443, priority: 100 })],
      up,
    ],
    ['a deny of another port', [subnetDenies({ port: '9000-9100' })], up],
    ['a deny of the Internet spares the probe', [subnetDenies({ source: 'Internet' })], up],
    ['a deny of VirtualNetwork does not', [subnetDenies({ source: 'VirtualNetwork' })], allOf(timeout)],
    ['a deny on one NIC', [nicDenies('web-2', { port: 8443 })], second(timeout)],
    [
      'an allow on the NIC does not open the subnet',
      [subnetDenies(), nicAllows('web-2', { priority: 100 })],
      allOf(timeout),
    ],
    ['nothing listens', [listenerStopped('web-2')], second(timeout)],
    ['a status that is not 200', [answersHttp('web-2', 204)], second('Down_Probe_HttpStatusCodeError')],
    ['a path that nobody knows', [probe({ path: '/ready' })], allOf('Down_Probe_HttpStatusCodeError')],
    ['a silent listener', [answersNothing('web-2')], second('Down_Probe_HttpNoResponse')],
    [
      'a listener of another protocol',
      [listens('web-2', { port: 8443, speaks: 'https' })],
      second('Down_Probe_HttpEndpointUnreachable'),
    ],
    ['admin state Down', [adminState('web-2', 'Down')], second('Down_Admin')],
    ['admin state Up on a deaf member', [adminState('web-2', 'Up'), listenerStopped('web-2')], second('Up_Admin')],
    ['all down and probed up', [subnetDenies(), allProbedUp()], allOf('Up_Probe_AllDownIsUp')],
    ['not all down and probed up', [listenerStopped('web-2'), allProbedUp()], second(timeout)],
    ['a reason code of the platform', [healthReason('web-2', 'Down_Platform')], second('Down_Platform')],
  ];
  test.each(cases)('%s', (_, changes, expected) => {
    expect(reasons(change(healthyWorld(), ...changes))).toEqual(expected);
  });

  test('an instance behind its model is not in the pool', () => {
    expect(reasons(change(healthyWorld({ membership: 'uniform' }), instanceBehindModel('web_3')))).toEqual(
      up.slice(0, 2),
    );
  });

  test('a regional load balancer without a healthy member is down for the Global one', () => {
    const world = healthyGlobalWorld();
    const off = [...world.guests.keys()].filter((id) => id.includes('/shop-west-rg/'));
    const guests = new Map(
      [...world.guests].map(([id, guest]) => [id, off.includes(id) ? { ...guest, listeners: [] } : guest]),
    );
    expect(reasons({ ...world, guests }).map((each) => each.split(' ')[1])).toEqual([
      'Up_Probe_Success',
      'Down_Probe_NoHealthyBackend',
    ]);
  });
});

const LB = loadBalancerOf(healthyWorld()).id;
const health = ['rest', '--method=post', `--url=${LB}/loadBalancingRules/https/health?api-version=2024-05-01`];
const showLb = ['network', 'lb', 'show', '--resource-group=shop-rg', '--name=web-lb'];

test.each([
  ['without a probe', healthyWorld(), [withoutProbe('https')], 'Bad Request'],
  [
    'of a Gateway load balancer',
    healthyWorld({ sku: 'Gateway', balancingRules: [{ name: 'https', frontendPort: 0, backendPort: 0 }] }),
    [],
    'Bad Request',
  ],
  ['for a Reader', healthyWorld(), [readerOnly()], 'AuthorizationFailed'],
] as const)('health is refused %s', async (_, world, changes, text) => {
  const { exitCode, stderr } = await azInMemory(change(world, ...changes)).run(health);
  expect({ exitCode, refused: stderr.includes(text) }).toEqual({ exitCode: 1, refused: true });
});

test('a fault hits as often as it says', async () => {
  const az = azInMemory(change(healthyWorld(), fault({ on: 'web-lb', kind: 'throttled', times: 1 })));
  const exitCodes = [(await az.run(showLb)).exitCode, (await az.run(showLb)).exitCode];
  expect(exitCodes).toEqual([1, 0]);
});

test('a command that the in-memory az does not know throws', async () => {
  await expect(azInMemory(healthyWorld()).run(['network', 'lb', 'delete'])).rejects.toThrow('network lb delete');
});

test('a change leaves the world it began with as it was', () => {
  const world = healthyWorld();
  const before = JSON.stringify([...world.resources.values()]);
  change(world, deallocated('web-1'), nicGone('web-2'), set('web-lb', 'tags.owner', 'else'), subnetDenies());
  expect(JSON.stringify([...world.resources.values()])).toBe(before);
  expect(reasons(world)).toEqual(up);
});

test('a write changes the world, and health with it', () => {
  const azure = azureOver(change(healthyWorld(), probe({ path: '/ready' })));
  const url = `${LB}/probes/web-probe?api-version=2023-04-01`;
  const body = { properties: { protocol: 'Http', port: 8443, requestPath: '/healthz' } };
  expect(azure.answer({ method: 'PUT', url, body }).status).toBe(200);
  expect(reasons(azure.world)).toEqual(up);
});
