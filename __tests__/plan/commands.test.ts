import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { run } from '../../commands/root.ts';

const written = { out: '', err: '' };
const { write } = process.stdout;
const { write: writeError } = process.stderr;

/** Takes what is written instead of a stream, and tells that it was. */
const taker =
  (to: 'out' | 'err') =>
  (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    written[to] += String(chunk);
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };

beforeEach(() => {
  Object.assign(written, { out: '', err: '' });
  process.stdout.write = taker('out');
  process.stderr.write = taker('err');
});
afterEach(() => {
  process.stdout.write = write;
  process.stderr.write = writeError;
  process.exitCode = undefined;
});

const healthy = ['--replay', 'recorded-outputs/healthy-public'];
const instances = ['--replay', 'recorded-outputs/scale-set-healthy'];
const drained = ['--replay', 'recorded-outputs/admin-state-down'];

test.each<readonly [argv: readonly string[], code: number | undefined, out: RegExp, err: RegExp]>([
  [['drain', 'web-2', ...healthy], 0, /^PLAN {2}to drain web-lb: 1 of its/, /./],
  [['drain', 'web-pool/web-2-nic', ...healthy, '-o', 'json'], 0, /"kind": "drain"/, /./],
  [['drain', 'web-1', 'web-2', ...healthy], 1, /^✗ REFUSED {2}to drain web-lb: https would have 1 of 3 up/, /./],
  [['drain', 'web-1', 'web-2', ...healthy, '--min-healthy=1'], 0, /^PLAN/, /./],
  [['remove', 'web-2', ...healthy], 0, /^PLAN {2}to take members out of web-lb/, /./],
  [['remove', 'web_1', ...instances], 1, /one by one: azlb plan drain/, /./],
  [['drain', 'web-2', ...drained], 1, /^- NO PLAN/, /./],
  [['drain', 'web-2', ...healthy, '--mask'], 0, /^PLAN {2}to drain lb-1/, /./],
  [['drain', 'web-9', ...healthy], 3, /^$/, /Nobody in web-lb is called "web-9"\. Its members: web-pool\/web-1-nic/],
  [['drain', 'web-nic', ...instances], 2, /^$/, /is several members of web-lb: web-pool\/web_1, /],
  [['drain', ...healthy], 2, /^$/, /./],
  [['drain', ' ', ...healthy], 2, /^$/, /MEMBER must be/],
  [['drain', 'web-2', ...healthy, '--min-healthy=-1'], 2, /^$/, /--min-healthy needs a whole number/],
  [['drain', 'web-2', ...healthy, '--pool', 'web-pol'], 2, /^$/, /Did you mean web-pool\?/],
  [['drain', 'web-2', ...healthy, '--pool', 'a', '--pool', 'b'], 2, /^$/, /--pool is given more than once/],
  [['add', 'web-2', '--pool=web-pool', ...healthy], 1, /^- NO PLAN {2}to add to web-lb: there is nothing to do/, /./],
  [['add', 'web-2', ...healthy], 2, /^$/, /pool/],
  [
    ['add', 'web-9', '--pool=web-pool', ...healthy],
    4,
    /^$/,
    /could join a pool is called "web-9", and not all was read/,
  ],
  [['swap', '--from=web-pool', '--to=web-pol', ...healthy], 2, /^$/, /--to "web-pol": .*Did you mean web-pool\?/],
  [['swap', '--from=web-pool', '--to=WEB-POOL', ...healthy], 2, /^$/, /--from and --to are both "web-pool"/],
  [['swap', '--from=web-pool', ...healthy], 2, /^$/, /to/],
  [['swap', '--from=a', '--to=b', '--min-healthy=0', ...healthy], 2, /^$/, /a whole number above 0/],
  [['fix', '--finding', 'admin-state-down', 'rule-all-down', ...drained], 0, /^PLAN/, /./],
])('azlb plan %j: exit code %j', async (argv, code, out, err) => {
  await run(['plan', ...argv]);
  expect({ ...written, code: process.exitCode ?? 0 }).toEqual({
    out: expect.stringMatching(out),
    err: expect.stringMatching(err),
    code,
  });
});
