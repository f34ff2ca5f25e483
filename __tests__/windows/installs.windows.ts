import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findAz } from '../../lib/az/find.ts';
import { liveAz } from '../../lib/az/live.ts';
import type { Computer } from '../../lib/az/machine.ts';
import { pythonInto } from './python.ts';

/** az as its installer puts it there. */
const installed = 'C:\\CLI2';
/** A line that gives a Python the packages of another, as if they were its own. */
const packages = `import site; site.addsitedir(r'${path.join(installed, 'Lib', 'site-packages')}')\r\n`;

const root = mkdtempSync(path.join(tmpdir(), 'azlb-installs-'));
const at = (...names: string[]): string => path.join(root, ...names);
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }));

/** pip's `az.bat`. */
const pips =
  '@echo off\r\nIF EXIST "%~dp0\\python.exe" (\r\n  "%~dp0\\python.exe" -m azure.cli %*\r\n) ELSE (\r\n  python -m azure.cli %*\r\n)\r\n';

function put(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  // Scoop: a shim, beside that of a Python without az.
  pythonInto(at('scoop', 'shims'), installed);
  put(at('scoop', 'shims', 'az.cmd'), `@rem ${installed}\\wbin\\az.cmd\r\n@"${installed}\\wbin\\az.cmd" %*\r\n`);

  // A virtual environment: its python.exe finds the packages of its own.
  pythonInto(at('venv', 'Scripts'), installed);
  put(at('venv', 'pyvenv.cfg'), `home = ${installed}\r\ninclude-system-site-packages = false\r\nversion = 3.11.0\r\n`);
  put(at('venv', 'Lib', 'site-packages', 'az.pth'), packages);
  put(at('venv', 'Scripts', 'az.bat'), pips);

  // `pip install --user`: az.bat and the packages in the user's folder, python.exe elsewhere on PATH.
  pythonInto(at('Python311'), installed);
  put(at('Roaming', 'Python', 'Python311', 'Scripts', 'az.bat'), pips);
  put(at('Roaming', 'Python', 'Python311', 'site-packages', 'az.pth'), packages);

  // An az.exe that starts Python, as pip makes for other programs.
  mkdirSync(at('exe'));
  copyFileSync(process.env.AZLB_TEST_LAUNCHER ?? '', at('exe', 'az.exe'));
  put(at('exe', 'az.txt'), `"${installed}\\python.exe" -m azure.cli`);

  // Names that no code page has together, in each part of the path.
  cpSync(at('scoop', 'shims', 'az.cmd'), at('Ünï & группа 本番ソ', 'az.cmd'));

  put(at('here', 'az.cmd'), '');
  put(at('here', 'python.exe'), '');
}, 300_000);

type Folders = readonly string[];
interface Kind {
  readonly folders: Folders;
  readonly env?: Readonly<Record<string, string>>;
  readonly python: string;
}

const fromInstaller = path.join(installed, 'wbin', '..', 'python.exe');
const user = at('Roaming', 'Python', 'Python311', 'Scripts');
const kinds: Readonly<Record<string, Kind>> = {
  'the installer': { folders: [`${installed}\\wbin`], python: fromInstaller },
  'another case of the letters': { folders: ['c:\\cli2\\WBIN'], python: 'c:\\cli2\\python.exe' },
  'quotes and a slash in PATH': { folders: ['"C:/CLI2/wbin/"'], python: fromInstaller },
  'an empty PATHEXT': { folders: [`${installed}\\wbin`], env: { PATHEXT: '' }, python: fromInstaller },
  Scoop: { folders: [at('scoop', 'shims')], python: fromInstaller },
  'a folder with a name of all code pages': { folders: [at('Ünï & группа 本番ソ')], python: fromInstaller },
  'pip in a virtual environment': { folders: [at('venv', 'Scripts')], python: at('venv', 'Scripts', 'python.exe') },
  'pip for one user': {
    folders: [user, at('Python311')],
    env: { APPDATA: at('Roaming') },
    python: at('Python311', 'python.exe'),
  },
  'an az.exe': { folders: [at('exe')], python: at('exe', 'az.exe') },
  'behind what is no az': {
    folders: ['relative', '', '.', at('nowhere'), `${installed}\\wbin`],
    python: fromInstaller,
  },
};

function computerOf(folders: Folders, env: Kind['env'] = {}): Computer {
  const others = Object.entries(process.env).filter(([name]) => !['PATH', 'PATHEXT'].includes(name.toUpperCase()));
  const mine = { AZURE_CONFIG_DIR: at('config'), AZURE_CORE_COLLECT_TELEMETRY: '0', Path: folders.join(';'), ...env };
  return { platform: process.platform, env: { ...Object.fromEntries(others), ...mine }, cwd: at('here') };
}

describe('az is found and answers', () => {
  test.each(Object.entries(kinds))(
    '%s',
    async (_, { folders, env, python }) => {
      const machine = computerOf(folders, env);
      const found = await findAz(machine);
      expect(path.normalize(found.file).toLowerCase()).toBe(path.normalize(python).toLowerCase());
      const call = await liveAz({ machine }).run(['version']);
      expect(call).toMatchObject({ exitCode: 0, stderr: '' });
      expect(JSON.parse(call.stdout)).toMatchObject({ 'azure-cli': '2.91.0' });
    },
    120_000,
  );
});

test.each([[[at('here')]], [[at('HERE'), '.']]])('none in the current folder: %j', async (folders) => {
  await expect(findAz(computerOf(folders))).rejects.toMatchObject({ kind: 'not-installed' });
});
