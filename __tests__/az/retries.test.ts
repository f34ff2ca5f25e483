import { afterAll, describe, expect, test } from '@jest/globals';
import { classify } from '../../lib/az/classify.ts';
import { liveAz } from '../../lib/az/live.ts';
import { retry } from '../../lib/az/retry.ts';
import { askAll } from '../../lib/evidence/asking.ts';
import { machine } from '../../lib/evidence/questions/machine.ts';
import { failures } from './failures.ts';
import { fakeAz } from './fake-az.ts';

function named(name: string): string {
  const found = failures.find((failure) => failure.name === name);
  if (!found) throw new Error(`There is no failure ${name}.`);
  return found.stderr;
}
const failing = (name: string, argv: readonly string[]) => ({
  argv,
  exitCode: 1,
  stdout: '',
  stderr: named(name),
  seconds: 1,
});
const cleanups: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const clean of cleanups) await clean();
});

describe('az rest is tried again where typed commands try by themselves', () => {
  test.each(['bad gateway', 'GatewayTimeout', 'another operation', 'another write', 'connection reset'])(
    '%s',
    (name) => {
      const rest = failing(name, ['rest', '--method=post', '--url=/x']);
      expect(retry(rest, 1, false)).toEqual({ afterSeconds: 5, alone: false });
      expect(retry(rest, 2, false)).toBeUndefined();
      expect(retry(failing(name, ['network', 'lb', 'show']), 1, false)).toBeUndefined();
    },
  );

  test.each(['refused', 'group gone', 'disk full', 'no consent'])('not: %s', (name) =>
    expect(retry(failing(name, ['rest', '--url=/x']), 1, false)).toBeUndefined(),
  );

  test('a lock on the token cache, once and alone', () => {
    const locked = failing('token cache locked', ['network', 'nsg', 'show']);
    expect(retry(locked, 1, false)).toEqual({ afterSeconds: 0, alone: true });
    expect(retry(locked, 2, true)).toBeUndefined();
  });
});

test('the login of a claims challenge is a warning: it is asked for, once', async () => {
  const fake = await fakeAz(`
    if (process.env.AZURE_CORE_ONLY_SHOW_ERRORS === '0') process.stderr.write('WARNING: Run the command below to authenticate interactively; additional arguments may be added as needed:\\naz logout\\naz login --claims-challenge "x"\\n');
    console.error('ERROR: AADSTS50173: The provided grant has expired due to it being revoked.');
    process.exitCode = 1;`);
  cleanups.push(fake.remove);
  const live = liveAz({ machine: fake.machine, atOnce: 1 });
  const show = await live.run(['network', 'lb', 'show']);
  expect(classify(show)?.advice).toBe('Run az logout, then az login --claims-challenge "x".');
  expect(await fake.starts()).toHaveLength(2);
  await live.run(['network', 'lb', 'list']);
  expect(await fake.starts()).toHaveLength(3);
});

describe('20 machines', () => {
  const ids = Array.from(
    { length: 20 },
    (_, nth) => `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m${nth}`,
  );
  const askedOf = async (stderr: string, exitCode = 1) => {
    let processes = 0;
    const az = {
      run: async (argv: readonly string[]) => {
        processes += 1;
        return { argv, exitCode, stdout: '', stderr, seconds: 1 };
      },
    };
    const outcomes = await askAll(
      { az },
      ids.map((id) => ({ question: machine, id })),
    );
    expect([...outcomes.values()].every(({ status }) => status === 'missing')).toBe(true);
    expect(outcomes.size).toBe(20);
    return processes;
  };

  test.each([
    ['disk full', 1],
    ['token cache locked', 1],
    ['InternalServerError', 1],
    ['a claims challenge: the login is a warning', 1],
    ['an API version that the cloud lacks', 3],
    ['half an answer, elsewhere', 3],
  ])('%s: %i processes, where it is no fault of one of them', async (name, processes) =>
    expect(await askedOf(named(name))).toBe(processes),
  );

  test('killed: one process', async () => expect(await askedOf('', 137)).toBe(1));

  /** az says nothing of why where several all fail, and tells it of each alone. */
  const allFailing = async (name: string, stderr = '') => {
    let processes = 0;
    const az = {
      run: async (argv: readonly string[]) => {
        processes += 1;
        const alone = argv.filter((word) => word.startsWith('/')).length === 1;
        return { argv, exitCode: alone ? 3 : 1, stdout: '', stderr: alone ? named(name) : stderr, seconds: 1 };
      },
    };
    const outcomes = await askAll(
      { az },
      ids.map((id) => ({ question: machine, id })),
    );
    const said = [...outcomes.values()].map((outcome) =>
      outcome.status === 'missing' ? outcome.gap.kind : outcome.status,
    );
    return { processes, said: [...new Set(said)], count: said.length };
  };

  test.each([
    ['resource gone', 'gone', 21],
    ['refused', 'denied', 2],
    ['disk full', 'broken-install', 2],
  ])('each of them fails, of which az says nothing: %s', async (name, said, processes) =>
    expect(await allFailing(name)).toEqual({ processes, said: [said], count: 20 }),
  );

  test("nothing said is nothing but Python's own warnings", async () => {
    const warning = "/opt/az/lib/x.py:12: SyntaxWarning: invalid escape sequence '\\d'\n  x = '\\d'\n";
    expect(await allFailing('resource gone', warning)).toEqual({ processes: 21, said: ['gone'], count: 20 });
  });

  test('a fault that names one of them is looked for', async () =>
    expect(await askedOf(`ERROR: (BadRequest) The resource '${ids[3]}' is no machine.\n`)).toBeGreaterThan(3));
});
