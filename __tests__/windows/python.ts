import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A Python for Windows of its own, without what is installed in the one that is copied. */
export function pythonInto(folder: string, installed: string): void {
  const packages = path.join(installed, 'Lib');
  const batchFiles = path.join(installed, 'wbin');
  cpSync(installed, folder, { recursive: true, filter: (source) => source !== packages && source !== batchFiles });
}

/** A Python in which `azure.cli` is these lines, laid out as by az's installer. */
export function fakeAzInto(folder: string, installed: string, lines: string): void {
  pythonInto(folder, installed);
  const cli = path.join(folder, 'Lib', 'site-packages', 'azure', 'cli');
  mkdirSync(cli, { recursive: true });
  writeFileSync(path.join(cli, '__main__.py'), lines);
  mkdirSync(path.join(folder, 'wbin'));
  writeFileSync(path.join(folder, 'wbin', 'az.cmd'), '@"%~dp0\\..\\python.exe" -IBm azure.cli %*\r\n');
}
