import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AzError } from '../../lib/az/errors.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { type Asking, askAll } from '../../lib/evidence/asking.ts';
import { loadBalancer } from '../../lib/evidence/questions/load-balancer.ts';
import { replayAz } from '../../lib/recording/replay.ts';
import { triage } from '../../lib/triage/triage.ts';

const older = '__tests__/recordings/made-by-0.1.0';

describe.each(readdirSync(older))('%s, recorded by azlb 0.1.0', (folder) => {
  test('has the verdict that it had: what only newer versions ask does not count', async () => {
    const az = await replayAz(`${older}/${folder}`);
    const diagnosis = await triage(az, { kind: 'id', id: az.target?.id ?? '' }, { recordedAt: az.recordedAt });
    const [first] = readFileSync(`${older}/${folder}/expected.txt`, 'utf8').split('\n');
    expect(`verdict ${diagnosis.verdict}, exit code ${exitCode(diagnosis, 'high')}`).toBe(first);
  });
});

describe('a question to which a recording has no answer', () => {
  const question = { ...loadBalancer, since: '0.2.0' };
  const asking = (recordedBy: string): Asking => ({
    az: {
      run: async () => {
        throw new AzError('not-recorded', 'no answer', { recordedBy });
      },
    },
  });
  const ids = ['/subscriptions/s/a', '/subscriptions/s/b'];

  test.each([true, false])('is a gap where that azlb did not know it (batch %s)', async (batch) => {
    const asked = { ...question, batch };
    const outcomes = await askAll(
      asking('0.1.9'),
      ids.map((id) => ({ question: asked, id })),
    );
    expect([...outcomes.values()]).toEqual(
      ids.map((id) => ({
        ask: { question: asked, id },
        status: 'missing',
        gap: expect.objectContaining({ kind: 'not-in-recording' }),
      })),
    );
  });

  test.each([
    ['that azlb could have asked it', '0.2.0', question],
    ['it has been asked from the first', '0.1.0', loadBalancer],
    ['a later azlb made the recording', '0.10.0', question],
  ])('is refused where %s', async (_, recordedBy, asked) => {
    await expect(askAll(asking(recordedBy), [{ question: asked, id: '/subscriptions/s/a' }])).rejects.toMatchObject({
      kind: 'not-recorded',
    });
  });
});
