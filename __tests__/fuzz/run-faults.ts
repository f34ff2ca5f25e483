import { everyBase } from './bases.ts';
import { answered, cellOf, faults } from './faults.ts';

// `npm run faults`: every question of every world × every fault.
async function main(): Promise<void> {
  const start = performance.now();
  let [cells, wrong] = [0, 0];
  for (const base of await everyBase()) {
    for (const at of answered(base)) {
      for (const fault of faults) {
        const cell = await cellOf(base, at, fault);
        cells += 1;
        if (cell.wrong === undefined) continue;
        wrong += 1;
        console.log(`${cell.told}\n  ${cell.wrong}`);
      }
    }
  }
  console.log(`${cells} cells, ${wrong} wrong, ${((performance.now() - start) / 60_000).toFixed(1)} minutes.`);
  process.exitCode = wrong > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
