import { trialOf } from './fuzz.ts';

// `npm run fuzz -- [count] [seed]`: spoils so many answers; `npm run fuzz -- 1 SEED` does one again.
async function main([count = '2000', first = '1']: readonly string[]): Promise<void> {
  const start = performance.now();
  const endings = new Map<string, number>();
  let [wrong, better, slowest] = [0, 0, 0];
  for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
    const trial = await trialOf(seed);
    const { kind } = trial.ending;
    const ending = trial.ending.kind === 'diagnosis' ? trial.ending.diagnosis.verdict : kind;
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
    slowest = Math.max(slowest, trial.milliseconds);
    if (trial.isBetter) better += 1;
    if (trial.wrong !== undefined) wrong += 1;
    if (trial.wrong !== undefined || Number(count) === 1) {
      console.log(`npm run fuzz -- 1 ${seed}\n  ${trial.told}\n  ${trial.wrong ?? ending}`);
    }
  }
  const minutes = (performance.now() - start) / 60_000;
  console.log(`${count} spoiled answers in ${minutes.toFixed(1)} minutes, the slowest ${Math.round(slowest)} ms.`);
  console.log([...endings].map(([ending, number]) => `${ending} ${number}`).join(', '));
  console.log(`${wrong} wrong (crash, hang, or fine from what is no answer); ${better} better with one value changed.`);
  process.exitCode = wrong > 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
