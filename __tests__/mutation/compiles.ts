import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Mutant } from './instrument.ts';

/**
 * The ids of the mutants that the compiler refuses, for which no test is needed. Each is a file of its own beside the
 * original, so that one run of the compiler judges them all.
 */
export async function refused(root: string, mutants: readonly Mutant[], folder: string): Promise<ReadonlySet<string>> {
  mkdirSync(folder);
  for (const part of ['lib', 'schemas', 'package.json'])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const files = mutants.map(({ id, file, before, became, after }) => {
    const name = file.replace(/\.ts$/, `.mutant-${id}.ts`);
    writeFileSync(path.join(folder, name), before + became + after);
    return name;
  });
  const config = {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      noUnusedLocals: false,
      noUnusedParameters: false,
      allowUnreachableCode: true,
      typeRoots: [path.join(root, 'node_modules/@types')],
    },
    include: [],
    files,
  };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  const { stdout, code } = await run([compiler, '--project', folder, '--pretty', 'false'], folder);
  const errors = stdout.split('\n').filter((line) => /^\S/.test(line));
  const found = new Set(errors.flatMap((line) => /\.mutant-(\d+)\.ts\(/.exec(line)?.[1] ?? []));
  const others = errors.filter((line) => !line.includes('.mutant-'));
  if (others.length > 0 || (code !== 0 && found.size === 0))
    throw new Error(`The compiler: ${others.slice(0, 3).join('\n')}`);
  return found;
}

function run(argv: readonly string[], cwd: string): Promise<{ readonly stdout: string; readonly code: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    const parts: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (part: string) => parts.push(part));
    child.once('error', reject);
    child.once('close', (code) => resolve({ stdout: parts.join(''), code }));
  });
}
