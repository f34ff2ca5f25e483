import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Computer } from '../../lib/az/machine.ts';

/** A folder with an executable `az` that runs the given lines of JavaScript; each start is logged. */
export interface FakeAz {
  readonly folder: string;
  readonly machine: Computer;
  /** One entry a start, in order: what it was given, when, and what it was told with `log`. */
  readonly starts: () => Promise<readonly Start[]>;
  readonly remove: () => Promise<void>;
}

export interface Start {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly begun: number;
  readonly ended?: number;
  readonly stdin?: string;
  readonly child?: number;
}

/** The lines see `argv`, `nth` (how often az was started before, by lock-free count), `log(object)` and the modules fs and cp. */
export async function fakeAz(lines: string): Promise<FakeAz> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fake-az-'));
  const logFile = path.join(folder, 'log');
  await writeFile(logFile, '');
  await writeFile(
    path.join(folder, 'fake.cjs'),
    `const fs = require('node:fs'), cp = require('node:child_process');
const argv = process.argv.slice(2), pid = process.pid, logFile = ${JSON.stringify(logFile)};
const nth = fs.readFileSync(logFile, 'utf8').split('\\n').filter((line) => line.includes('"begun"')).length;
const log = (entry) => fs.appendFileSync(logFile, JSON.stringify({ pid, ...entry }) + '\\n');
log({ argv, env: process.env, begun: Date.now() });
process.on('exit', () => log({ ended: Date.now() }));
${lines}
`,
  );
  await startedByAz(folder, [process.execPath, path.join(folder, 'fake.cjs')]);
  return {
    folder,
    machine: { platform: process.platform, env: { ...withoutPath(process.env), PATH: folder }, cwd: tmpdir() },
    async starts() {
      const byProcess = new Map<number, Start>();
      for (const line of (await readFile(logFile, 'utf8')).split('\n').filter(Boolean)) {
        const entry: Start & { pid: number } = JSON.parse(line);
        byProcess.set(entry.pid, { ...byProcess.get(entry.pid), ...entry });
      }
      return [...byProcess.values()];
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** On Windows it may be called Path, and would be there twice. */
function withoutPath(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.toUpperCase() !== 'PATH'));
}

/** Puts an az there that starts a program as its child: a shell script, as the real one, or on Windows an az.exe. */
async function startedByAz(folder: string, program: readonly string[]): Promise<void> {
  const quoted = program.map((word) => `"${word}"`).join(' ');
  if (process.platform === 'win32') {
    await copyFile(launcher(), path.join(folder, 'az.exe'));
    await writeFile(path.join(folder, 'az.txt'), quoted);
    return;
  }
  await writeFile(path.join(folder, 'az'), `#!/bin/sh\n${quoted} "$@"\nexit $?\n`, { mode: 0o755 });
}

/** `npm run test:windows` says where it is. */
function launcher(): string {
  const { AZLB_TEST_LAUNCHER } = process.env;
  if (AZLB_TEST_LAUNCHER === undefined) throw new Error('AZLB_TEST_LAUNCHER names no launcher.exe.');
  return AZLB_TEST_LAUNCHER;
}
