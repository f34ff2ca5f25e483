import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { failed } from './errors.ts';
import { windowsAz } from './find-on-windows.ts';
import { type AzProgram, type Computer, thisMachine } from './machine.ts';
import { foldersOnPath, isFile, resolved } from './path-folders.ts';

/** Finds az in the absolute folders of PATH; the current folder is never one of them, even when PATH names it. */
export async function findAz(machine: Computer = thisMachine()): Promise<AzProgram> {
  const isWindows = machine.platform === 'win32';
  const here = await resolved(machine.cwd);
  let skipped: string | undefined;
  let broken: string | undefined;
  for (const folder of foldersOnPath(machine)) {
    const found = isWindows ? await windowsAz(folder, machine) : await posixAz(folder);
    if (!found) continue;
    if ((await resolved(folder)) === here) skipped ??= folder;
    else if ('skipped' in found) skipped ??= found.skipped;
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

async function posixAz(folder: string): Promise<AzProgram | undefined> {
  const file = path.join(folder, 'az');
  return (await isFile(file)) && (await isExecutable(file)) ? { file, args: [] } : undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
