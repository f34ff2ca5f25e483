import { type Told, tried } from './tried.ts';
import { worlds } from './worlds.ts';

// `npm run removal` tries every harm to every answer of every world, `npm run removal -- WORD` of worlds with that word.
async function main([word = '']: readonly string[]): Promise<void> {
  const started = performance.now();
  const chosen = worlds.filter(([name]) => name.includes(word));
  const better: Told[] = [];
  const exceptions = new Map<string, number>();
  let answers = 0;
  let harms = 0;
  for (const [name, world] of chosen) {
    const found = await tried(name, world());
    answers += found.answers;
    harms += found.harms;
    better.push(...found.better);
    for (const [reason, count] of found.exceptions) exceptions.set(reason, (exceptions.get(reason) ?? 0) + count);
  }
  for (const one of better) console.log(tell(one));
  console.log(
    `${chosen.length} worlds, ${answers} answers, ${harms} harms, ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  console.log(`better verdicts: ${better.length}`);
  for (const [reason, count] of exceptions) console.log(`allowed: ${count} ${reason}`);
  process.exitCode = better.length > 0 || harms === 0 ? 1 : 0;
}

const tell = ({ world, way, question, harm, key, before, after }: Told): string =>
  `${way}, ${world}: ${harm} ${key} of ${question}: ${before} → ${after}`;

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
