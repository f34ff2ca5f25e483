import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { durationOf } from '../../commands/support/duration.ts';
import { conditionOf } from '../../commands/support/wait-condition.ts';
import { waitProgress } from '../../commands/support/wait-progress.ts';
import { expectationsIn } from '../../lib/expect/read.ts';
import { waitReport } from '../../lib/report/wait-report.ts';
import { lookLine } from '../../lib/report/wait-words.ts';
import type { Look, Seen } from '../../lib/wait/look.ts';
import { firstState, reduce, type WaitPlan, type WaitState } from '../../lib/wait/reduce.ts';
import { waitExitCode } from '../../lib/wait/wait.ts';
import diagnosisSchema from '../../schemas/diagnosis.schema.json' with { type: 'json' };
import waitSchema from '../../schemas/wait.schema.json' with { type: 'json' };
import {
  deallocated,
  emptyPool,
  fault,
  gone,
  healthDenied,
  instanceBehindModel,
  listenerStopped,
  metricsDenied,
  modelLacksPool,
  notInPool,
  set,
} from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { type Change, change, type World } from '../world/world.ts';
import { type Waited, waiting } from './waiting.ts';

const seenWith = (met: boolean, more: Partial<Seen> = {}): Seen => ({
  met,
  have: met ? 3 : 2,
  wanted: 3,
  missing: met ? [] : ['web-2'],
  verdict: undefined,
  members: [],
  probePeriod: 10,
  gaps: [],
  notes: [],
  ...more,
});
const plan: WaitPlan = { timeoutSeconds: 600, interval: 'auto' };

/** `+` it is so, `-` it is not, `?` az did not answer; at the second before it. */
const looksOf = (text: string): readonly Look[] =>
  text.split(' ').map((word) => {
    const at = Number(word.slice(0, -1));
    const times = { from: at, to: at };
    return word.endsWith('?') ? { ...times, unread: 'no answer' } : { ...times, seen: seenWith(word.endsWith('+')) };
  });

function run(looks: readonly Look[], with_: WaitPlan = plan) {
  let state: WaitState = firstState;
  return looks.map((look) => {
    const step = reduce(state, look, with_);
    state = step.state;
    return step;
  });
}

