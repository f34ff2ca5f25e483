/** Writes the types of lib/index.ts, and of no more than it needs, into `dist/types`. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const made = mkdtempSync(path.join(tmpdir(), 'azlb-types-'));
const tsc = path.join('node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', '.ci/declarations.json', '--outDir', made], { stdio: 'inherit' });

const written = new Set<string>();
write('lib/index.ts');
rmSync(made, { recursive: true, force: true });

function write(source: string): void {
  if (written.has(source)) return;
  written.add(source);
  const file = source.replace(/\.ts$/, '.d.ts');
  const text = readFileSync(path.join(made, file), 'utf8').replace(/ from '(\.[^']+)\.ts'/g, (_, from: string) => {
    write(path.posix.join(path.posix.dirname(source), `${from}.ts`));
    return ` from '${from}.js'`;
  });
  const into = path.join('dist', 'types', file);
  mkdirSync(path.dirname(into), { recursive: true });
  writeFileSync(into, text);
}
