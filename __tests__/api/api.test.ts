import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { diagnosing } from '../../commands/support/diagnosing.ts';
import { type Az, AzlbError, liveAz, replayAz, type Target, type TriageOptions, triage } from '../../lib/index.ts';
import { type FakeAz, fakeAz } from '../az/fake-az.ts';

const recording = 'recorded-outputs/unhealthy-member-generic-probe';
const folder = mkdtempSync(path.join(tmpdir(), 'azlb-api-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
}

async function failure(asked: Promise<unknown>): Promise<AzlbError> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AzlbError)) throw new Error(`No AzlbError but ${String(error)}`);
  return error;
}

describe('a recording', () => {
  const said = jest.spyOn(process.stdout, 'write');
  const noted = jest.spyOn(process.stderr, 'write');
  beforeEach(() => {
    said.mockClear();
    noted.mockClear();
  });
  afterAll(() => {
    jest.restoreAllMocks();
  });

  test('is diagnosed as by the command, with nothing printed', async () => {
    const az = replayAz(recording);
    const [itself, named] = await Promise.all([triage(az), triage(az, { name: 'web-lb', resourceGroup: 'shop-rg' })]);
    expect([said.mock.calls, noted.mock.calls]).toEqual([[], []]);
    const { diagnosis } = await diagnosing({ replay: recording, onlyShowErrors: true });
    expect(itself).toEqual(diagnosis);
    expect(named).toMatchObject({ verdict: 'degraded', loadBalancer: { name: 'web-lb' } });
  });

  test('is compared with what its owner expects', async () => {
    const expectation = file('own.yaml', 'owner: shop\npools:\n  web-pool:\n    members: 9');
    const diagnosis = await triage(replayAz(recording), {}, { expect: expectation });
    expect(diagnosis).toMatchObject({ expectation: { owner: 'shop' } });
    expect(JSON.stringify(diagnosis)).toContain('expected-count-differs');
  });

  test('answers what was recorded, and nothing else', async () => {
    const az = replayAz(recording);
    const answer = await az.run(['network', 'lb', 'show', '--resource-group=shop-rg', '--name=web-lb']);
    expect(JSON.parse(answer.stdout)).toMatchObject({ name: 'web-lb' });
    expect(await failure(az.run(['network', 'lb', 'list']))).toMatchObject({ kind: 'not-recorded', exitCode: 4 });
  });

  test('that can not be read is told when it is asked', async () => {
    const broken = path.join(folder, 'broken');
    cpSync(recording, broken, { recursive: true });
    writeFileSync(path.join(broken, 'case.json'), '{');
    expect(await failure(triage(replayAz(broken)))).toMatchObject({ kind: 'bad-recording', exitCode: 4 });
  });
});

