import { everyBase } from './bases.ts';
import { type Cell, cellOf } from './cells.ts';
import { everySpoiled } from './spoiled.ts';
import { tallyOf } from './tally.ts';

// `npm run faults`: every question of every world × every fault, of az and of Azure.
async function main(): Promise<void> {
  const start = performance.now();
  const cells: Cell[] = [];
  for (const base of await everyBase()) {
    for (const spoiled of everySpoiled(base)) {
      const cell = await cellOf(spoiled);
      cells.push(cell);
      if (cell.wrong !== undefined) console.log(`${cell.told}\n  ${cell.wrong}`);
    }
  }
  console.log(tallyOf(cells));
  console.log(`${((performance.now() - start) / 60_000).toFixed(1)} minutes.`);
  process.exitCode = cells.some(({ wrong }) => wrong !== undefined) ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
