import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { diagnosed } from './diagnosed.ts';
import { folder, isThere, type Unrecorded } from './world.ts';

/** How many of the real load balancers each rule fires on: `npx tsx __tests__/real-arm/table.ts [-v]`. */
async function print(unrecorded: Unrecorded, verbose: boolean): Promise<void> {
  const all = await diagnosed(unrecorded);
  console.log(`\n${all.length} load balancers; what nobody recorded is ${unrecorded}`);
  console.log(`  verdicts: ${lines(tally(all.map(({ diagnosis }) => diagnosis.verdict))).join(', ')}`);
  console.log('  rules fire on so many of them:');
  const fired = all.flatMap(({ diagnosis }) => [...new Set(diagnosis.findings.map(named))]);
  for (const line of lines(tally(fired))) console.log(`    ${line}`);
  if (!verbose) return;
  for (const { file, diagnosis } of all) {
    console.log(`\n${file}: ${diagnosis.loadBalancer.name} ${diagnosis.loadBalancer.sku} ${diagnosis.verdict}`);
    for (const each of diagnosis.findings) console.log(`  ${each.kind} ${named(each)}: ${each.message}`);
    console.log(`  not evaluated: ${new Set(diagnosis.notEvaluated.map(({ rule }) => rule)).size} rules`);
  }
}

const named = ({ severity, rule }: Diagnosis['findings'][number]): string => `${rule} (${severity})`;

function tally(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const lines = (counts: ReadonlyMap<string, number>): readonly string[] =>
  [...counts]
    .sort(([one, many], [other, more]) => more - many || one.localeCompare(other))
    .map(([word, count]) => `${count} ${word}`);

if (!isThere()) throw new Error(`There is no ${folder}`);
for (const unrecorded of ['denied', 'gone'] as const) await print(unrecorded, process.argv.includes('-v'));