describe('misuse is told before az is asked, in the words of the library', () => {
  const never = (target: unknown, options: unknown = {}) => failure(misused(liveAz(), target, options));
  /** As from JavaScript. */
  const misused: (az: unknown, target?: unknown, options?: unknown) => Promise<unknown> = (az, target, options) =>
    Reflect.apply<undefined, [Az, Target, TriageOptions], Promise<unknown>>(triage, undefined, [
      az as never,
      target as never,
      options as never,
    ]);

  test.each<readonly [unknown, unknown, string]>([
    [{ nam: 'web-lb' }, {}, 'target has no "nam". Did you mean name?'],
    [{ group: 'g' }, {}, 'target has no "group". It has ids, resourceGroup, name, subscription.'],
    ['web-lb', {}, 'target must be an object.'],
    [{ name: '' }, {}, 'name of target must be a text that is not empty.'],
    [{ name: 5 }, {}, 'name of target must be a text'],
    [{ ids: [] }, {}, 'ids of target must be a list of resource ids.'],
    [{ ids: ['/subscriptions/s'] }, {}, 'ids "/subscriptions/s" is no load balancer'],
    [{ ids: ['x'], name: 'y' }, {}, 'ids says all: leave resourceGroup, name and subscription out.'],
    [{ name: '@/etc/passwd' }, {}, 'name must not begin with @'],
    [{ resourceGroup: 'a b' }, {}, 'resourceGroup "a b" is no name of a resource group'],
    [{ name: 'x' }, { timeoutSeconds: '5' }, 'timeoutSeconds of options must be a number of seconds above 0'],
    [{ name: 'x' }, { timeoutSeconds: Number.NaN }, 'timeoutSeconds of options'],
    [{ name: 'x' }, { timeout: 5 }, 'options has no "timeout". Did you mean timeoutSeconds?'],
    [{}, { limit: -1 }, 'limit of options must be a whole number'],
  ])('%j %j', async (target, options, message) => {
    const error = await never(target, options);
    expect(error).toMatchObject({ kind: 'usage', exitCode: 2, command: null, hint: null });
    expect(error.message).toContain(message);
  });

  test('an expectation file that is none', async () => {
    const error = await never({ name: 'x' }, { expect: file('bad.yaml', 'ownr: x') });
    expect(error).toMatchObject({ kind: 'expectation', exitCode: 2 });
    expect(error.message).toContain('Did you mean owner?');
  });

  test('an az that is not of the library, and no recording', async () => {
    const own = { run: async () => ({ argv: [], exitCode: 0, stdout: '{}', stderr: '', seconds: 0 }) };
    expect(await failure(misused(own, { name: 'x' }))).toMatchObject({ kind: 'usage' });
    expect(await failure(misused(undefined))).toMatchObject({ kind: 'usage' });
    expect(() => replayAz('no/such/folder')).toThrow(AzlbError);
  });

  test('something else than the recording is of', async () => {
    const error = await failure(triage(replayAz(recording), { subscription: 's' }));
    expect(error).toMatchObject({ kind: 'not-recorded', exitCode: 4 });
    expect(error.message).toContain('Leave resourceGroup, subscription and ids out');
  });
});

describe('the az of this machine', () => {
  const { PATH } = process.env;
  let fake: FakeAz;
  const faking = async (lines: string) => {
    fake = await fakeAz(lines);
    process.env.PATH = fake.folder;
  };
  afterEach(async () => {
    process.env.PATH = PATH;
    await fake.remove();
  });

  test('only reads', async () => {
    await faking("console.log('[]')");
    const az = liveAz();
    for (const argv of [
      ['network', 'lb', 'delete', '--name=x'],
      ['rest', '--method=get', '--url=/subscriptions/s', '--method=delete'],
    ]) {
      expect(await failure(az.run(argv))).toMatchObject({ kind: 'refused', exitCode: 2 });
    }
    for (const argv of [[], 'network lb list', [['network']]]) {
      expect(await failure(az.run(argv as never))).toMatchObject({ kind: 'usage' });
    }
    expect(await fake.starts()).toEqual([]);
    const changed = ['network', 'lb', 'list'];
    const asked = az.run(changed);
    changed[2] = 'delete';
    expect(await asked).toMatchObject({ argv: ['network', 'lb', 'list'], exitCode: 0, stdout: '[]\n' });
    expect((await fake.starts()).map(({ argv }) => argv.slice(0, 3))).toEqual([['network', 'lb', 'list']]);
  });

  test('that fails is told with its command and what to do', async () => {
    await faking(
      "console.error('ERROR: Please run \\'az login\\' to setup account.'); process.exitCode = 1; console.log('')",
    );
    const error = await failure(triage(liveAz({ batch: false }), { name: 'web-lb' }));
    expect(error).toMatchObject({ kind: 'not-logged-in', exitCode: 4, command: 'az network lb show --name=web-lb' });
    expect(error.hint).toContain('az login');
    expect(error.message.endsWith(error.hint ?? '-')).toBe(true);
  });

  test('has the time it is given', async () => {
    await faking('setTimeout(() => {}, 60_000)');
    const begun = performance.now();
    const error = await failure(triage(liveAz(), { name: 'web-lb' }, { timeoutSeconds: 1.5 }));
    expect(error).toMatchObject({ kind: 'time-up', exitCode: 4 });
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  test('finds nothing in a group without a throw', async () => {
    await faking("console.log('[]')");
    expect(await triage(liveAz(), { resourceGroup: 'empty' })).toMatchObject({ loadBalancers: [], notAsked: [] });
  });

  test('that is not there is one more reason', async () => {
    fake = await fakeAz('');
    process.env.PATH = path.join(folder, 'nothing');
    expect(await failure(triage(liveAz(), {}))).toMatchObject({ kind: 'not-installed', exitCode: 4 });
  });
});
