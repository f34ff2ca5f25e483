import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { progressStyle, withProgress } from '../../commands/support/progress.ts';
import { keptOfDiagnosis } from '../../commands/support/recorded-case.ts';
import { withAz } from '../../commands/support/with-az.ts';
import type { Az, Call } from '../../lib/az/call.ts';
import type { Target } from '../../lib/collect/target.ts';
import { recording } from '../../lib/recording/recording.ts';
import { healthy } from '../report/diagnoses.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'azlb-asking-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { id, name, resourceGroup, subscriptionId } = healthy.loadBalancer;
const recordedAt = '2026-01-02T03:04:05Z';
const show = ['network', 'lb', 'show', '--ids', id];
const answer = (argv: readonly string[], more: Partial<Call> = {}): Call => ({
  argv,
  exitCode: 0,
  stdout: JSON.stringify({ id }),
  stderr: '',
  seconds: 1.25,
  ...more,
});
const az: Az = { run: async (argv) => answer(argv) };

async function recorded(title: string, target: object): Promise<string> {
  const into = path.join(folder, title);
  const keeping = recording(az, into);
  await keeping.run(show);
  await keeping.save({ schemaVersion: 1, title, az: '2.91.0', recordedAt, ...target });
  return into;
}

describe('a recording is asked instead of az', () => {
  const seen = async (options: Parameters<typeof withAz>[0]) => {
    const asked: { target?: Target; recordedAt?: string | undefined; stdout?: string } = {};
    await withAz(
      { onlyShowErrors: true, ...options },
      async (replay, target, at) => {
        asked.target = target;
        asked.recordedAt = at;
        asked.stdout = (await replay.run(show)).stdout;
        return healthy;
      },
      keptOfDiagnosis,
    );
    return asked;
  };

  test('about its own load balancer', async () => {
    const replay = await recorded('own', { target: { id, name, resourceGroup, subscriptionId } });
    const asked = await seen({ replay });
    expect(asked).toMatchObject({ target: { kind: 'id', id }, recordedAt });
    expect(JSON.parse(asked.stdout ?? '')).toEqual({ id });
    expect((await seen({ replay, name: 'other' })).target).toMatchObject({ kind: 'named', name: 'other' });
    const other = [{ resourceGroup: 'g' }, { subscription: 's' }, { ids: [id, `${id}-2`] }];
    for (const scope of other) await expect(seen({ replay, ...scope })).rejects.toThrow('of one load balancer');
  });

  test('about everything, when it is of a whole group, and about nothing else', async () => {
    const scope = { subscription: 's', resourceGroup: 'g', ids: [], limit: 5 };
    const replay = await recorded('whole', { scope });
    const whole = { kind: 'scope', resourceGroup: 'g', subscription: 's', limit: 5 };
    expect((await seen({ replay })).target).toEqual(whole);
    expect((await seen({ replay, resourceGroup: 'G', limit: '2' })).target).toEqual({ ...whole, limit: 2 });
    await expect(seen({ replay, resourceGroup: 'h' })).rejects.toThrow('of other load balancers');
    await expect(seen({ replay, name: 'web-lb' })).rejects.toThrow('of several load balancers');
    const ids = [id, `${id}-2`];
    const several = await recorded('several', { scope: { subscription: null, resourceGroup: null, ids, limit: null } });
    expect((await seen({ replay: several })).target).toEqual({ kind: 'ids', ids, limit: 'all' });
    await expect(seen({ replay: several, ids: [id, `${id}-3`] })).rejects.toThrow('of other load balancers');
  });
});

describe('what was asked is kept', () => {
  test('with what it was about', async () => {
    const replay = await recorded('source', { target: { id, name, resourceGroup, subscriptionId } });
    const record = path.join(folder, 'copy');
    await withAz(
      { replay, record, onlyShowErrors: true },
      async (source) => {
        await source.run(show);
        return healthy;
      },
      keptOfDiagnosis,
    );
    const kept = JSON.parse(readFileSync(path.join(record, 'case.json'), 'utf8'));
    expect(kept).toMatchObject({
      title: 'web-lb: ok',
      target: { id, name },
      az: '2.91.0',
      recordedAt: healthy.collectedAt,
    });
  });

  test('also when no diagnosis was reached, and that error is the one that is told', async () => {
    const replay = await recorded('failing', {});
    const record = path.join(folder, 'failed');
    const failing = withAz(
      { replay, record, onlyShowErrors: true },
      async (source) => {
        await source.run(show);
        throw new Error('the first error');
      },
      keptOfDiagnosis,
    );
    await expect(failing).rejects.toThrow('the first error');
    expect(JSON.parse(readFileSync(path.join(record, 'case.json'), 'utf8')).title).toBe('No diagnosis was reached');
  });
});

describe('progress', () => {
  test.each([
    ['on a terminal', {}, {}, true, 'spinner'],
    ['in a pipe', {}, {}, false, 'none'],
    ['on a build agent', {}, { CI: 'true' }, true, 'none'],
    ['asked for silence', { onlyShowErrors: true, verbose: true }, {}, true, 'none'],
    ['asked for more, in a pipe', { verbose: true }, {}, false, 'lines'],
  ] as const)('%s', (_, options, env, isTTY, style) => expect(progressStyle(options, env, { isTTY })).toBe(style));

  test('a line a call, with nothing in it that acts', async () => {
    const lines: string[] = [];
    const failing: Az = { run: async (argv) => answer(argv, { exitCode: 3 }) };
    await withProgress(az, 'lines', (line) => lines.push(line)).run(['network', 'lb', 'show', '--name=\u001b[2J']);
    await withProgress(failing, 'lines', (line) => lines.push(line)).run(['version']);
    expect(lines).toEqual(['1.3 s  az network lb show --name=\\u{1b}[2J', '1.3 s  az version, exit code 3']);
  });

  test.each(['none', 'lines', 'spinner'] as const)('%s changes no answer', async (style) => {
    const shown = withProgress(az, style, () => {});
    expect(await shown.run(show, { readStderr: true })).toEqual(answer(show));
    shown.done();
  });
});
