import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findAz } from '../../lib/az/find.ts';
import { isFile } from '../../lib/az/path-folders.ts';

let root = '';
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'find-az-')));
});
afterEach(() => rm(root, { recursive: true, force: true }));

type Files = Readonly<Record<string, string>>;

async function install(files: Files): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), text.replaceAll('ROOT', root));
  }
}

function find(folders: readonly string[], env: Files = {}, cwd = tmpdir()) {
  const Path = folders.map((folder) => path.join(root, folder)).join(';');
  return findAz({ platform: 'win32', env: { Path, ...env }, cwd });
}

const isolated = ['-X', 'utf8', '-IBm', 'azure.cli'];
const pips =
  '@echo off\r\nIF EXIST "%~dp0\\python.exe" (\r\n  "%~dp0\\python.exe" -m azure.cli %*\r\n) ELSE (\r\n  python -m azure.cli %*\r\n)\r\n';
const installers = '@IF EXIST "%~dp0\\..\\python.exe" (\r\n  "%~dp0\\..\\python.exe" -IBm azure.cli %*\r\n)\r\n';
const scoops = '@rem ROOT/apps/azure-cli/current/wbin/az.cmd\r\n@"ROOT/apps/azure-cli/current/wbin/az.cmd" %*\r\n';
const scoop: Files = {
  'shims/az.cmd': scoops,
  'apps/azure-cli/current/wbin/az.cmd': installers,
  'apps/azure-cli/current/python.exe': '',
};

describe('the python.exe of az', () => {
  const cases: readonly (readonly [string, Files, folder: string, python: string])[] = [
    [
      "the installer's az.cmd",
      { 'CLI2/python.exe': '', 'CLI2/wbin/az.cmd': installers },
      'CLI2/wbin',
      'CLI2/python.exe',
    ],
    ['AZ.CMD in capitals', { 'CLI2/python.exe': '', 'CLI2/wbin/AZ.CMD': '' }, 'CLI2/wbin', 'CLI2/python.exe'],
    [
      "pip's az.bat in a venv",
      { 'v/Scripts/python.exe': '', 'v/Scripts/az.bat': pips },
      'v/Scripts',
      'v/Scripts/python.exe',
    ],
    ["Scoop's shim", scoop, 'shims', 'apps/azure-cli/current/python.exe'],
    [
      "Scoop's shim, beside that of another Python",
      { ...scoop, 'shims/python.exe': '' },
      'shims',
      'apps/azure-cli/current/python.exe',
    ],
    [
      'a shim beside what it starts',
      {
        'bin/az.cmd': '@echo off\r\ncall %~dp0CLI2/wbin/az.cmd %*',
        'bin/CLI2/wbin/az.cmd': '',
        'bin/CLI2/python.exe': '',
      },
      'bin',
      'bin/CLI2/python.exe',
    ],
  ];
  test.each(cases)('%s', async (_, files, folder, python) => {
    await install(files);
    expect(await find([folder])).toEqual({ file: path.join(root, python), args: isolated });
  });

  test('PATH with quotes, blanks and relative entries, in any case', async () => {
    await install({ 'CLI2/python.exe': '', 'CLI2/wbin/az.cmd': '' });
    const env = { pATH: `;.;wbin;"${path.join(root, 'CLI2', 'wbin')}"`, PATHEXT: '.COM;.EXE;.BAT;.CMD' };
    expect(await findAz({ platform: 'win32', env, cwd: root })).toMatchObject({ args: isolated });
  });

  test('PATHEXT set, and empty', async () => {
    await install({ 'CLI2/python.exe': '', 'CLI2/wbin/az.cmd': '' });
    expect(await find(['CLI2/wbin'], { PATHEXT: '' })).toMatchObject({ args: isolated });
  });

  test("what pip installed for one user runs in the Python of PATH, with that user's packages", async () => {
    await install({ 'Roaming/Scripts/az.bat': pips, 'here/python.exe': '', 'Python311/python.exe': '' });
    const found = await find(['Roaming/Scripts', 'here', 'Python311'], {}, path.join(root, 'here'));
    expect(found.file).toBe(path.join(root, 'Python311', 'python.exe'));
    expect(found.args.slice(0, 3)).toEqual(['-X', 'utf8', '-IBc']);
    expect(found.args[3]).toContain('getusersitepackages');
  });

  test('a shim of an az.exe is that', async () => {
    await install({ 'shims/az.cmd': '@ROOT/real/az.exe %*', 'real/az.exe': '' });
    expect(await find(['shims'])).toEqual({ file: `${root}/real/az.exe`, args: [] });
  });
});

describe("an alias of the Microsoft Store's", () => {
  const refused = () => Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' }));
  const there = () => Promise.resolve();

  test('is a program, though nobody may look at it', async () => {
    expect(await isFile('C:/WindowsApps/python.exe', { stat: refused, access: there })).toBe(true);
  });

  test.each([
    ['what is not there', 'C:/WindowsApps/python.exe', { stat: refused, access: refused }],
    ['what is no program', 'C:/private/az', { stat: refused, access: there }],
    ['a folder', 'C:/python.exe', { stat: async () => ({ isFile: () => false }), access: there }],
  ])('%s is none', async (_, file, looks) => {
    expect(await isFile(file, looks)).toBe(false);
  });
});

describe('no az', () => {
  test('az.exe, az.cmd and python.exe lying in the current folder are not run', async () => {
    await install({ 'az.exe': '', 'az.cmd': '', 'python.exe': '' });
    await expect(findAz({ platform: 'win32', env: { Path: `.;;${root}` }, cwd: root })).rejects.toMatchObject({
      kind: 'not-installed',
    });
  });

  test('nor is one there that a shim elsewhere starts', async () => {
    await install({ 'shims/az.cmd': '@"ROOT/here/az.cmd" %*', 'here/az.cmd': '', 'here/python.exe': '' });
    await expect(find(['shims'], {}, path.join(root, 'here'))).rejects.toThrow('current folder');
  });

  test.each<[string, Files, string]>([
    ['an az.cmd without its python.exe', { 'bin/az.cmd': '' }, 'has no python.exe beside it'],
    ["pip's az.bat for one user, and no Python", { 'bin/az.bat': pips }, 'has no python.exe beside it'],
    ['a shim of what is gone', { 'bin/az.cmd': scoops }, 'wbin/az.cmd, which is not there'],
    ['a shim of itself', { 'bin/az.cmd': '@"ROOT/bin/az.cmd" %*' }, 'bin/az.cmd'],
  ])('a broken install: %s', async (_, files, message) => {
    await install(files);
    const found = find(['bin']);
    await expect(found).rejects.toMatchObject({ kind: 'broken-install' });
    await expect(found).rejects.toThrow(message);
  });

  test('a working az later on PATH counts', async () => {
    await install({ 'bin/az.cmd': scoops, 'CLI2/wbin/az.cmd': '', 'CLI2/python.exe': '' });
    expect(await find(['bin', 'CLI2/wbin'])).toMatchObject({ file: path.join(root, 'CLI2', 'python.exe') });
  });
});
