import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { replayAz } from '../../lib/recording/replay.ts';
import { triage } from '../../lib/triage/triage.ts';
import diagnosisSchema from '../../schemas/diagnosis.schema.json' with { type: 'json' };
import { azInMemory } from '../world/az-in-memory.ts';
import { cases } from './cases.ts';
import { inOrder } from './compare.ts';
import { expectedText } from './expected.ts';
import { recordedCalls } from './recorded.ts';

const promised = new Ajv().compile(diagnosisSchema);

/** `UPDATE_EXPECTED=1 npm test -- __tests__/recordings` rewrites the expectations; to be read in the diff. */
const update = process.env.UPDATE_EXPECTED === '1';

test('expectations are not rewritten in CI', () => {
  expect(update && process.env.CI !== undefined).toBe(false);
});

test('every recording has its case, and every case its recording', () => {
  expect(readdirSync('recorded-outputs').sort()).toEqual(cases.map(({ folder }) => folder).sort());
});

describe.each(cases)('$folder', ({ folder, world }) => {
  const path = `recorded-outputs/${folder}`;

  test('is diagnosed as expected, from its recording alone, which holds no answer that nobody asks for', async () => {
    const az = await replayAz(path);
    const diagnosis = await triage(az, { kind: 'id', id: az.target?.id ?? '' }, { recordedAt: az.recordedAt });
    expect(promised(diagnosis) ? [] : promised.errors).toEqual([]);
    expect(az.unused()).toEqual([]);
    const text = expectedText(diagnosis);
    const file = `${path}/expected.txt`;
    if (update) writeFileSync(file, text);
    expect(existsSync(file)).toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  test('was recorded as the in-memory az prints it', async () => {
    const memory = azInMemory(world(), { endpoint: 'https://127.0.0.1:44380' });
    for (const { argv, exitCode, printed, stderr } of recordedCalls(path)) {
      const call = await memory.run(argv, { readStderr: argv.includes('--verbose') });
      const rendered = call.stdout.trim() === '' ? '' : JSON.parse(call.stdout);
      expect({ argv, exitCode: call.exitCode, printed: inOrder(rendered), error: errorLine(call.stderr) }).toEqual({
        argv,
        exitCode,
        printed: inOrder(printed),
        error: errorLine(stderr),
      });
    }
  });
});

function errorLine(stderr: string): string | undefined {
  return stderr.split('\n').find((line) => line.startsWith('ERROR: '));
}
