import { execFileSync } from 'node:child_process';

/** What `npm run build` makes, in a folder of its own; without npm, which is a batch file on Windows. */
export function buildInto(folder: string): void {
  execFileSync(process.execPath, ['--import', import.meta.resolve('tsx'), '.ci/build.ts', `--outdir=${folder}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
