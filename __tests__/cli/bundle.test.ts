import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { recording } from '../../lib/recording/recording.ts';
import { triage } from '../../lib/triage/triage.ts';
import about from '../../package.json' with { type: 'json' };
import diagnosisSchema from '../../schemas/diagnosis.schema.json' with { type: 'json' };
import { azInMemory } from '../world/az-in-memory.ts';
import { healthDenied, metricsDenied, subnetDenies } from '../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { buildInto } from './build.ts';
import { node } from './node.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'azlb-bundle-'));
const bundle = path.join(folder, 'azlb.js');

beforeAll(() => buildInto(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const azlb = (
  argv: readonly string[],
  { stdout, closeStdout = false, sabotage }: { stdout?: number; closeStdout?: boolean; sabotage?: string } = {},
) =>
  new Promise<Ended>((resolve, reject) => {
    // No az is found on this PATH.
    const env = { ...process.env, PATH: folder, NO_COLOR: '1' };
    const first = sabotage === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(sabotage)}`];
    const child = spawn(node, [...first, bundle, ...argv], {
      env,
      stdio: ['ignore', stdout ?? 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    if (closeStdout) child.stdout?.destroy();
    child.stdout?.on('data', (chunk) => {
      texts.stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      texts.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...texts }));
  });

describe('errors say what is wrong on stderr, nothing on stdout', () => {
  test.each<readonly [string, readonly string[], number, string]>([
    ['no command', [], 2, '--help'],
    ['an unknown command', ['frobnicate'], 2, 'frobnicate'],
    ['a misspelt command', ['trige'], 2, 'Did you mean triage?'],
    ['an argument too many', ['triage', 'web-lb'], 2, 'web-lb'],
    ['an unknown option', ['triage', '--frobnicate'], 2, 'frobnicate'],
    ['a misspelt option', ['triage', '--resorce-group', 'x'], 2, 'Did you mean --resource-group?'],
    ['an option without its value', ['triage', '-g'], 2, '-g needs a value'],
    ['an option in place of a value', ['triage', '-g', '-n', 'x'], 2, '-g needs a value'],
    ['an empty value', ['triage', '-g', '', '-n', 'x'], 2, 'empty'],
    ['an option twice', ['triage', '-g', 'a', '-g', 'b'], 2, '-g is given more than once'],
    ['an option twice, by both names', ['triage', '-n', 'a', '--lb-name', 'b'], 2, 'more than once'],
    ['a value out of the list', ['triage', '-n', 'x', '-o', 'xml'], 2, 'xml'],
    ['a shell that it does not know', ['triage', '-n', 'x', '--shell', 'fish'], 2, 'fish'],
    ['a bad threshold', ['triage', '-n', 'x', '--fail-on', 'info'], 2, 'info'],
    ['a bad time limit', ['triage', '-n', 'x', '--timeout', 'soon'], 2, '--timeout needs a time above 0'],
    ['a bad query', ['triage', '-n', 'x', '--query', 'a['], 2, 'JMESPath'],
    ['a query of text', ['triage', '-n', 'x', '--query', 'a', '-o', 'text'], 2, '-o json'],
    ['a name that is a file', ['triage', '-n', '@/etc/hostname'], 2, 'must not begin with @'],
    ['ids without one', ['triage', '--ids'], 2, '--ids needs a value'],
    ['a recording that is not there', ['triage', '--replay', 'no/such/folder'], 2, 'no/such/folder'],
    ['a recording onto something', ['triage', '-n', 'x', '--record', '.'], 2, 'not empty'],
    ['no az', ['triage', '-n', 'x'], 4, 'az'],
    ['a group that begins with a dash, and no az', ['triage', '--resource-group=-rg', '-n', 'x'], 4, 'az'],
  ])('%s', async (_, argv, code, message) => {
    const ended = await azlb(argv);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).not.toMatch(/ {4}at |fault of azlb/);
  });
});

test.each<readonly [string, string]>([
  ['while its own files are loaded', 'Intl.Segmenter = undefined'],
  ['later', 'AbortSignal.timeout = undefined'],
])('a fault of azlb itself is told apart, %s', async (_, sabotage) => {
  const ended = await azlb(['triage', '-n', 'web-lb', '--timeout', '5'], { sabotage });
  expect(ended).toMatchObject({ code: 70, stdout: '' });
  expect(ended.stderr).toMatch(/fault of azlb itself/);
});

describe('help and version', () => {
  test.each([['--version'], ['-v'], ['triage', '--version']])('%s %s', async (...argv) => {
    expect(await azlb(argv)).toEqual({ code: 0, stdout: `azlb ${about.version}\n`, stderr: '' });
  });

  test('the version loads nothing heavy', () => {
    const entry = readFileSync(bundle, 'utf8');
    const imported = [...entry.matchAll(/from ?"(\.\/[^"]+)"/g)].map(([, file = '']) => path.join(folder, file));
    const sizes = [bundle, ...imported].map((file) => readFileSync(file).length);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(20_000);
    expect(entry.startsWith('#!/usr/bin/env node\n')).toBe(true);
  });

  test.each([[['--help']], [['triage', '--help']], [['triage', '-h']]])('%j', async (argv) => {
    const { code, stdout, stderr } = await azlb(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('azlb triage');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('standard output', () => {
  test('a reader that has gone is no error', async () => {
    expect(await azlb(['--help'], { closeStdout: true })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  const full = existsSync('/dev/full') ? test : test.skip;
  full('a full disk is one', async () => {
    const { code, stderr } = await azlb(['--help'], { stdout: openSync('/dev/full', 'w') });
    expect(code).toBe(4);
    expect(stderr).toMatch(/^azlb: The output could not be written: .*ENOSPC/);
  });
});

describe('a diagnosis', () => {
  const recorded = async (title: string, world: World): Promise<string> => {
    const into = path.join(folder, title);
    const recordedAt = world.clock;
    const az = recording(azInMemory(world), into);
    const { loadBalancer } = await triage(az, { kind: 'id', id: loadBalancerOf(world).id }, { recordedAt });
    const { id, name, resourceGroup, subscriptionId } = loadBalancer;
    const target = { id, name, resourceGroup, subscriptionId };
    await az.save({ schemaVersion: 1, title, target, az: '2.91.0', recordedAt });
    return into;
  };

  test('is compared with what its owner expects', async () => {
    const replay = await recorded('expected', healthyWorld());
    const compare = (text: string) => {
      const file = path.join(folder, 'own.yaml');
      writeFileSync(file, text);
      return azlb(['triage', '--replay', replay, '--expect', file, '-o', 'json', '--only-show-errors']);
    };
    const good = await compare('owner: shop\npools:\n  web-pool:\n    members: 4');
    expect(good).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(good.stdout)).toMatchObject({
      expectation: { owner: 'shop' },
      findings: [{ rule: 'expected-count-differs', data: { line: 4 } }],
    });
    const bad = await compare('pools:\n  web-pool:\n    memebrs: 4');
    expect(bad).toMatchObject({ code: 2, stdout: '' });
    expect(bad.stderr).toContain('own.yaml:3:5: unknown key "memebrs". Did you mean members?');
  });
  const worlds = {
    healthy: healthyWorld(),
    denied: change(healthyWorld(), subnetDenies()),
    dark: change(healthyWorld(), healthDenied(), metricsDenied()),
  };

  test.each<readonly [keyof typeof worlds, readonly string[], number, RegExp]>([
    ['healthy', [], 0, /^✓ OK {2}web-lb/],
    ['denied', [], 1, /^✗ DOWN {2}web-lb.*\n.*denies the health probe/],
    ['denied', ['--fail-on', 'none'], 0, /^✗ DOWN/],
    ['dark', [], 5, /^\? UNKNOWN/],
    ['denied', ['--query', 'verdict', '-o', 'tsv'], 1, /^down\n$/],
  ])('%s %j ends with %i', async (world, options, code, output) => {
    const replay = await recorded(`${world}${options.length}${code}`, worlds[world]);
    const ended = await azlb(['triage', '--replay', replay, ...options]);
    expect(ended.stdout).toMatch(output);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toBe(
      `Answered from the recording ${replay}. On your own load balancer: azlb triage -g <group> -n <name>\n`,
    );
  });

  const replay = 'recorded-outputs/unhealthy-member-generic-probe';
  test.each<readonly [string, string, string]>([
    ['bash', 'azlb triage', `"probes[?name=='web-probe'] | [0]`],
    ['powershell', 'azlb.cmd triage', "'probes[?name==''web-probe''] | [0]"],
    ['cmd', 'azlb triage', `"probes[?name=='web-probe'] | [0]`],
  ])('has commands for %s', async (shell, check, query) => {
    const text = await azlb(['triage', '--replay', replay, '--shell', shell]);
    expect(text.stdout).toContain(`    ${check} -g shop-rg -n web-lb`);
    expect(text.stdout).toContain(query);
    const json = await azlb([
      'triage',
      '--replay',
      replay,
      '--shell',
      shell,
      '-o',
      'json',
      '--query',
      'findings[].fix.steps[]',
    ]);
    const steps: readonly { argv: readonly string[]; command: string; shell: string }[] = JSON.parse(json.stdout);
    expect(new Set(steps.map((step) => step.shell))).toEqual(new Set([shell]));
    expect(steps.filter(({ argv }) => argv[0] === 'azlb').map(({ command }) => command)).toContainEqual(
      expect.stringMatching(new RegExp(`^${check} --resource-group=shop-rg`)),
    );
  });

  test('as JSON is what the schema promises', async () => {
    const replay = await recorded('json', worlds.denied);
    const { stdout } = await azlb(['triage', '--replay', replay, '-o', 'json']);
    const ajv = new Ajv();
    ajv.validate(diagnosisSchema, JSON.parse(stdout));
    expect(ajv.errors).toBe(null);
  });
});
