import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Told, tried } from './tried.ts';
import { worlds } from './worlds.ts';

/** What one process found in one world. */
interface Found {
  readonly answers: number;
  readonly harms: number;
  readonly better: readonly Told[];
  readonly exceptions: readonly (readonly [reason: string, count: number])[];
}

// `npm run removal` tries every harm to every answer of every world, `-- WORD` of worlds with that word, `--every N` each Nth.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string', default: '1' }, start: { type: 'string', default: '0' } },
});
const [word = ''] = positionals;
const [every, start] = [Number(values.every), Number(values.start)];
const chosen = worlds.filter(([name]) => name.includes(word));

async function inWorld(index: number): Promise<Found> {
  const [name, world] = chosen[index] ?? [];
  if (name === undefined || world === undefined) throw new Error(`There is no world ${index}`);
  // Another place to start in each world, so that a sample reaches other keys in each.
  const found = await tried(name, world(), { only: (at) => (at + index * 7 + start) % every === 0 });
  return { ...found, exceptions: [...found.exceptions] };
}

/** Each process takes the next world when it has ended one. */
async function everywhere(): Promise<readonly Found[]> {
  let next = 0;
  const found: Found[] = [];
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { env: { ...process.env, PART: '1' } });
      const give = () => {
        child.send(next < chosen.length ? next : -1);
        next += 1;
      };
      child.on('message', (message: Found | 'ready') => {
        if (message !== 'ready') found.push(message);
        give();
      });
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A process ended with ${code}`))));
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), chosen.length) }, one));
  return found;
}

const tell = ({ world, way, question, harm, key, before, after }: Told): string =>
  `${way}, ${world}: ${harm} ${key} of ${question}: ${before} → ${after}`;

async function main(): Promise<void> {
  const started = performance.now();
  const found = await everywhere();
  const better = found.flatMap((one) => one.better);
  const sum = (of: (one: Found) => number) => found.reduce((all, one) => all + of(one), 0);
  for (const one of better) console.log(tell(one));
  const harms = sum((one) => one.harms);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${chosen.length} worlds, ${sum((one) => one.answers)} answers, ${harms} harms, ${seconds} s`);
  console.log(`better verdicts: ${better.length}`);
  const reasons = new Map<string, number>();
  for (const [reason, count] of found.flatMap(({ exceptions }) => exceptions))
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  for (const [reason, count] of reasons) console.log(`allowed: ${count} ${reason}`);
  process.exitCode = better.length > 0 || harms === 0 ? 1 : 0;
}

function part(): void {
  process.on('message', (index: number) => {
    if (index < 0) process.exit(0);
    inWorld(index).then((found) => process.send?.(found));
  });
  process.send?.('ready');
}

if (process.env.PART === undefined) await main();
else part();
