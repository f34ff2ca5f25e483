import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { replayAz } from '../../lib/recording/replay.ts';
import { diagnosisText } from '../../lib/report/text.ts';
import { triage } from '../../lib/triage/triage.ts';
import packageJson from '../../package.json' with { type: 'json' };

const sample = /(?<=`npm start` prints:\n\n```\n)[\s\S]*?(?=```\n)/;

/** `UPDATE_EXPECTED=1 npm test -- __tests__/recordings` rewrites it. */
const update = process.env.UPDATE_EXPECTED === '1';

test('README shows exactly what npm start prints', async () => {
  const [, folder = ''] = /--replay (\S+) --fail-on none$/.exec(packageJson.scripts.start) ?? [];
  const az = await replayAz(folder);
  const diagnosis = await triage(az, { kind: 'id', id: az.target?.id ?? '' }, { recordedAt: az.recordedAt });
  const printed = diagnosisText(diagnosis, {
    colour: false,
    width: 100,
    verbose: false,
    exitCode: exitCode(diagnosis, 'none'),
  });
  if (update)
    writeFileSync(
      'README.md',
      readFileSync('README.md', 'utf8').replace(sample, () => printed),
    );
  expect(readFileSync('README.md', 'utf8').match(sample)?.[0]).toBe(printed);
});