describe('how long it must hold, a probe period being 10 seconds', () => {
  test.each([
    ['once is not enough', '0+', 'again 10'],
    ['for two periods', '0+ 10+ 20+', 'reached'],
    ['for a little less', '0+ 10+ 19+', 'again 10'],
    ['two looks far enough from each other', '0+ 25+', 'reached'],
    ['it flapped', '0+ 10- 20+ 30+', 'again 10'],
    ['it flapped, and then held', '0+ 10- 20+ 30+ 40+', 'reached'],
    ['what was not read is not known to have held', '0+ 10? 20+ 30+', 'again 10'],
    ['nothing changes: the pause grows', '0- 10- 25-', 'again 22.5'],
    ['it grows no further', '0- 10- 25- 48- 82- 133-', 'again 60'],
    ['time is nearly up', '0- 590- 595-', 'again 5'],
    ['time is up', '0- 600-', 'timed-out'],
    ['time is up while it holds', '0- 590+ 600+', 'timed-out'],
    ['it is reached as time is up', '0- 580+ 600+', 'reached'],
    ['an answer never came', '0? 599.5?', 'timed-out'],
  ])('%s', (_, text, wanted) => {
    const { decision } = run(looksOf(text)).at(-1) ?? {};
    expect(decision?.kind === 'again' ? `again ${decision.afterSeconds}` : decision?.kind).toBe(wanted);
  });

  test.each([
    ['longer than the probe takes', 30, 30],
    ['shorter than the probe takes', 2, 10],
  ])('an interval %s', (_, interval, pause) => {
    const steps = run(looksOf('0- 40- 80-'), { ...plan, interval });
    expect(steps.map(({ decision }) => decision)).toEqual(
      [1, 2, 3].map(() => ({ kind: 'again', afterSeconds: pause, holding: false })),
    );
  });

  test.each([
    ['Azure says how long', 0, 90, 'again 90'],
    ['it does not', 0, 0, 'again 20'],
    ['the end comes first', 550, 90, 'timed-out'],
  ])('backs off when throttled: %s', (_, at, throttledFor, wanted) => {
    const { decision } = reduce(firstState, { from: at, to: at, throttledFor, seen: seenWith(false) }, plan);
    expect(decision.kind === 'again' ? `again ${decision.afterSeconds}` : decision.kind).toBe(wanted);
  });

  test('backs off further each time, and no further than five minutes', () => {
    const looks = [0, 1, 2, 3, 4, 5].map((at): Look => ({ from: at, to: at, throttledFor: 0, unread: 'throttled' }));
    const pauses = run(looks, { ...plan, timeoutSeconds: 9999 }).map(
      ({ decision }) => 'afterSeconds' in decision && decision.afterSeconds,
    );
    expect(pauses.slice(0, 2)).toEqual([10, 30]);
    expect(pauses.at(-1)).toBe(300);
  });

  test('it is never said to be reached unless every look of the last two probe periods found it', () => {
    const look = fc.record({
      gap: fc.integer({ min: 1, max: 40 }),
      lasts: fc.integer({ min: 0, max: 15 }),
      found: fc.constantFrom('met', 'met', 'met', 'unmet', 'unread'),
      probePeriod: fc.constantFrom(5, 10, 30),
    });
    let reached = 0;
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 30 }), (list) => {
        let at = 0;
        const looks = list.map(({ gap, lasts, found, probePeriod }): Look => {
          const from = at + gap;
          at = from + lasts;
          const times = { from, to: at };
          return found === 'unread'
            ? { ...times, unread: '' }
            : { ...times, seen: seenWith(found === 'met', { probePeriod }) };
        });
        const end = run(looks, { ...plan, timeoutSeconds: 9999 }).findIndex(
          ({ decision }) => decision.kind === 'reached',
        );
        const last = looks[end];
        if (last === undefined || !('seen' in last)) return end === -1;
        reached += 1;
        const begin = last.from - 2 * last.seen.probePeriod;
        const before = looks.slice(0, end + 1);
        const isMet = (one: Look) => 'seen' in one && one.seen.met;
        // One at or before the beginning, and from it on no other.
        const first = before.findLastIndex(({ to }) => to <= begin);
        return first !== -1 && before.slice(first).every(isMet);
      }),
      { numRuns: 2000 },
    );
    expect(reached).toBeGreaterThan(100);
  });
});

const up = healthyWorld();
const oneDown = change(up, listenerStopped('web-2'));
const uniform = healthyWorld({ membership: 'uniform' });
const all = { kind: 'healthy', wanted: 'all' } as const;
const allMembers = { kind: 'members', wanted: 'all' } as const;
const atLook =
  (first: World, ...changes: readonly (readonly [number, World])[]) =>
  (look: number) =>
    changes.findLast(([from]) => look >= from)?.[1] ?? first;
const texts = ({ outcome }: Waited) => outcome.changes.map(({ text }) => text);
const checked = new Ajv({ strict: false }).addSchema(diagnosisSchema, 'diagnosis.schema.json').compile(waitSchema);

