import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Az, Call, RunOptions } from '../../lib/az/call.ts';
import { askAll } from '../../lib/evidence/asking.ts';
import { networkInterface } from '../../lib/evidence/questions/network-interface.ts';
import { question } from '../../lib/recording/question.ts';
import { recording, refuseFolder } from '../../lib/recording/recording.ts';
import { type Replay, replayAz } from '../../lib/recording/replay.ts';
import type { CaseFile } from '../../schemas/recording.generated.ts';

const group = '/subscriptions/0a/resourceGroups/rg';
const nicId = (name: string) => `${group}/providers/Microsoft.Network/networkInterfaces/${name}`;
const showNics = (...names: string[]) => ['network', 'nic', 'show', '--ids', ...names.map(nicId)];
const caseFile: CaseFile = {
  schemaVersion: 1,
  title: 'A test',
  target: {
    id: `${group}/providers/Microsoft.Network/loadBalancers/web`,
    name: 'web',
    resourceGroup: 'rg',
    subscriptionId: '0a',
  },
  az: '2.91.0',
  recordedAt: '2026-01-02T03:04:05Z',
};

type Answers = Readonly<Record<string, Partial<Call> | readonly Partial<Call>[]>>;

/** Answers command lines, written with blanks between their arguments, from a table. */
function tableAz(answers: Answers): Az {
  const asked = new Map<string, number>();
  return {
    async run(argv, options) {
      const line = argv.join(' ');
      const nth = asked.get(line) ?? 0;
      asked.set(line, nth + 1);
      const listed = answers[line] ?? { exitCode: 9, stderr: `no answer to ${line}` };
      const answer = 'length' in listed ? listed[nth] : listed;
      const input = options?.input === undefined ? {} : { input: options.input };
      return { argv, ...input, exitCode: 0, stdout: '', stderr: '', seconds: 0.5, ...answer };
    },
  };
}

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'recording-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

type Asked = readonly (readonly [argv: readonly string[], options?: RunOptions])[];

async function recorded(answers: Answers, asked: Asked, name = 'case'): Promise<Replay> {
  const folder = path.join(root, name);
  const keeping = recording(tableAz(answers), folder);
  for (const [argv, options] of asked) await keeping.run(argv, options);
  await keeping.save(caseFile);
  return replayAz(folder);
}

const json = (value: unknown): Partial<Call> => ({ stdout: JSON.stringify(value) });
const gone: Partial<Call> = { exitCode: 3, stderr: 'ERROR: (NotFound) Resource gone not found.\n' };
const nic = (name: string) => ({ id: nicId(name).toUpperCase(), name });

