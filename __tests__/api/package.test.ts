import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import about from '../../package.json' with { type: 'json' };
import { node } from '../cli/node.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'azlb-package-'));
const user = path.join(folder, 'user');
const installed = path.join(user, 'node_modules/azlb');
let packed = '';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(cwd: string, ...words: readonly string[]): void {
  // A batch file on Windows.
  execFileSync('npm', words, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}

beforeAll(() => {
  npm('.', 'pack', '--silent', '--pack-destination', folder);
  packed = path.join(folder, `azlb-${about.version}.tgz`);
  mkdirSync(user);
  writeFileSync(path.join(user, 'package.json'), '{ "type": "module" }');
  npm(user, 'install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', packed);
});

describe('what is installed', () => {
  test('is one package, without scripts that npm would run, and small', () => {
    expect(readdirSync(path.join(user, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['azlb']);
    expect(about).not.toHaveProperty('dependencies');
    const scripts = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
    expect(Object.keys(about.scripts).filter((name) => scripts.includes(name))).toEqual([]);
    expect(statSync(packed).size).toBeLessThan(350_000);
  });

  test('has no map, and the licences of what is bundled', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => name.endsWith('.map'))).toEqual([]);
    const licences = readFileSync(path.join(installed, 'dist/LICENSES.txt'), 'utf8');
    for (const name of ['execa', 'yargs', 'yaml', 'jmespath', 'ipaddr.js', 'human-signals']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.`, 'm'));
    }
    expect(
      licences.match(/Permission is hereby granted|Permission to use, copy|Apache License/g)?.length,
    ).toBeGreaterThan(20);
  });

  test('runs as a command', () => {
    const replay = ['triage', '--replay', path.join(installed, 'recorded-outputs/unhealthy-member-generic-probe')];
    const { status, stdout } = spawnSync(node, [path.join(installed, about.bin.azlb), ...replay], {
      encoding: 'utf8',
    });
    expect([status, stdout.slice(0, 20)]).toEqual([1, '! DEGRADED  web-lb: ']);
  });
});

describe('the example of docs/library.md', () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync('docs/library.md', 'utf8')) ?? [];

  test('runs, and prints nothing but its own', () => {
    cpSync('recorded-outputs/unhealthy-member-generic-probe', path.join(user, 'recording'), { recursive: true });
    writeFileSync(path.join(user, 'example.js'), example);
    const { status, stdout, stderr } = spawnSync(node, ['example.js'], {
      cwd: user,
      encoding: 'utf8',
      // No az is found on this PATH.
      env: { ...process.env, PATH: user },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const [first, second, ...more] = stdout.split('\n');
    expect(first).toBe('not-installed 4');
    expect(second).toMatch(/^web-lb is degraded: Nothing is listening on port 80 of machine web-2/);
    expect(more).toEqual(['']);
  });

  test('has types, which tell of misuse', () => {
    const misuse = `import { type Diagnosis, type Finding, liveAz, triage } from 'azlb';
import schema from 'azlb/schemas/diagnosis.schema.json' with { type: 'json' };
export const one: Diagnosis = await triage(liveAz(), { name: 'web-lb' });
export const findings: readonly Finding[] = one.findings;
export const title: string = schema.title;
// @ts-expect-error a group may have several
export const several: Diagnosis = await triage(liveAz(), { resourceGroup: 'g' });
// @ts-expect-error a misspelt key
await triage(liveAz(), { nam: 'web-lb' });
// @ts-expect-error no az of the library's
await triage({}, { name: 'web-lb' });
// @ts-expect-error no verdict
export const bad = one.verdict === 'fine';
`;
    writeFileSync(path.join(user, 'example.ts'), example);
    writeFileSync(path.join(user, 'misuse.ts'), misuse);
    const tsc = path.resolve('node_modules/typescript/bin/tsc');
    // What the package's own types say is checked as well, and they need no other package's.
    const compilerOptions = {
      ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false, types: [] },
      ...{ module: 'nodenext', target: 'es2022', lib: ['es2022', 'dom'], resolveJsonModule: true },
    };
    writeFileSync(
      path.join(user, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['example.ts', 'misuse.ts'] }),
    );
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', user], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('is imported by its name alone, and by require', () => {
    const ask = `import('azlb/dist/index.js').catch((e) => console.log(e.code, Object.keys(require('azlb')).sort().join()))`;
    const { stdout } = spawnSync(node, ['--input-type=commonjs', '--eval', ask], {
      cwd: user,
      encoding: 'utf8',
    });
    expect(stdout).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED AzlbError,liveAz,replayAz,triage\n');
  });
});
