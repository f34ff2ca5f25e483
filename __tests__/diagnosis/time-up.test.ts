import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Az, Call } from '../../lib/az/call.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { question } from '../../lib/recording/question.ts';
import { recording } from '../../lib/recording/recording.ts';
import { replayAz } from '../../lib/recording/replay.ts';
import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { diagnosed, worlds } from '../fuzz/bases.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { deallocated, healthDenied, listenerStopped } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';

const web = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;

/** Time is up after so many answers: the next is cut, the others are not asked. */
function cutAfter(
  world: World,
  answers: number,
): Az & { readonly asked: () => number; readonly unasked: () => readonly (readonly string[])[] } {
  const az = azInMemory(world);
  const unasked: (readonly string[])[] = [];
  let asked = 0;
  return {
    asked: () => asked,
    unasked: () => unasked,
    run: async (argv, options) => {
      asked += 1;
      if (asked <= answers) return az.run(argv, options);
      unasked.push(argv);
      const seconds = asked === answers + 1 ? 1.5 : 0;
      return { argv, exitCode: 1, stdout: '', stderr: '', seconds, timedOut: true, timeUp: 3 };
    },
  };
}

const byCommand = ({ calls }: Diagnosis) => [...calls].sort((one, other) => (one.command < other.command ? -1 : 1));

const triaged = (az: Az, world: World) => triage(az, web, { recordedAt: world.clock });

describe.each([
  ['all is well', healthyWorld(), [5]],
  ['a listener is stopped', change(healthyWorld(), listenerStopped('web-2')), [1, 5]],
  ['a machine is off', change(healthyWorld(), deallocated('web-2')), [1, 5]],
  ['health is refused', change(healthyWorld(), healthDenied()), [5]],
])('time is up, and %s', (_, world, codes) => {
  test('at whatever question: nothing is fine, and what was not asked is said', async () => {
    const whole = cutAfter(world, Number.POSITIVE_INFINITY);
    const full = await triaged(whole, world);
    let cuts = 0;
    for (let answers = 2; answers < whole.asked(); answers += 1) {
      const said = await triaged(cutAfter(world, answers), world);
      const gaps = said.notEvaluated.filter(({ because }) => because.includes('Time was up after 3 s.'));
      const unasked = said.calls.filter(({ status }) => status === 'skipped');
      if (gaps.length === 0 && said.verdict === full.verdict) continue;
      cuts += 1;
      expect({ answers, code: codes.includes(exitCode(said, 'high')) }).toEqual({ answers, code: true });
      expect(['down', 'degraded', 'masked', 'unknown']).toContain(said.verdict);
      // One reason, whatever was not asked: it names no command.
      for (const { because } of gaps) expect(because).not.toMatch(/az [^;]*: Time was up/);
      for (const call of unasked) expect(call).toMatchObject({ seconds: 0, because: 'Time was up after 3 s.' });
    }
    expect(cuts).toBeGreaterThan(1);
  });
});

test('what would not matter if it were denied matters where time was up: nobody knows what would have come next', async () => {
  const world = healthyWorld();
  const unread = (nth: number, more: Partial<Call>): Az => {
    const az = azInMemory(world);
    let asked = 0;
    return {
      run: async (argv, options) => {
        asked += 1;
        if (asked !== nth) return az.run(argv, options);
        return { argv, exitCode: 1, stdout: '', stderr: '', seconds: 0, ...more };
      },
    };
  };
  let harmless = 0;
  for (let nth = 3; nth < 12; nth += 1) {
    const denied = await triaged(unread(nth, { stderr: 'ERROR: (AuthorizationFailed) no\n' }), world);
    if (denied.verdict !== 'ok' || denied.notEvaluated.length === 0) continue;
    harmless += 1;
    const cut = await triaged(unread(nth, { timedOut: true, timeUp: 3 }), world);
    expect(cut).toMatchObject({ verdict: 'unknown', balancingRules: [{ verdict: 'unknown' }] });
    expect(exitCode(cut, 'high')).toBe(5);
  }
  expect(harmless).toBeGreaterThan(0);
});

/** The questions of a command, one for each thing that it is about. */
function asksIn(argv: readonly string[]): readonly string[] {
  const { verb, ids } = question(argv);
  return ids.length === 0 ? [verb] : ids.map((id) => `${verb} ${id.toLowerCase()}`);
}

test.each(Object.entries(worlds))(
  'what is said to be not asked would have been asked, and nothing instead of it: %s',
  async (_, made) => {
    const world = made();
    const whole = azInMemory(world);
    await diagnosed(whole, world);
    const wanted = new Set(whole.calls.flatMap(({ argv }) => asksIn(argv)));
    for (let answers = 2; answers < whole.calls.length; answers += 1) {
      const az = cutAfter(world, answers);
      await diagnosed(az, world);
      const instead = az
        .unasked()
        .flatMap(asksIn)
        .filter((ask) => !wanted.has(ask));
      expect({ answers, instead }).toEqual({ answers, instead: [] });
    }
  },
);

test('the load balancer itself was not read: there is nothing to say', async () => {
  const world = healthyWorld();
  await expect(triaged(cutAfter(world, 0), world)).rejects.toMatchObject({ kind: 'time-up' });
});

test('a recording that time cut says the same when it is replayed', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'azlb-time-up-'));
  try {
    const world = healthyWorld();
    const place = path.join(folder, 'cut.json');
    const kept = recording(cutAfter(world, 4), place);
    const said = await triaged(kept, world);
    await kept.save({ schemaVersion: 1, title: '', az: '', recordedAt: world.clock });
    const again = await triaged(await replayAz(place), world);
    // Which of several comes back first may differ.
    expect({ ...again, calls: byCommand(again) }).toEqual({ ...said, calls: byCommand(said) });
    expect(again.verdict).toBe('unknown');
    expect(again.calls.map(({ status }) => status)).toContain('skipped');
  } finally {
    await rm(folder, { recursive: true });
  }
});
