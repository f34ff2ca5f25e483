import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { keptOfDiagnosis } from '../../commands/support/recorded-case.ts';
import { recordedScopeOf } from '../../commands/support/recorded-target.ts';
import { withAz } from '../../commands/support/with-az.ts';
import type { Az, Call } from '../../lib/az/call.ts';
import type { IdsTarget, ScopeTarget } from '../../lib/collect/target.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { inShell } from '../../lib/diagnosis/in-shell.ts';
import { askKey } from '../../lib/evidence/ask.ts';
import { askAll } from '../../lib/evidence/asking.ts';
import type { Question } from '../../lib/evidence/question.ts';
import { interfaces } from '../../lib/evidence/questions/interfaces.ts';
import { machine } from '../../lib/evidence/questions/machine.ts';
import { machineStates } from '../../lib/evidence/questions/machine-states.ts';
import { networkInterface } from '../../lib/evidence/questions/network-interface.ts';
import { scaleSet } from '../../lib/evidence/questions/scale-set.ts';
import { securityGroup } from '../../lib/evidence/questions/security-group.ts';
import { subnet } from '../../lib/evidence/questions/subnet.ts';
import {
  machines,
  scaleSets,
  securityGroups,
  virtualNetworks,
} from '../../lib/evidence/questions/subscription-lists.ts';
import { spread } from '../../lib/evidence/spread.ts';
import { recording } from '../../lib/recording/recording.ts';
import { replayAz } from '../../lib/recording/replay.ts';
import { diagnosisReport } from '../../lib/report/diagnosis-report.ts';
import { noneSentence } from '../../lib/report/none-sentence.ts';
import { rowsOf } from '../../lib/report/rows.ts';
import { triage } from '../../lib/triage/triage.ts';
import { triageMany } from '../../lib/triage/triage-many.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import diagnosesSchema from '../../schemas/diagnoses.schema.json' with { type: 'json' };
import type { Finding } from '../../schemas/diagnosis.generated.ts';
import diagnosisSchema from '../../schemas/diagnosis.schema.json' with { type: 'json' };
import { azInMemory } from '../world/az-in-memory.ts';
import { answers, deallocated, emptyPool, fault, gone, readerOnly, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, emptyWorld, SUBSCRIPTION, together, type World } from '../world/world.ts';

const everything: ScopeTarget = { kind: 'scope', resourceGroup: undefined, subscription: undefined };
const idOf = (name: string, group: string): string =>
  `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.Network/loadBalancers/${name}`;

const many = (az: Az, target: ScopeTarget | IdsTarget = everything): Promise<Diagnoses> =>
  triageMany(az, target, { recordedAt: '2026-07-01T09:30:00Z' });

const all = (...worlds: readonly World[]): World => worlds.reduce(together);
const denies = subnetDenies({ name: 'DenyAll', priority: 200 });
/** Two that work, one whose machine is off, one whose pool is empty; in two groups. */
const four = all(
  healthyWorld(),
  healthyWorld({ name: 'api-lb', group: 'api-rg', membership: 'ip', internal: true }),
  change(healthyWorld({ name: 'shop-lb', group: 'late-rg' }), deallocated('web-2')),
  change(healthyWorld({ name: 'old-lb', group: 'old-rg' }), emptyPool()),
);
const fleet = (count: number): World =>
  all(...Array.from({ length: count }, (_, at) => healthyWorld({ name: `lb-${at}`, group: `rg-${at}` })));

const names = ({ loadBalancers }: Diagnoses): readonly string[] =>
  loadBalancers.map(({ loadBalancer, verdict }) => `${loadBalancer.name} ${verdict}`);
