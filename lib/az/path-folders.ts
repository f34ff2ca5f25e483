import fs, { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Computer } from './machine.ts';

/** The absolute folders that PATH names, in order. */
export function foldersOnPath(machine: Computer): readonly string[] {
  const isWindows = machine.platform === 'win32';
  const rules = isWindows ? path.win32 : path.posix;
  return (variable(machine, 'PATH') ?? '')
    .split(rules.delimiter)
    .map((entry) => (isWindows ? entry.trim().replace(/^"(.*)"$/, '$1') : entry))
    .filter((entry) => rules.isAbsolute(entry));
}

/** Windows has one variable in any case: Path, PATH, path. */
export function variable({ env, platform }: Computer, name: string): string | undefined {
  if (platform !== 'win32') return env[name];
  return Object.entries(env).find(([key]) => key.toUpperCase() === name)?.[1];
}

/** What of a file system tells whether a file is there. */
export interface Looks {
  readonly stat: (file: string) => Promise<{ isFile(): boolean }>;
  readonly access: (file: string) => Promise<void>;
}

/**
 * The alias in WindowsApps of a program of the Microsoft Store can be started, though `stat` of it fails with EACCES
 * (nodejs/node#36790).
 */
export async function isFile(file: string, { stat, access }: Looks = fs): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if (!isRefusal(error) || !/\.exe$/i.test(file)) return false;
  }
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

const isRefusal = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EACCES';

/** The folder with no link in its path, to compare it with another. */
export async function resolved(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    return path.resolve(folder);
  }
}
