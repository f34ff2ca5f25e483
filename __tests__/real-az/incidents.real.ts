import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Call } from '../../lib/az/call.ts';
import { replayAz } from '../../lib/recording/replay.ts';
import { cases } from '../recordings/cases.ts';
import { inOrder } from '../recordings/compare.ts';
import { expectedText } from '../recordings/expected.ts';
import { recordCase, recordingPort } from '../recordings/record.ts';
import { recordedCalls } from '../recordings/recorded.ts';
import { againstStandIn, type RealAz } from './az.ts';
import { isRead } from './requests.ts';

let az: RealAz;
let older: RealAz;
let folder: string;

beforeAll(async () => {
  az = await againstStandIn('2.91.0', undefined, recordingPort);
  older = await againstStandIn('2.50.0');
  folder = await mkdtemp(join(tmpdir(), 'azlb-incidents-'));
}, 120_000);

afterAll(async () => {
  await az.close();
  await older.close();
  await rm(folder, { recursive: true });
});

describe.each(cases)('$folder', (each) => {
  test('the real az 2.91.0 leads to the recorded diagnosis and exit code, asks as recorded, and changes nothing', async () => {
    const into = join(folder, each.folder);
    const { exitCode, stdout } = await recordCase(az, each, into);
    const expected = await readFile(`recorded-outputs/${each.folder}/expected.txt`, 'utf8');
    expect(expectedText(JSON.parse(stdout))).toBe(expected);
    expect(expected).toContain(`exit code ${exitCode}`);
    expect(az.requests.filter((request) => !isRead(request))).toEqual([]);

    // The same questions, whatever batches they were asked in (az loses answers of a batch now and then), answered alike.
    const [recorded, again] = [await replayAz(`recorded-outputs/${each.folder}`), await replayAz(into)];
    for (const argv of recordedCalls(`recorded-outputs/${each.folder}`).flatMap(({ argv: asked }) => oneByOne(asked))) {
      expect({ argv, ...answerOf(await again.run(argv)) }).toEqual({ argv, ...answerOf(await recorded.run(argv)) });
    }
  }, 120_000);
});

/** A command about several resources as one command each. */
function oneByOne(argv: readonly string[]): readonly (readonly string[])[] {
  const at = argv.indexOf('--ids') + 1;
  return at === 0 ? [argv] : argv.slice(at).map((id) => [...argv.slice(0, at), id]);
}

function answerOf({ exitCode, stdout }: Call): { readonly exitCode: number; readonly printed: unknown } {
  return { exitCode, printed: stdout.trim() === '' ? '' : inOrder(JSON.parse(stdout)) };
}

const onOlder = ['subnet-group-denies-probe', 'machine-deallocated', 'probe-answered-404', 'instance-behind-its-model'];

describe.each(cases.filter((each) => onOlder.includes(each.folder)))('$folder', (each) => {
  test('az 2.50.0 leads to the same causes', async () => {
    const { stdout, exitCode } = await recordCase(older, each, join(folder, `${each.folder}-2.50.0`));
    const expected = await readFile(`recorded-outputs/${each.folder}/expected.txt`, 'utf8');
    expect(expectedText(JSON.parse(stdout))).toBe(expected);
    expect(expected).toContain(`exit code ${exitCode}`);
    expect(older.requests.filter((request) => !isRead(request))).toEqual([]);
  }, 120_000);
});