const commandOf = ({ argv }: Call): string => argv.filter((word) => !/^[-/]/.test(word)).join(' ');
function tally(calls: readonly Call[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[commandOf(call)] = (counts[commandOf(call)] ?? 0) + 1;
  return counts;
}

describe('several load balancers', () => {
  test('worst first, each as it would be said alone, and as the schema promises', async () => {
    const diagnoses = await many(azInMemory(four));
    expect(names(diagnoses)).toEqual(['old-lb down', 'shop-lb degraded', 'api-lb ok', 'web-lb ok']);
    const ajv = new Ajv({ schemas: [diagnosisSchema, diagnosesSchema] });
    expect(ajv.validate('diagnoses.schema.json', diagnoses) ? [] : ajv.errors).toEqual([]);
    expect(diagnoses.scope).toEqual({ subscription: SUBSCRIPTION, resourceGroup: null, ids: [] });
    for (const one of diagnoses.loadBalancers) {
      const { id } = one.loadBalancer;
      const alone = await triage(azInMemory(four), { kind: 'id', id }, { recordedAt: diagnoses.collectedAt });
      expect(one).toEqual({ ...alone, calls: [] });
    }
    expect(exitCode(diagnoses, 'high')).toBe(1);
  });

  test.each(['2.50.0', '2.45.0'] as const)('az %s: the same', async (version) => {
    const az = azInMemory(four, { version });
    expect(names(await many(az))).toEqual(['old-lb down', 'shop-lb degraded', 'api-lb ok', 'web-lb ok']);
    expect(tally(az.calls)['vm get-instance-view']).toBeUndefined();
  });

  test('a group has only its own', async () => {
    const az = azInMemory(four);
    const diagnoses = await many(az, { ...everything, resourceGroup: 'late-rg' });
    expect(names(diagnoses)).toEqual(['shop-lb degraded']);
    expect(diagnoses.scope.resourceGroup).toBe('late-rg');
  });

  test.each(['uniform', 'flexible'] as const)('%s scale sets, as alone', async (membership) => {
    const made = (at: number): World => healthyWorld({ name: `lb-${at}`, group: `rg-${at}`, membership });
    const world = all(made(1), made(2), change(made(3), denies));
    const diagnoses = await many(azInMemory(world));
    expect(names(diagnoses)).toEqual(['lb-3 down', 'lb-1 ok', 'lb-2 ok']);
    const target = { kind: 'id', id: idOf('lb-3', 'rg-3') } as const;
    const alone = await triage(azInMemory(world), target, { recordedAt: diagnoses.collectedAt });
    expect(diagnoses.loadBalancers[0]).toEqual({ ...alone, calls: [] });
  });
});

describe('as few az processes as can be', () => {
  const health = (count: number): number => 4 * count;
  const lists = [
    'group list',
    'network lb list',
    'network nic list',
    'network nsg list',
    'network vnet list',
    'vm list',
    'vmss list',
  ];
  const once = Object.fromEntries(['version', ...lists].map((command) => [command, 1]));

  test('one: no lists but its own', async () => {
    const az = azInMemory(fleet(1));
    await many(az);
    const alone = [
      'group show',
      'network lb list-nic',
      'network vnet subnet show',
      'network nsg show',
      'vm get-instance-view',
    ];
    const few = Object.fromEntries(['version', 'network lb list', ...alone].map((command) => [command, 1]));
    expect(tally(az.calls)).toEqual({ ...few, rest: health(1) });
  });

  test.each([5, 20])('%d: everything but health once', async (count) => {
    const az = azInMemory(fleet(count));
    await many(az);
    expect(tally(az.calls)).toEqual({ ...once, rest: 1 + health(count) });
  });

  test('what no list has is asked for together', async () => {
    const az = azInMemory(change(fleet(5), fault({ on: /^GET \S+networkSecurityGroups\?/, kind: 'denied' })));
    const diagnoses = await many(az);
    expect(tally(az.calls)).toEqual({ ...once, 'network nsg show': 1, rest: 1 + health(5) });
    expect(diagnoses.loadBalancers.map(({ verdict }) => verdict)).toEqual(Array(5).fill('ok'));
  });
});

describe('the limit', () => {
  const limited = async (limit: number | 'all') => {
    const az = azInMemory(all(fleet(3), four));
    const diagnoses = await many(az, { ...everything, limit });
    return { diagnoses, posts: az.requests.filter(({ method }) => method === 'POST').length };
  };
  const causes = ({ notAsked }: Diagnoses): readonly (string | undefined)[] =>
    notAsked.map(({ loadBalancer, causes: [first] }) => `${loadBalancer.name} ${first?.split('@')[0] ?? '-'}`);

  test('whatever is printed of any is for one shell', async () => {
    const { diagnoses } = await limited(1);
    const { loadBalancers, notAsked } = inShell(diagnoses, 'cmd');
    const steps = (each: readonly { readonly findings: readonly Finding[] }[]) =>
      each.flatMap(({ findings }) => findings.flatMap(({ fix }) => fix?.steps ?? []));
    for (const list of [loadBalancers, notAsked]) {
      expect(steps(list).length).toBeGreaterThan(0);
      expect(new Set(steps(list).map(({ shell }) => shell))).toEqual(new Set(['cmd']));
    }
  });

  test('0: nothing is asked in full, and what the lists tell is said', async () => {
    const { diagnoses, posts } = await limited(0);
    expect({ names: names(diagnoses), posts }).toEqual({ names: [], posts: 0 });
    expect(causes(diagnoses).slice(0, 3)).toEqual([
      'old-lb pool-empty-serving',
      'shop-lb member-vm-not-running',
      'api-lb -',
    ]);
    expect(exitCode(diagnoses, 'high')).toBe(1);
    expect(exitCode({ ...diagnoses, notAsked: diagnoses.notAsked.slice(2) }, 'high')).toBe(5);
    const rows = rowsOf(diagnosisReport(diagnoses, { colour: false, width: 100, verbose: false }).rows()).rows;
    expect(rows.map(([name, verdict]) => `${name} ${verdict}`)).toContain('web-lb not asked');
  });
  test('1: the worst', async () => {
    const { diagnoses, posts } = await limited(1);
    expect({ names: names(diagnoses), posts }).toEqual({ names: ['old-lb down'], posts: 1 });
    expect(diagnoses.notAsked).toHaveLength(6);
  });
  test('3: those under suspicion, and one more', async () => {
    const { diagnoses } = await limited(3);
    expect(names(diagnoses)).toEqual(['old-lb down', 'shop-lb degraded', 'api-lb ok']);
  });
  test('all', async () => expect((await limited('all')).diagnoses.notAsked).toEqual([]));
  test('20 when nothing is said', async () => {
    const { loadBalancers, notAsked } = await many(azInMemory(fleet(22)));
    expect([loadBalancers.length, notAsked.length]).toEqual([20, 2]);
  });
});

describe('what can not be had', () => {
  const LISTED = 'GET /subscriptions/[^/]+/providers/[^/]+/';
  test.each([
    ['networkInterfaces', 'denied'],
    ['networkInterfaces', 'throttled'],
    ['networkSecurityGroups', 'times-out'],
    ['virtualNetworks', 'cut'],
    ['virtualMachines', 'denied'],
    ['virtualMachines\\?statusOnly', 'html'],
    ['virtualMachineScaleSets', 'server-error'],
  ] as const)('the list of %s, %s: what it would have told is asked for alone', async (list, kind) => {
    const diagnoses = await many(azInMemory(change(four, fault({ on: new RegExp(`^${LISTED}${list}\\b`), kind }))));
    const isOwnersList = list === 'networkInterfaces';
    const expected = ['old-lb down', 'shop-lb degraded', 'api-lb ok', 'web-lb ok'];
    // Whose the addresses of a pool are is only in that list.
    const withoutOwners = ['old-lb down', 'shop-lb degraded', 'api-lb unknown', 'web-lb ok'];
    expect(names(diagnoses)).toEqual(isOwnersList ? withoutOwners : expected);
    expect(diagnoses.calls.filter(({ status }) => status === 'failed').length).toBeGreaterThan(0);
  });

  test('a Reader gets an answer', async () => {
    const diagnoses = await many(azInMemory(change(four, readerOnly())));
    expect(names(diagnoses)).toEqual(['old-lb down', 'shop-lb degraded', 'api-lb ok', 'web-lb ok']);
  });

  test('with the lists denied, what was not asked in full is not called fine', async () => {
    const az = azInMemory(change(four, fault({ on: new RegExp(`^${LISTED}(?!loadBalancers)`), kind: 'denied' })));
    const diagnoses = await many(az, { ...everything, limit: 0 });
    expect(diagnoses.notAsked).toHaveLength(4);
    expect(exitCode({ ...diagnoses, notAsked: diagnoses.notAsked.slice(1) }, 'high')).toBe(5);
  });

  test('the list of load balancers: nothing can be said', async () => {
    const on = new RegExp(`^${LISTED}loadBalancers`);
    await expect(many(azInMemory(change(four, fault({ on, kind: 'denied' }))))).rejects.toMatchObject({
      kind: 'denied',
    });
    const group = { ...everything, resourceGroup: 'no-rg' };
    await expect(many(azInMemory(four), group)).rejects.toMatchObject({ kind: 'group-not-found' });
  });

  test('one of the list does not fit: it is unknown, the others are told', async () => {
    const diagnoses = await many(azInMemory(change(four, answers('web-lb', 'location', 7))));
    expect(names(diagnoses)).toEqual(['old-lb down', 'shop-lb degraded', 'web-lb unknown', 'api-lb ok']);
    const [, , unread, ok] = diagnoses.loadBalancers;
    expect(unread?.notEvaluated[0]?.because).toMatch(
      /az network lb show --ids \S+: its answer does not fit: at \$\.location/,
    );
    if (!unread || !ok) throw new Error('There are four.');
    expect(exitCode({ ...diagnoses, loadBalancers: [unread, ok] }, 'high')).toBe(4);
  });

  test('none there', async () => {
    const diagnoses = await many(azInMemory(emptyWorld()));
    expect([names(diagnoses), diagnoses.notAsked, diagnoses.calls.length]).toEqual([[], [], 2]);
    expect(exitCode(diagnoses, 'none')).toBe(3);
    expect(noneSentence(diagnoses)).toContain('There is no load balancer in the active subscription.');
    const old = await many(azInMemory(change(four, gone('old-lb'))), { ...everything, resourceGroup: 'old-rg' });
    expect(noneSentence(old)).toContain('in group old-rg');
    expect(noneSentence(await many(azInMemory(four)))).toBeUndefined();
  });
});

describe('named by their ids', () => {
  const ids = [idOf('web-lb', 'shop-rg'), idOf('api-lb', 'api-rg')];
  test('those, read together', async () => {
    const az = azInMemory(four);
    const diagnoses = await many(az, { kind: 'ids', ids });
    expect(names(diagnoses)).toEqual(['api-lb ok', 'web-lb ok']);
    expect(diagnoses.scope).toEqual({ subscription: null, resourceGroup: null, ids });
    expect(tally(az.calls)['network lb show']).toBe(1);
  });
  test('one named twice is told once', async () => {
    const twice = [...ids, ...ids.map((id) => id.toUpperCase())];
    expect((await many(azInMemory(four), { kind: 'ids', ids: twice })).loadBalancers).toHaveLength(2);
  });
  test.each([
    ['gone', 'not-found'],
    ['not to be read', 'denied'],
  ] as const)('one is %s: the others are told, and the code says that one could not be', async (_, kind) => {
    const world = change(four, fault({ on: /^GET \S+loadBalancers\/web-lb\?/, kind }));
    const diagnoses = await many(azInMemory(world), { kind: 'ids', ids });
    expect(names(diagnoses)).toEqual(['web-lb unknown', 'api-lb ok']);
    const [unread] = diagnoses.loadBalancers;
    expect(unread?.notEvaluated[0]).toMatchObject({
      on: ids[0],
      because: expect.stringContaining(`lb show --ids ${ids[0]}`),
    });
    expect(exitCode(diagnoses, 'high')).toBe(4);
    const both = change(world, fault({ on: /^GET \S+loadBalancers\/api-lb\?/, kind }));
    await expect(many(azInMemory(both), { kind: 'ids', ids })).rejects.toMatchObject({
      kind: kind === 'not-found' ? 'not-found' : 'unreadable',
    });
  });
});

describe('a thing in a list', () => {
  const world = healthyWorld({ membership: 'flexible' });
  const subscription = `/subscriptions/${SUBSCRIPTION}`;
  test.each<readonly [string, readonly Question<unknown>[], Question<unknown>, string]>([
    ['interface', [interfaces], networkInterface, 'Network/networkInterfaces/web_1-nic'],
    ['security group', [securityGroups], securityGroup, 'Network/networkSecurityGroups/web-nsg'],
    ['subnet', [virtualNetworks], subnet, 'Network/virtualNetworks/shop-vnet/subnets/web-subnet'],
    ['scale set', [scaleSets], scaleSet, 'Compute/virtualMachineScaleSets/web'],
    ['machine', [machines, machineStates], machine, 'Compute/virtualMachines/web_1'],
  ])('%s: is cited as when it is asked for alone', async (_, lists, question, name) => {
    const asks = { az: azInMemory(world) };
    const ask = { question, id: `${subscription}/resourceGroups/shop-rg/providers/Microsoft.${name}` };
    const listed = spread(
      await askAll(
        asks,
        lists.map((list) => ({ question: list, id: subscription })),
      ),
    );
    const alone = await askAll(asks, [ask]);
    expect(listed.get(askKey(ask))).toMatchObject({ status: 'read' });
    expect(listed.get(askKey(ask))).toEqual(alone.get(askKey(ask)));
  });
});

describe('power states come in pages', () => {
  /** Serves one machine a page, with links as `link` makes them. */
  const paged = (world: World, link: (page: number) => string): Az & { readonly urls: readonly string[] } => {
    const az = azInMemory(world);
    const urls: string[] = [];
    return {
      urls,
      run: async (argv, options) => {
        const url = argv.find((word) => word.includes('statusOnly'))?.replace('--url=', '');
        if (url === undefined) return az.run(argv, options);
        urls.push(url);
        const call = await az.run(argv, options);
        const { value } = JSON.parse(call.stdout);
        const page = Number(/skiptoken=(\d+)/.exec(url)?.[1] ?? 0);
        const isLast = page === value.length - 1;
        const body = { value: [value[page]], ...(!isLast && { nextLink: link(page + 1) }) };
        return { ...call, stdout: JSON.stringify(body) };
      },
    };
  };
  const url = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/virtualMachines?statusOnly=true&api-version=2024-07-01`;

  test('which are all read, at the ARM that was asked', async () => {
    const az = paged(four, (page) => `https://elsewhere.example${url}&$skiptoken=${page}`);
    const diagnoses = await many(az);
    expect(names(diagnoses)).toContain('shop-lb degraded');
    expect(az.urls).toEqual([
      url,
      ...Array.from({ length: az.urls.length - 1 }, (_, at) => `${url}&$skiptoken=${at + 1}`),
    ]);
    expect(az.urls.length).toBeGreaterThan(8);
    expect(diagnoses.calls.some(({ command }) => command.includes('get-instance-view'))).toBe(false);
  });

  test.each([
    ['another path', 'https://management.azure.com/subscriptions/other?statusOnly=true'],
    ['no address', 'page 2'],
  ])('a link to %s is not followed: machines are asked for alone', async (_, link) => {
    const az = paged(four, () => link);
    const diagnoses = await many(az);
    expect(az.urls).toHaveLength(1);
    expect(names(diagnoses)).toContain('shop-lb degraded');
    expect(diagnoses.calls.some(({ command }) => command.includes('get-instance-view'))).toBe(true);
  });

  test('links that lead in a circle end', async () => {
    const az = paged(healthyWorld(), () => `https://management.azure.com${url}&$skiptoken=1`);
    expect(names(await many(az, { ...everything, limit: 0 }))).toEqual([]);
    expect(az.urls.length).toBeLessThan(300);
  });
});

