import { judge } from './judge.ts';
import { scoreOf, tell } from './score.ts';
import { shapeScoreOf } from './shape-score.ts';
import { shapeTrialOf } from './shape-trial.ts';
import { trialOf } from './trial.ts';

// `npm run lab -- [count] [seed]` prints the score, `npm run lab -- --world SEED` one world; with `--shapes` first, those
// of what people run.
async function main([first, second, third]: readonly string[]): Promise<void> {
  if (first === '--shapes') {
    if (second === '--world') {
      console.log(tell(await judge(shapeTrialOf(Number(third))), true));
      return;
    }
    const { lines, failures } = await shapeScoreOf(Number(second ?? 1000), Number(third ?? 1));
    for (const failure of failures) console.log(tell(failure).replace('--world', '--shapes --world'));
    console.log(lines.join('\n'));
    process.exitCode = failures.length > 0 ? 1 : 0;
    return;
  }
  if (first === '--world') {
    console.log(tell(await judge(trialOf(Number(second))), true));
    return;
  }
  const { lines, failures } = await scoreOf(Number(first ?? 2000), Number(second ?? 1));
  for (const failure of failures) console.log(tell(failure));
  console.log(lines.join('\n'));
  process.exitCode = failures.length > 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