describe('a load balancer that changes between looks', () => {
  test('heals after three looks, and holds for two probe periods', async () => {
    const waited = await waiting(atLook(oneDown, [3, up]), { condition: all });
    expect(waited.outcome).toMatchObject({ outcome: 'reached', have: 3, wanted: 3, missing: [], diagnosis: null });
    expect(texts(waited)).toEqual(['web-2-nic up']);
    expect(waited.outcome.heldSeconds).toBeGreaterThanOrEqual(waited.outcome.holdSeconds ?? Infinity);
    expect(waited.outcome.holdSeconds).toBeGreaterThan(0);
    // The load balancer, and its one rule's health: posted, polled twice, fetched.
    expect(new Set(waited.asked.map((words) => words.join(', ')))).toEqual(
      new Set(['network lb show, rest post, rest get, rest get, rest get']),
    );
  });

  test('flaps at every look and is never there', async () => {
    const waited = await waiting((look) => (look % 2 === 0 ? up : oneDown), { condition: all });
    expect(waited.outcome).toMatchObject({ outcome: 'timed-out' });
    expect(waited.outcome.looks).toBeGreaterThan(10);
    expect(waited.outcome.diagnosis?.loadBalancer.name).toBe('web-lb');
  });

  test('is throttled at one rule: nothing is concluded, and Azure is left alone', async () => {
    const throttled = change(up, fault({ on: /^POST .*\/health/, kind: 'throttled' }));
    const waited = await waiting(atLook(up, [1, throttled], [2, up]), { condition: all });
    expect(waited.outcome.outcome).toBe('reached');
    const [, second] = waited.told;
    expect(second?.look.throttledFor).toBeGreaterThanOrEqual(0);
    expect(second?.state.heldSince).toBeUndefined();
    expect(waited.told.length).toBe(5);
    expect(texts(waited)).toEqual([expect.stringMatching(/^not read: health of https/)]);
  });

  test('is throttled itself, twice', async () => {
    const throttled = change(up, fault({ on: 'web-lb', kind: 'throttled' }));
    const waited = await waiting(atLook(throttled, [2, up]), { condition: all });
    expect(waited.outcome).toMatchObject({ outcome: 'reached', unread: 2 });
    const pauses = waited.told.slice(0, 2).map(({ decision }) => 'afterSeconds' in decision && decision.afterSeconds);
    expect(Number(pauses[1])).toBeGreaterThan(Number(pauses[0]));
  });

  test('could never be read', async () => {
    const world = change(up, fault({ on: 'web-lb', kind: 'server-error' }));
    await expect(waiting(() => world, { condition: all, timeoutSeconds: 60 })).rejects.toMatchObject({
      name: 'AzError',
      kind: 'azure-failed',
    });
  });

  test.each([
    ['is not there', change(up, gone('web-lb')), 'not-found'],
    ['may not be read', change(up, fault({ on: 'web-lb', kind: 'denied' })), 'denied'],
  ])('%s: asking again does not help', async (_, world, kind) => {
    await expect(waiting(() => world, { condition: all })).rejects.toMatchObject({ kind });
  });

  test('loses a member, which comes back', async () => {
    const lost = change(up, notInPool('web-3'));
    const three = { kind: 'healthy', wanted: 3 } as const;
    const waited = await waiting(atLook(up, [1, lost], [3, up]), { condition: three });
    expect(waited.outcome).toMatchObject({ outcome: 'reached', have: 3 });
    expect(texts(waited)).toEqual(['member web-3-nic left', 'member web-3-nic joined']);
    expect(waited.told[1]?.look).toMatchObject({
      seen: { met: false, notes: ["There are 2 members: 3 can't be healthy before 1 more joined."] },
    });
  });

  test('is deleted while waiting', async () => {
    await expect(waiting(atLook(oneDown, [2, change(up, gone('web-lb'))]), { condition: all })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  test('never heals: time is up, and the diagnosis says why without asking again what was just read', async () => {
    const waited = await waiting(() => oneDown, { condition: all, timeoutSeconds: 120 });
    expect(waited.outcome).toMatchObject({ outcome: 'timed-out', have: 2, wanted: 3, missing: ['web-2-nic'] });
    expect(waited.outcome.diagnosis?.verdict).toBe('degraded');
    const last = waited.asked.at(-1) ?? [];
    expect(last.filter((words) => words === 'network lb show' || words === 'rest post')).toHaveLength(2);
    expect(waited.outcome.seconds).toBeLessThan(130);
    expect(waited.outcome.diagnosis?.calls).toHaveLength(last.length);
  });

  test('is interrupted: the last state is said', async () => {
    const { outcome } = await waiting(() => oneDown, { condition: all, interruptedInSleep: 2 });
    expect(outcome).toMatchObject({
      outcome: 'interrupted',
      looks: 2,
      have: 2,
      missing: ['web-2-nic'],
      diagnosis: null,
    });
    expect(waitExitCode(outcome)).toBe(130);
  });
});

describe('what counts', () => {
  const flexible = healthyWorld({ membership: 'flexible' });
  const other = { pools: [{ name: 'web-pool' }, { name: 'api-pool' }] };
  const unmeasured = healthyWorld({
    balancingRules: [{ name: 'https', frontendPort: 443, backendPort: 8443, probe: null }],
  });
  const capacity = (count: number): Change => set('web', 'sku.capacity', count);
  const cases: readonly (readonly [string, World, Parameters<typeof waiting>[1], object])[] = [
    [
      'a member that is off is not healthy',
      change(up, deallocated('web-1')),
      { condition: { kind: 'healthy', wanted: 3 } },
      { outcome: 'timed-out', have: 2 },
    ],
    [
      'two of three are enough',
      oneDown,
      { condition: { kind: 'healthy', wanted: 2 } },
      { outcome: 'reached', have: 2, wanted: 2 },
    ],
    [
      'an empty pool is not all healthy',
      change(up, emptyPool()),
      { condition: all },
      { outcome: 'timed-out', have: 0, wanted: 0 },
    ],
    [
      'without a probe nobody is healthy',
      unmeasured,
      { condition: all },
      { outcome: 'timed-out', have: 0, notes: [expect.stringContaining('Nothing measures health')] },
    ],
    [
      'the metric, where health is refused',
      change(up, healthDenied()),
      { condition: all },
      { outcome: 'reached', have: 3 },
    ],
    [
      'neither can be read',
      change(up, healthDenied(), metricsDenied()),
      { condition: all },
      { outcome: 'timed-out', have: 0, gaps: [expect.stringContaining('health of https')] },
    ],
    [
      'members by number, counted at once',
      up,
      { condition: { kind: 'members', wanted: 3 } },
      { outcome: 'reached', seconds: 0, looks: 1 },
    ],
    [
      'too few members',
      up,
      { condition: { kind: 'members', wanted: 5 } },
      { outcome: 'timed-out', have: 3, missing: ['2 more members'] },
    ],
    ['every instance is in', uniform, { condition: allMembers }, { outcome: 'reached', have: 3, wanted: 3 }],
    [
      'one instance is not',
      change(uniform, instanceBehindModel('web_2')),
      { condition: allMembers },
      { outcome: 'timed-out', have: 2, wanted: 3, missing: ['web_2'] },
    ],
    [
      'the set is growing',
      change(uniform, capacity(5), set('web', 'properties.provisioningState', 'Updating')),
      { condition: allMembers },
      { outcome: 'timed-out', wanted: 5, missing: ['2 more instances of web'] },
    ],
    [
      'nobody is in it, and a model names it',
      change(uniform, emptyPool()),
      { condition: allMembers },
      { outcome: 'timed-out', have: 0, wanted: 3, missing: ['web_1', 'web_2', 'web_3'] },
    ],
    [
      'nobody is in it, and no model names it',
      change(uniform, emptyPool(), modelLacksPool()),
      { condition: allMembers },
      { outcome: 'timed-out', notes: [expect.stringContaining('Nothing says who belongs into web-pool')] },
    ],
    ['a Flexible set', flexible, { condition: allMembers }, { outcome: 'reached', have: 3, wanted: 3 }],
    [
      'a Flexible set that is growing',
      change(flexible, capacity(4)),
      { condition: allMembers },
      { outcome: 'timed-out', have: 3, wanted: 4, missing: ['1 more instance of web'] },
    ],
    [
      'machines of no set: nothing says who belongs',
      up,
      { condition: allMembers },
      { outcome: 'timed-out', notes: [expect.stringContaining('Nothing says')] },
    ],
    ['the verdict is ok', up, { condition: { kind: 'verdict', wanted: 'ok' } }, { outcome: 'reached', verdict: 'ok' }],
    [
      'all up, and at risk all the same',
      change(uniform, modelLacksPool()),
      { condition: { kind: 'verdict', wanted: 'ok' } },
      { outcome: 'timed-out', verdict: 'at-risk' },
    ],
    [
      'one is down',
      oneDown,
      { condition: { kind: 'verdict', wanted: 'ok' } },
      { outcome: 'timed-out', verdict: 'degraded' },
    ],
    [
      'the verdict of a pool that no rule uses',
      healthyWorld(other),
      { condition: { kind: 'verdict', wanted: 'ok' }, pool: 'api-pool' },
      { outcome: 'timed-out', verdict: 'unknown' },
    ],
  ];
  test.each(cases)('%s', async (_, world, what, wanted) => {
    const { outcome } = await waiting(() => world, { timeoutSeconds: 100, ...what });
    expect(outcome).toMatchObject(wanted);
    expect({ valid: checked(outcome), errors: checked.errors }).toEqual({ valid: true, errors: null });
    expect(waitExitCode(outcome)).toBe(outcome.outcome === 'reached' ? 0 : 1);
  });

  test('all else is looked at only once health is well', async () => {
    const { asked } = await waiting(atLook(oneDown, [2, up]), { condition: { kind: 'verdict', wanted: 'ok' } });
    expect(asked.map((words) => words.includes('network nsg show'))).toEqual([false, false, true, true, true]);
  });

  test('who joined a Flexible set is asked about once, and nobody else again', async () => {
    const fewer = change(flexible, notInPool('web_3'));
    const { asked, outcome } = await waiting(atLook(fewer, [2, flexible]), { condition: allMembers });
    expect(outcome.outcome).toBe('reached');
    const machines = asked.map((words) => words.filter((word) => /^(vm |network nic|network lb list-nic)/.test(word)));
    expect(machines.map(({ length }) => length > 0)).toEqual([true, false, true]);
  });

  test('where health is refused it is asked for once, and the metric at each look', async () => {
    const refused = change(up, healthDenied());
    const { asked } = await waiting(() => refused, { condition: { kind: 'healthy', wanted: 4 }, timeoutSeconds: 120 });
    // The last look ends with a whole diagnosis, which tries all once more.
    const later = asked.slice(1, -1);
    expect(later.length).toBeGreaterThan(0);
    expect(later.some((words) => words.includes('rest post'))).toBe(false);
    expect(asked.every((words) => words.includes('monitor metrics list'))).toBe(true);
  });

  test.each([
    ['members: [web-1, web-2, web-3, web-4]', { outcome: 'timed-out', have: 3, wanted: 4, missing: ['web-4'] }],
    ['members: [web-1, web-2, web-3]', { outcome: 'reached' }],
    ['members: 4', { outcome: 'timed-out', missing: ['1 more member'] }],
    ['members: { scaleSet: web }', { outcome: 'timed-out', missing: ['any instance of scale set web'] }],
    ['members: { subnet: web-subnet, count: 3 }', { outcome: 'reached' }],
  ])('by an expectation file: %s', async (members, wanted) => {
    const expectations = await expectationsIn('azlb.yaml', `pools:\n  web-pool:\n    ${members}\n`);
    const { outcome } = await waiting(() => up, { condition: allMembers, timeoutSeconds: 30, expectations });
    expect(outcome).toMatchObject({ ...wanted, condition: { expectation: 'azlb.yaml' } });
  });

  test('a member in reserve need not be up for all to be', async () => {
    const expectations = await expectationsIn('azlb.yaml', 'pools:\n  web-pool:\n    standby: [web-2]\n');
    const { outcome } = await waiting(() => oneDown, { condition: all, expectations });
    expect(outcome).toMatchObject({ outcome: 'reached', have: 2, wanted: 2 });
  });

  test.each([
    [{ pool: 'wbe-pool' }, /no such pool\. Did you mean web-pool\?/],
    [{ balancingRule: 'http' }, /no such balancing rule.*https/],
  ])('a place that is not there: %j', async (place, message) => {
    const waited = waiting(() => up, { condition: all, ...place });
    await expect(waited).rejects.toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
  });

  test.each([
    [up, 'met-in-recording', 0],
    [oneDown, 'unmet-in-recording', 1],
  ])('a recording is looked at once', async (world, outcome, exitCode) => {
    const waited = await waiting(() => world, { condition: all, recordedAt: world.clock });
    expect(waited.outcome).toMatchObject({ outcome, looks: 1, endedAt: world.clock });
    expect(waitExitCode(waited.outcome)).toBe(exitCode);
    expect(waitReport(waited.outcome, { colour: false, width: 100, verbose: false }).text()).toContain(
      'looked at once',
    );
  });
});

describe('what is said', () => {
  const style = { colour: false, width: 100, verbose: false };

  test('a line a look', async () => {
    const { told } = await waiting(atLook(change(oneDown, notInPool('web-3')), [1, oneDown], [2, up]), {
      condition: all,
    });
    expect(told.map((look) => lookLine('healthy', look))).toEqual([
      '3 s: 1 of 2 healthy, not web-2-nic (again in 30 s)',
      '36 s: 2 of 3 healthy, not web-2-nic; member web-3-nic joined (again in 30 s)',
      '69 s: 3 of 3 healthy; holds for 0 s of 60 s; web-2-nic up (again in 30 s)',
      '102 s: 3 of 3 healthy; holds for 33 s of 60 s (again in 30 s)',
      '2 min 15 s: 3 of 3 healthy (reached)',
    ]);
  });

  test('what stands in the way, once', async () => {
    const lines: string[] = [];
    const condition = { kind: 'healthy', wanted: 4 } as const;
    const { told } = await waiting(() => up, { condition, timeoutSeconds: 100 });
    for (const style of ['lines', 'none'] as const) {
      const { told: tell, done } = waitProgress(condition, style, (line) => lines.push(line));
      told.forEach(tell);
      done();
    }
    expect(lines.filter((line) => line.includes("4 can't be healthy before 1 more joined"))).toHaveLength(1);
    expect(lines).toHaveLength(told.length + 1);
  });

  test('how it ended, first', async () => {
    const { outcome } = await waiting(() => oneDown, { condition: all, timeoutSeconds: 60, pool: 'web-pool' });
    const text = waitReport(outcome, style).text();
    expect(text.split('\n')[0]).toBe('✗ TIME IS UP  web-lb (pool web-pool): 2 of 3 healthy, not web-2-nic.');
    expect(text).toContain('DEGRADED');
    expect(waitReport(outcome, style).rows()).toContainEqual(
      expect.objectContaining({ Member: 'web-2-nic', Health: 'down' }),
    );
  });

  test('nothing from Azure acts in a terminal', async () => {
    const { told } = await waiting(() => up, { condition: all });
    const [look] = told;
    const evil = { ...seenWith(false), missing: ['\u001b[2J##vso[x]'] };
    expect(look && lookLine('healthy', { ...look, look: { from: 0, to: 0, seen: evil } })).not.toContain('\u001b');
  });
});

describe('the command line', () => {
  test.each([
    [{}, 'Wait for what'],
    [{ healthy: '1', verdict: 'ok' }, 'One thing'],
    [{ healthy: '0' }, 'always so'],
    [{ members: '-1' }, 'whole number'],
    [{ members: '1.5' }, 'whole number'],
  ])('%j is refused', (options, message) => expect(() => conditionOf(options)).toThrow(message));

  test.each([
    ['90', 90],
    ['90s', 90],
    ['10m', 600],
    ['1h', 3600],
    ['0', undefined],
    ['-1', undefined],
    ['1d', undefined],
    ['999h', undefined],
  ])('a time of %s', (text, seconds) => {
    if (seconds === undefined) expect(() => durationOf('--timeout', text)).toThrow('--timeout needs');
    else expect(durationOf('--timeout', text)).toBe(seconds);
  });
});