describe('the recording of a whole scope', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'azlb-many-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each<readonly [string, ScopeTarget | IdsTarget]>([
    ['a subscription', everything],
    ['a named subscription', { ...everything, subscription: 'Shop production' }],
    ['a group', { ...everything, resourceGroup: 'old-rg' }],
    ['a limit', { ...everything, limit: 2 }],
    ['ids', { kind: 'ids', ids: [idOf('web-lb', 'shop-rg'), idOf('old-lb', 'old-rg')] }],
  ])('%s: is answered again, from itself alone', async (title, target) => {
    const [first, copy] = ['first', 'copy'].map((of) => path.join(folder, `${title}, ${of}`));
    const live = recording(azInMemory(four), first ?? '');
    const recorded = await many(live, target);
    const { collectedAt: recordedAt } = recorded;
    await live.save({ schemaVersion: 1, title, scope: recordedScopeOf(recorded), az: '2.91.0', recordedAt });
    for (const options of [{ replay: first, record: copy }, { replay: copy }]) {
      const replayed = await withAz<Diagnoses>(
        { ...options, onlyShowErrors: true },
        (az, again, at) => {
          if (again.kind !== 'scope' && again.kind !== 'ids') throw new Error('It was of several load balancers.');
          return triageMany(az, again, { recordedAt: at });
        },
        keptOfDiagnosis,
      );
      expect(replayed).toMatchObject({ loadBalancers: recorded.loadBalancers, notAsked: recorded.notAsked });
    }
    const az = await replayAz(copy ?? '');
    await many(az, target);
    expect(az.unused()).toEqual([]);
  });
});