describe('a recording in one file', () => {
  const place = () => path.join(root, 'one.json');
  const kept = async (file: string): Promise<void> => {
    const keeping = recording(tableAz({ [showNics('a').join(' ')]: json(nic('a')) }), file);
    await keeping.run(showNics('a'));
    await keeping.save(caseFile);
  };

  test('answers as its folder does, and leaves nothing beside it', async () => {
    await kept(place());
    const replay = await replayAz(place());
    expect(JSON.parse((await replay.run(showNics('a'))).stdout)).toEqual(nic('a'));
    expect({ target: replay.target, unused: replay.unused() }).toEqual({ target: caseFile.target, unused: [] });
    expect(await readdir(root)).toEqual(['one.json']);
  });

  const texts: readonly (readonly [string, (text: string) => Buffer])[] = [
    ['with a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
    ['as `>` of Windows PowerShell writes it', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['in UTF-16, high byte first', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['with line ends of Windows', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ];
  test.each(texts)('is read %s, and a folder too', async (_, written) => {
    const file = path.join(root, 'Größe 日本.json');
    await kept(file);
    await writeFile(file, written(await readFile(file, 'utf8')));
    expect(JSON.parse((await (await replayAz(file)).run(showNics('a'))).stdout)).toEqual(nic('a'));
    await recorded({ [showNics('é').join(' ')]: json(nic('é')) }, [[showNics('é')]]);
    const calls = path.join(root, 'case', 'calls');
    for (const part of [path.join(root, 'case', 'case.json'), path.join(calls, (await readdir(calls))[0] ?? '')])
      await writeFile(part, written(await readFile(part, 'utf8')));
    const replay = await replayAz(path.join(root, 'case'));
    expect(JSON.parse((await replay.run(showNics('é'))).stdout)).toEqual(nic('é'));
  });

  test.each([
    ['in a code page', (text: string) => Buffer.from(text.replace('A test', 'Größe'), 'latin1')],
    ['in half a UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').subarray(0, -1)],
  ])('is not guessed at when it is written %s', async (_, written) => {
    await kept(place());
    await writeFile(place(), written(await readFile(place(), 'utf8')));
    await expect(replayAz(place())).rejects.toThrow('it is not written in UTF-8');
  });

  test('replaces no file', async () => {
    await writeFile(place(), 'mine');
    await expect(kept(place())).rejects.toThrow('is there already');
    expect(await readFile(place(), 'utf8')).toBe('mine');
  });

  test.each<readonly [string, string, string]>([
    ['no JSON', 'mine', 'is not JSON'],
    ['another version', JSON.stringify({ ...caseFile, schemaVersion: 9, calls: [] }), 'schemaVersion 9'],
    ['no calls', JSON.stringify(caseFile), 'has no calls'],
    [
      'a call that is none',
      JSON.stringify({ ...caseFile, calls: [{ argv: ['version'] }] }),
      'it has no calls[0].exitCode',
    ],
    [
      'calls that are none',
      JSON.stringify({ ...caseFile, calls: {} }),
      'it has calls an object: expected a list of calls',
    ],
  ])('says what is wrong with %s', async (_, text, says) => {
    await writeFile(place(), text);
    await expect(replayAz(place())).rejects.toThrow(says);
  });
});

describe('what a command line asks', () => {
  const same: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['an id and a name', showNics('a'), ['network', 'nic', 'show', '--resource-group=RG', '--name=A']],
    ['short options', ['network', 'nic', 'show', '-g', 'rg', '-n', 'a'], showNics('a')],
    ['the default group', ['network', 'nic', 'show', '--name=a'], showNics('a')],
    [
      'a parent',
      ['network', 'vnet', 'subnet', 'show', '--vnet-name=v', '--name=s', '--resource-group=rg'],
      [
        'network',
        'vnet',
        'subnet',
        'show',
        '--ids',
        `${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s`,
      ],
    ],
    [
      '--verbose, output and a needless subscription',
      showNics('a'),
      [...showNics('a'), '--verbose', '--subscription=x', '-o', 'json'],
    ],
    [
      'the order of options',
      ['vmss', 'show', '--name=a', '--expand=x', '--resource-group=rg'],
      ['vmss', 'show', '--resource-group=rg', '--expand=x', '--name=a'],
    ],
    [
      'the host of a URL',
      ['rest', '--method=get', `--url=https://management.azure.com${group}?api-version=1`],
      ['rest', '--url', `${group}?api-version=1`],
    ],
    [
      'the times of a window',
      ['monitor', 'metrics', 'list', `--resource=${group}`, '--metrics=X', '--start-time=2026-01-01T00:00:00Z'],
      ['monitor', 'metrics', 'list', '--resource', group, '--metric', 'X', '--start-time=2026-02-01T00:00:00Z'],
    ],
    [
      'capitals in options',
      ['vmss', 'show', '--name=a', '--expand=instanceView'],
      ['vmss', 'show', '--name=A', '--expand=InstanceView'],
    ],
    ['a list in the own subscription', ['network', 'lb', 'list'], ['network', 'lb', 'list', '--subscription=0A']],
  ];
  test.each(same)('is the same whatever the spelling of %s', (_, one, other) => {
    expect(question(one, undefined, caseFile.target).keys).toEqual(question(other, undefined, caseFile.target).keys);
  });

  const other: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['the verb', showNics('a'), ['network', 'nic', 'list-effective-nsg', '--ids', nicId('a')]],
    ['the name', showNics('a'), showNics('b')],
    ['the group', ['network', 'lb', 'list', '--resource-group=rg'], ['network', 'lb', 'list']],
    ['the subscription', ['network', 'lb', 'list', '--subscription=0b'], ['network', 'lb', 'list']],
    ['an option that changes the answer', ['vmss', 'show', '--name=a', '--expand=x'], ['vmss', 'show', '--name=a']],
    [
      'the metric',
      ['monitor', 'metrics', 'list', `--resource=${group}`, '--metrics=X'],
      ['monitor', 'metrics', 'list', `--resource=${group}`, '--metrics=Y'],
    ],
    ['the method', ['rest', '--method=post', `--url=${group}`], ['rest', '--method=get', `--url=${group}`]],
    ['the query', ['rest', `--url=${group}?api-version=1`], ['rest', `--url=${group}?api-version=2`]],
    [
      'the scale set of a NIC',
      ['vmss', 'nic', 'show', '--vmss-name=s', '--instance-id=1', '--name=a'],
      ['vmss', 'nic', 'show', '--vmss-name=s', '--instance-id=2', '--name=a'],
    ],
  ];
  test.each(other)('is another thing with %s', (_, one, two) => {
    expect(question(one, undefined, caseFile.target).keys).not.toEqual(question(two, undefined, caseFile.target).keys);
  });

  test('a body belongs to it', () => {
    const batch = ['rest', '--method=post', '--url=/batch?api-version=2020-06-01', '--body=@-'];
    expect(question(batch, '{"requests": [1]}').keys).toEqual(question(batch, '{"requests":[1]}').keys);
    expect(question(batch, '{"requests":[1]}').keys).not.toEqual(question(batch, '{"requests":[2]}').keys);
  });
});

describe('a recording', () => {
  test('is readable files, for their owner only', async () => {
    const replay = await recorded({ [showNics('a').join(' ')]: json(nic('a')), 'network lb list': json([]) }, [
      [showNics('a')],
      [['network', 'lb', 'list']],
    ]);
    const folder = path.join(root, 'case');
    expect(await readdir(path.join(folder, 'calls'))).toEqual([
      '01-network-nic-show-a.json',
      '02-network-lb-list.json',
    ]);
    const file = path.join(folder, 'calls', '01-network-nic-show-a.json');
    expect(await readFile(file, 'utf8')).toContain(
      `  "stdout": {\n    "id": "${nicId('a').toUpperCase()}",\n    "name": "a"\n  }`,
    );
    for (const [entry, mode] of [
      ['', 0o700],
      ['calls', 0o700],
      ['case.json', 0o600],
      ['calls/02-network-lb-list.json', 0o600],
    ] as const) {
      expect((await stat(path.join(folder, entry))).mode & 0o777).toBe(mode);
    }
    expect(await readdir(root)).toEqual(['case']);
    expect(replay).toMatchObject({
      target: caseFile.target,
      azVersion: '2.91.0',
      title: 'A test',
      recordedAt: caseFile.recordedAt,
    });
  });

  test('keeps of --verbose only what is needed', async () => {
    const url = ['rest', '--method=post', `--url=${group}/health`, '--verbose'];
    const stderr =
      "INFO: Request URL: 'https://m/x'\nINFO: Request headers:\nINFO:     'Authorization': 'Bearer x'\nINFO: Response status: 202\nINFO: Response headers:\nINFO:     'Location': 'https://m/y'\nINFO:     'Cookie': 'x'\nINFO: Response content:\nINFO: secret\n";
    const replay = await recorded({ [url.join(' ')]: { stderr } }, [[url]]);
    expect((await replay.run(url)).stderr).toBe(
      "INFO: Request URL: 'https://m/x'\nINFO: Response status: 202\nINFO: Response headers:\nINFO:     'Location': 'https://m/y'\n",
    );
  });

  test('may be changed on its way out', async () => {
    const folder = path.join(root, 'masked');
    const keeping = recording(tableAz({ 'account show': json('secret') }), folder);
    await keeping.run(['account', 'show']);
    await keeping.save(caseFile, (call) => ({ ...call, stdout: call.stdout.replace('secret', 'masked') }));
    expect(await readFile(path.join(folder, 'calls', '01-account-show.json'), 'utf8')).not.toContain('secret');
  });

  test('goes into a new or an empty folder only', async () => {
    const make = {
      full: async (at: string) => {
        await mkdir(at);
        await writeFile(path.join(at, 'x'), '');
      },
      link: async (at: string) => {
        await mkdir(path.join(root, 'elsewhere'));
        await symlink(path.join(root, 'elsewhere'), at);
      },
      file: (at: string) => writeFile(at, ''),
    };
    for (const [name, put] of Object.entries(make)) {
      const at = path.join(root, name);
      await put(at);
      await expect(refuseFolder(`${at}/`)).rejects.toMatchObject({
        kind: 'bad-recording',
        message: expect.stringContaining(name),
      });
      await expect(recording(tableAz({}), at).save(caseFile)).rejects.toMatchObject({ kind: 'bad-recording' });
    }
    expect(await readdir(path.join(root, 'elsewhere'))).toEqual([]);
    await mkdir(path.join(root, 'empty'));
    await recording(tableAz({}), path.join(root, 'empty')).save(caseFile);
    await recording(tableAz({}), path.join(root, 'deep', 'er')).save(caseFile);
    expect((await readdir(root)).sort()).toEqual(['deep', 'elsewhere', 'empty', 'file', 'full', 'link']);
    expect(await readdir(path.join(root, 'empty'))).toEqual(['calls', 'case.json']);
  });

  test('comes back as it was, whatever az printed', async () => {
    const stdout = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constantFrom('', '{"__proto__":{"a":1}}', '{"id":', '<html>', '"text"', 'null'),
    );
    const calls = fc.array(
      fc.record({
        stdout,
        stderr: fc.string(),
        exitCode: fc.nat(3),
        timedOut: fc.option(fc.constant(true as const), { nil: undefined }),
      }),
      { maxLength: 12 },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(calls, async (answers) => {
        const argv = (at: number) => ['rest', `--url=/${at}`];
        const table = Object.fromEntries(
          answers.map(({ timedOut, ...answer }, at) => [
            argv(at).join(' '),
            timedOut ? { ...answer, timedOut } : answer,
          ]),
        );
        const replay = await recorded(
          table,
          answers.map((_, at) => [argv(at)] as const),
          `run-${run++}`,
        );
        for (const [at, answer] of answers.entries()) {
          const call = await replay.run(argv(at));
          expect(call).toMatchObject({
            argv: argv(at),
            stderr: answer.stderr,
            exitCode: answer.exitCode,
            seconds: 0.5,
          });
          expect(call.timedOut).toBe(answer.timedOut);
          expect(asValue(call.stdout)).toEqual(asValue(answer.stdout));
        }
        expect(replay.unused()).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

// Number forms aside: 1.0 and 1 are one value.
function asValue(text: string): unknown {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { text };
  }
}

describe('a replay', () => {
  test('answers any batches, however they were recorded', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const isGone = (name: string) => name === 'c';
    // As az answers: what fails is left out; one left is no list; none is an error without a word.
    const azLike: Az = {
      async run(argv) {
        const asked = argv.slice(4).map((id) => id.split('/').at(-1) ?? '');
        const values = asked.filter((name) => !isGone(name)).map(nic);
        const call = { argv, stdout: '', stderr: '', exitCode: 0, seconds: 1 };
        if (asked.length === 1 && values.length === 0) return { ...call, ...gone };
        if (values.length === 0) return { ...call, exitCode: 1 };
        return { ...call, stdout: JSON.stringify(values.length === 1 ? values[0] : values) };
      },
    };
    const partition = fc
      .array(fc.nat(2), { minLength: names.length, maxLength: names.length })
      .map((parts) =>
        [0, 1, 2].map((part) => names.filter((_, at) => parts[at] === part)).filter((part) => part.length > 0),
      );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(partition, partition, async (one, other) => {
        const folder = path.join(root, `batch-${run++}`);
        const keeping = recording(azLike, folder);
        for (const part of one) await keeping.run(showNics(...part));
        // What a batch loses is asked for alone.
        if (one.some((part) => part.some(isGone) && part.length > 1)) await keeping.run(showNics('c'));
        await keeping.save(caseFile);
        const replay = await replayAz(folder);
        for (const part of other) {
          const [expected, actual] = [
            await azLike.run(showNics(...part)),
            await replay.run(showNics(...part.toReversed())),
          ];
          expect(actual.exitCode).toBe(expected.exitCode);
          expect(sorted(actual.stdout)).toEqual(sorted(expected.stdout));
        }
        expect((await replay.run(showNics('C'))).exitCode).toBe(3);
        expect(replay.unused()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('things that are gone are gone in whatever batch they are asked for', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const replay = await recorded(Object.fromEntries(names.map((name) => [showNics(name).join(' '), gone])), [
      ...names.map((name) => [showNics(name)] as const),
    ]);
    const outcomes = await askAll(
      { az: replay },
      names.map((name) => ({ question: networkInterface, id: nicId(name) })),
    );
    expect([...outcomes.values()].map(({ status }) => status)).toEqual(names.map(() => 'gone'));
  });

  test("the {} that az prints for a spoiled batch is nobody's answer", async () => {
    const batch = showNics('gone', 'a', 'b');
    const table = {
      [batch.join(' ')]: json([{}, {}, nic('b')]),
      [showNics('a').join(' ')]: json(nic('a')),
      [showNics('gone').join(' ')]: gone,
    };
    const replay = await recorded(table, [[batch], [showNics('gone')], [showNics('a')]]);
    expect(JSON.parse((await replay.run(batch)).stdout)).toEqual([{}, {}, nic('b')]);
    expect(JSON.parse((await replay.run(showNics('b', 'a'))).stdout)).toEqual([nic('b'), nic('a')]);
    expect(JSON.parse((await replay.run(showNics('gone', 'a'))).stdout)).toEqual(nic('a'));
    expect(await replay.run(['network', 'nic', 'show', '--name=gone'])).toMatchObject(gone);
  });

  test('a batch that lost everything counts as used when its ids are asked for', async () => {
    const table = {
      [showNics('a', 'b').join(' ')]: json([{}, {}]),
      [showNics('a').join(' ')]: json(nic('a')),
      [showNics('b').join(' ')]: gone,
    };
    const replay = await recorded(table, [[showNics('a', 'b')], [showNics('a')], [showNics('b')]]);
    await replay.run(showNics('a'));
    await replay.run(showNics('b'));
    expect(replay.unused()).toEqual([]);
  });

  test('effective rules are told apart by whose NIC they are', async () => {
    const effective = (name: string) => ({
      value: [{ association: { subnet: { id: 's' } } }, { association: { networkInterface: { id: nicId(name) } } }],
    });
    const ask = (...names: string[]) => ['network', 'nic', 'list-effective-nsg', '--ids', ...names.map(nicId)];
    const replay = await recorded({ [ask('a', 'b').join(' ')]: json([effective('b'), effective('a')]) }, [
      [ask('a', 'b')],
    ]);
    expect(JSON.parse((await replay.run(ask('a'))).stdout)).toEqual(effective('a'));
  });

  test('a batch that failed as a whole fails for each of its ids', async () => {
    const expired: Partial<Call> = { exitCode: 1, stderr: 'ERROR: AADSTS70043: expired\n' };
    const replay = await recorded({ [showNics('a', 'b').join(' ')]: expired }, [[showNics('a', 'b')]]);
    expect(await replay.run(showNics('b'))).toMatchObject(expired);
  });

  test('polling gets the answers in their order, and the last one stays', async () => {
    const poll = ['rest', '--method=get', '--url=https://management.azure.com/operations/1'];
    const replay = await recorded({ [poll.join(' ')]: [{}, {}, json({ up: [] })] }, [[poll], [poll], [poll]]);
    const answers = [];
    for (let at = 0; at < 5; at += 1)
      answers.push((await replay.run(['rest', '--url=/operations/1'])).stdout.trim().length > 0);
    expect(answers).toEqual([false, false, true, true, true]);
  });

  test('refuses a question it has no answer to, and names what nobody asked', async () => {
    const batch = showNics('a', 'lost');
    const replay = await recorded({ [batch.join(' ')]: json([{}, nic('a')]), 'network lb list': json([]) }, [
      [batch],
      [['network', 'lb', 'list']],
    ]);
    for (const argv of [showNics('x'), showNics('a', 'x'), showNics('lost')]) {
      await expect(replay.run(argv)).rejects.toMatchObject({
        kind: 'not-recorded',
        message: expect.stringContaining('az network nic show --ids'),
      });
    }
    await expect(replay.run(showNics('x'))).rejects.toThrow(path.join(root, 'case'));
    expect(replay.unused()).toEqual(['calls/02-network-lb-list.json: az network lb list']);
  });

  const call = { argv: ['x'], exitCode: 0, seconds: 0, stderr: '', stdoutIs: 'text', stdout: '' };
  const broken: readonly (readonly [string, (at: string) => Promise<unknown>])[] = [
    ['it is not there', (at) => rm(at, { recursive: true })],
    [
      'it is a link',
      async (at) => {
        await rename(at, `${at}-away`);
        await symlink(`${at}-away`, at);
      },
    ],
    [
      'it is no folder',
      async (at) => {
        await rm(at, { recursive: true });
        await writeFile(at, '');
      },
    ],
    ['case.json is not there', (at) => rm(path.join(at, 'case.json'))],
    ['case.json is not JSON', (at) => writeFile(path.join(at, 'case.json'), '{')],
    [
      'case.json has schemaVersion 2: expected 1',
      (at) => writeFile(path.join(at, 'case.json'), JSON.stringify({ ...caseFile, schemaVersion: 2 })),
    ],
    [
      'case.json has schemaVersion "9": expected 1',
      (at) => writeFile(path.join(at, 'case.json'), '{"schemaVersion":"9"}'),
    ],
    ['case.json is a list: expected an object', (at) => writeFile(path.join(at, 'case.json'), '[]')],
    ['case.json has no title: expected text', (at) => writeFile(path.join(at, 'case.json'), '{"schemaVersion":1}')],
    [
      'case.json has no target.name: expected text',
      (at) => writeFile(path.join(at, 'case.json'), JSON.stringify({ ...caseFile, target: { id: 'x' } })),
    ],
    [
      'case.json has recordedAt "yesterday": expected a time in UTC',
      (at) => writeFile(path.join(at, 'case.json'), JSON.stringify({ ...caseFile, recordedAt: 'yesterday' })),
    ],
    [
      'case.json has scope.limit -1: expected how many',
      (at) =>
        writeFile(
          path.join(at, 'case.json'),
          JSON.stringify({ ...caseFile, scope: { subscription: null, resourceGroup: null, ids: [], limit: -1 } }),
        ),
    ],
    ['calls is not there', (at) => rm(path.join(at, 'calls'), { recursive: true })],
    [
      'calls/01-a.json has seconds -1e+300: expected how long it took: a number of seconds from 0 to a year',
      (at) => writeFile(path.join(at, 'calls', '01-a.json'), JSON.stringify({ ...call, seconds: -1e300 })),
    ],
    [
      'calls/01-a.json is nested deeper than any answer of Azure',
      (at) => writeFile(path.join(at, 'calls', '01-a.json'), `{"argv":${'['.repeat(100_000)}`),
    ],
    ['calls/01-a.json is not JSON', (at) => writeFile(path.join(at, 'calls', '01-a.json'), '{"argv"')],
    [
      'calls/01-a.json has argv "x": expected the words after az, a list of texts',
      (at) => writeFile(path.join(at, 'calls', '01-a.json'), JSON.stringify({ ...call, argv: 'x' })),
    ],
    [
      'calls/01-a.json has exitCode 0.5: expected a whole number',
      (at) => writeFile(path.join(at, 'calls', '01-a.json'), JSON.stringify({ ...call, exitCode: 0.5 })),
    ],
    [
      'calls/01-a.json has stdoutIs "xml": expected json, or text',
      (at) => writeFile(path.join(at, 'calls', '01-a.json'), JSON.stringify({ ...call, stdoutIs: 'xml' })),
    ],
    [
      'calls/01-a.json has stdout a list: expected text, as stdoutIs says',
      (at) => writeFile(path.join(at, 'calls', '01-a.json'), JSON.stringify({ ...call, stdout: [] })),
    ],
    [
      'calls/01-a.json has timeUp -1: expected the time limit',
      (at) => writeFile(path.join(at, 'calls', '01-a.json'), JSON.stringify({ ...call, timedOut: true, timeUp: -1 })),
    ],
    ['calls/01-a.json is a link', (at) => symlink('/etc/hostname', path.join(at, 'calls', '01-a.json'))],
    ['calls/01-a.json is no file', (at) => mkdir(path.join(at, 'calls', '01-a.json'))],
    [
      'calls/01-a.json is larger than 64 MB',
      async (at) => {
        await writeFile(path.join(at, 'calls', '01-a.json'), '');
        await truncate(path.join(at, 'calls', '01-a.json'), 64 * 1024 * 1024 + 1);
      },
    ],
  ];
  test.each(broken)('is of no folder of which %s', async (what, breakIt) => {
    await recorded({ 'account show': json({}) }, [[['account', 'show']]]);
    const at = path.join(root, 'case');
    await breakIt(at);
    const expected = { kind: 'bad-recording', message: expect.stringContaining(`${at}/ is no recording: ${what}`) };
    await expect(replayAz(`${at}/`)).rejects.toMatchObject(expected);
  });
});

function sorted(stdout: string): unknown {
  if (stdout === '') return '';
  const value: unknown = JSON.parse(stdout);
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
}
