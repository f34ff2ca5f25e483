import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AzProgram, Computer } from './machine.ts';
import { foldersOnPath, isFile, resolved, variable } from './path-folders.ts';

type Found = AzProgram | { readonly broken: string } | { readonly skipped: string };

/** Into a pipe Python writes the ANSI code page, and az leaves out what that lacks; azps.ps1 of az 2.91 says this too. */
const asUtf8 = ['-X', 'utf8'] as const;

/** What `pip install --user` put where `-I` does not look. Without -I, Python before 3.11 would run an `azure` folder lying in the current one. */
const fromUserSite = [
  'import runpy, site',
  'site.addsitedir(site.getusersitepackages())',
  "runpy.run_module('azure.cli', run_name='__main__', alter_sys=True)",
].join('; ');

/** A shim that names a shim that names the first one would be followed for ever. */
const mostShims = 4;

/**
 * Batch files are not started: Node refuses them without a shell (CVE-2024-27980), and a shell would read the arguments.
 * az.cmd (the installer's, in wbin) and az.bat (pip's, in Scripts) do nothing but start the python.exe beside them.
 */
export async function windowsAz(folder: string, machine: Computer): Promise<Found | undefined> {
  const names = await namesIn(folder);
  const extensions = (variable(machine, 'PATHEXT') || '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';');
  for (const extension of extensions) {
    const name = names.find((candidate) => candidate.toLowerCase() === `az${extension}`);
    if (!name) continue;
    if (extension === '.exe') return { file: path.join(folder, name), args: [] };
    if (extension === '.cmd' || extension === '.bat') return startedBy(path.join(folder, name), machine);
  }
  return undefined;
}

async function startedBy(batch: string, machine: Computer, shims = 0): Promise<Found> {
  const text = await textOf(batch);
  // Before what lies beside it: beside Scoop's shim of az lies that of a Python which has no az.
  const named = azNamedIn(text, path.dirname(batch));
  if (named !== undefined) {
    if (shims === mostShims || !(await isFile(named)))
      return { broken: `${batch} starts ${named}, which is not there.` };
    const folder = path.dirname(named);
    if ((await resolved(folder)) === (await resolved(machine.cwd))) return { skipped: folder };
    return named.toLowerCase().endsWith('.exe') ? { file: named, args: [] } : startedBy(named, machine, shims + 1);
  }
  const folder = path.dirname(batch);
  for (const python of [path.join(folder, '..', 'python.exe'), path.join(folder, 'python.exe')]) {
    if (await isFile(python)) return { file: python, args: [...asUtf8, '-IBm', 'azure.cli'] };
  }
  const python = /^\s*python(\.exe)?\s/im.test(text) ? await pythonOnPath(machine) : undefined;
  if (python !== undefined) return { file: python, args: [...asUtf8, '-IBc', fromUserSite] };
  return { broken: `${batch} has no python.exe beside it.` };
}

/** The az that a batch file like Scoop's `@"C:\\…\\wbin\\az.cmd" %*` starts. */
function azNamedIn(text: string, folder: string): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    const [, quoted, bare] = /^\s*@?(?:call\s+)?(?:"([^"]+)"|([^\s"]+))/i.exec(line) ?? [];
    const file = (quoted ?? bare ?? '').replace(/^%~dp0[\\/]*/i, () => `${folder}${path.sep}`);
    if (/^az\.(cmd|bat|exe)$/i.test(path.win32.basename(file)) && path.win32.isAbsolute(file)) return file;
  }
  return undefined;
}

async function pythonOnPath(machine: Computer): Promise<string | undefined> {
  const here = await resolved(machine.cwd);
  for (const folder of foldersOnPath(machine)) {
    const python = path.join(folder, 'python.exe');
    if ((await isFile(python)) && (await resolved(folder)) !== here) return python;
  }
  return undefined;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function textOf(batch: string): Promise<string> {
  try {
    return (await stat(batch)).size <= 64 * 1024 ? await readFile(batch, 'utf8') : '';
  } catch {
    return '';
  }
}
