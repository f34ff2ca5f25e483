import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../lib/az/call.ts';
import { classify } from '../../lib/az/classify.ts';
import { gapOf } from '../../lib/evidence/outcome.ts';
import { shortReason } from '../../lib/report/text-gaps.ts';
import { failures } from '../az/failures.ts';

const rule =
  '/subscriptions/3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb/loadBalancingRules/https';
const argv = ['rest', '--method=post', `--url=${rule}/health?api-version=2024-05-01`, '--verbose'];

function reasonOf(stderr: string, exitCode = 1): { readonly because: string; readonly advice: string } {
  const call: Call = { argv, exitCode, stdout: '', stderr, seconds: 1 };
  const failure = classify(call);
  if (!failure) throw new Error('That is an answer.');
  const { command, because } = gapOf(failure, failure.command);
  return { because: `${command}: ${because}`, advice: failure.advice };
}

describe('why health was not read, in short', () => {
  test.each(failures.map((failure) => [failure.name, failure] as const))(
    '%s: what to do is not cut off',
    (_, failure) => {
      const { because, advice } = reasonOf(failure.stderr, failure.exitCode);
      const short = shortReason(because);
      expect(short.length).toBeLessThan(330);
      // A missing right is said in its own words.
      const isRight = failure.kind === 'denied' && advice.startsWith('Ask for the action');
      expect(short).toContain(isRight ? 'ask an administrator for the action' : advice.slice(-60));
      if (because.length > 260) expect(short).not.toContain('/subscriptions/3f2c');
    },
  );
});
