import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where `.ci/install-windows` puts it. */
export const drive = path.join(windows(), 'prefix', 'drive_c');

function windows(): string {
  const { AZLB_WINDOWS } = process.env;
  if (AZLB_WINDOWS === undefined) throw new Error('Run npm run test:windows: AZLB_WINDOWS names no Windows.');
  return AZLB_WINDOWS;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface How {
  readonly env?: Readonly<Record<string, string>>;
  /** What PATH begins with. */
  readonly path?: string;
}

export const nodeExe = 'C:\\node.exe';
export const azlb = 'C:\\azlb\\dist\\azlb.js';

/** A path of Linux as a program for Windows takes it. */
export function inWindows(file: string): string {
  return `Z:${file.replaceAll('/', '\\')}`;
}

/** The environment of a program for Windows: the fewer of our own variables, the less of Linux it sees. */
export function environment({ env = {}, path: first = '' }: How): NodeJS.ProcessEnv {
  const { PATH, HOME, WINEPREFIX, WINEDEBUG, WINEDLLOVERRIDES, LOCPATH } = process.env;
  const wine = { PATH, HOME, WINEPREFIX, WINEDEBUG, WINEDLLOVERRIDES, LOCPATH };
  return { ...wine, LC_ALL: locale, WINEPATH: first, ...env };
}

/** Runs a program for Windows. Node for Windows can't write into a pipe of Linux, so it writes into files. */
export function run(words: readonly string[], how: How = {}): Promise<Ended> {
  const folder = mkdtempSync(path.join(tmpdir(), 'azlb-wine-'));
  const files = [path.join(folder, 'stdout'), path.join(folder, 'stderr')] as const;
  const [stdout, stderr] = [openSync(files[0], 'w'), openSync(files[1], 'w')];
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn('wine', [...words], { env: environment(how), stdio: ['ignore', stdout, stderr] });
    closeSync(stdout);
    closeSync(stderr);
    child.on('error', reject);
    child.on('exit', (exitCode) => {
      const [out, err] = files.map((file) => readFileSync(file, 'utf8'));
      rmSync(folder, { recursive: true });
      resolve({ exitCode, stdout: out ?? '', stderr: err ?? '', seconds: (performance.now() - begun) / 1000 });
    });
  });
}

let locale = 'en_US.UTF-8';

/** Windows with the ANSI code page that fits this locale. All that runs in the other ends. */
export function restartIn(name: string): void {
  spawnSync('wineserver', ['-k', '-w']);
  locale = `${name}.UTF-8`;
}
