import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';
import { refused } from './compiles.ts';
import { instrument } from './instrument.ts';
import { leftOut, outdated } from './left-out.ts';
import { Worker } from './pool.ts';
import { report, type Tried } from './report.ts';
import { trials } from './trials.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = ['lib/rules', 'lib/diagnosis', 'lib/network'];

function filesOf(wanted: readonly string[]): readonly string[] {
  const all = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts')),
  );
  const asked = all.filter((file) => wanted.length === 0 || wanted.some((part) => file.startsWith(part))).sort();
  if (asked.length === 0) throw new Error(`Nothing below ${folders.join(', ')} begins with ${wanted.join(' or ')}.`);
  return asked;
}

async function mutate(wanted: readonly string[], folder: string, workers: readonly Worker[]): Promise<string> {
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const { code, mutants } = await instrument(root, filesOf(wanted));
  const counted = mutants.filter((mutant) => leftOut(mutant) === undefined);
  const imports = await bundle(root, code, path.join(folder, 'tests.mjs'));
  const uncompiled = await refused(root, counted, path.join(folder, 'types'));
  const [first] = workers;
  if (!first) throw new Error('There is no worker.');
  const dry = await first.dryRun();
  for (const { name, error } of dry.tests)
    if (error !== undefined) console.error(`Not used, it fails on the product as it is: ${name}: ${error}`);
  const waiting = trials(
    counted.filter(({ id }) => !uncompiled.has(id)),
    imports,
    dry,
  );
  const count = waiting.length;
  const tried: Tried[] = [];
  const work = async (worker: Worker): Promise<void> => {
    for (let trial = waiting.shift(); trial; trial = waiting.shift()) {
      const reached = trial.order.tests.length > 0;
      const killer = reached ? await worker.killer(trial.order) : null;
      tried.push({ mutant: trial.mutant, killer, reached });
      if (tried.length % 200 === 0) console.error(`${tried.length} of ${count} mutants tried`);
    }
  };
  await Promise.all(workers.map(work));
  const texts = mutants.filter((mutant) => leftOut(mutant) === 'text').length;
  if (wanted.length === 0)
    for (const line of outdated(mutants)) console.error(`Listed as equivalent, and no longer there: ${line}`);
  const equivalent = mutants.length - counted.length - texts;
  return report(tried, { texts, equivalent, uncompiled: uncompiled.size });
}

const started = performance.now();
const folder = mkdtempSync(path.join(tmpdir(), 'azlb-mutants-'));
const workers = Array.from(
  { length: Math.min(2, availableParallelism()) },
  () => new Worker(path.join(folder, 'tests.mjs')),
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}
try {
  console.log(await mutate(process.argv.slice(2), folder, workers));
} finally {
  for (const worker of workers) await worker.end();
  rmSync(folder, { recursive: true, force: true });
}
console.error(`${Math.round((performance.now() - started) / 1000)} s`);
