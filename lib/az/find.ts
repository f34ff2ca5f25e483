import { access, constants, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { failed } from './errors.ts';

/** What is started for az: a file by its full path, and the arguments that come before az's own. */
export interface AzProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/** The machine to look on; by default this one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export const thisMachine = (): Machine => ({ platform: process.platform, env: process.env, cwd: process.cwd() });

/** Finds az in the absolute folders of PATH; the current folder is never one of them, even when PATH names it. */
export async function findAz(machine: Machine = thisMachine()): Promise<AzProgram> {
  const isWindows = machine.platform === 'win32';
  const here = await resolved(machine.cwd);
  let skipped: string | undefined;
  let broken: string | undefined;
  for (const folder of foldersOnPath(machine, isWindows)) {
    const found = isWindows ? await windowsAz(folder, machine) : await posixAz(folder);
    if (!found) continue;
    if ((await resolved(folder)) === here) skipped ??= folder;
    else if ('broken' in found) broken ??= found.broken;
    else return found;
  }
  if (broken) throw notFound('broken-install', broken, 'Install the Azure CLI again: https://aka.ms/azure-cli.');
  const first = skipped
    ? `The only az on PATH is in the current folder, ${skipped}, from where nothing is run.`
    : 'There is no az on PATH.';
  const next = skipped ? 'Run azlb from another folder.' : 'Install the Azure CLI: https://aka.ms/azure-cli.';
  throw notFound('not-installed', first, next);
}

function notFound(kind: 'not-installed' | 'broken-install', firstLine: string, advice: string) {
  return failed({ kind, command: 'az', firstLine, advice, detail: '' });
}

function foldersOnPath({ env }: Machine, isWindows: boolean): readonly string[] {
  const rules = isWindows ? path.win32 : path.posix;
  return (variable(env, 'PATH', isWindows) ?? '')
    .split(rules.delimiter)
    .map((entry) => (isWindows ? entry.trim().replace(/^"(.*)"$/, '$1') : entry))
    .filter((entry) => rules.isAbsolute(entry));
}

// Windows has one variable in any case: Path, PATH, path.
function variable(env: Machine['env'], name: string, isWindows: boolean): string | undefined {
  if (!isWindows) return env[name];
  return Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1];
}

async function posixAz(folder: string): Promise<AzProgram | undefined> {
  const file = path.join(folder, 'az');
  return (await isFile(file)) && (await isExecutable(file)) ? { file, args: [] } : undefined;
}

/**
 * Batch files are not started: Node refuses them without a shell (CVE-2024-27980), and a shell would read the arguments.
 * az.cmd (the installer's, in wbin) and az.bat (pip's, in Scripts) do nothing but start the python.exe beside them.
 */
async function windowsAz(
  folder: string,
  { env }: Machine,
): Promise<AzProgram | { readonly broken: string } | undefined> {
  const names = await namesIn(folder);
  const extensions = (variable(env, 'PATHEXT', true) ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';');
  for (const extension of extensions) {
    const name = names.find((candidate) => candidate.toLowerCase() === `az${extension}`);
    if (!name) continue;
    if (extension === '.exe') return { file: path.join(folder, name), args: [] };
    if (extension !== '.cmd' && extension !== '.bat') continue;
    for (const python of [path.join(folder, '..', 'python.exe'), path.join(folder, 'python.exe')]) {
      if (await isFile(python)) return { file: python, args: ['-IBm', 'azure.cli'] };
    }
    return { broken: `${path.join(folder, name)} has no python.exe beside it.` };
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

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function resolved(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    return path.resolve(folder);
  }
}
