import { trialOf } from '../lab/trial.ts';
import { everyRulesWorlds } from '../rules/load.ts';
import { type Tried, tryFixes } from './property.ts';

/** Every rule's own worlds, each tried for that rule. */
export async function ofRules(): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const { id, worlds } of await everyRulesWorlds()) {
    for (const { when, world } of worlds.fires)
      tried.push(...(await tryFixes(`${id}: ${when}`, world(), undefined, (rule) => rule === id)));
  }
  return tried;
}

/** The lab's worlds, each tried for everything that is found in it. */
export async function ofLab(count: number, first = 1): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const { world, scene, rights } = trialOf(seed);
    if (rights === undefined) tried.push(...(await tryFixes(`lab world ${seed}`, world, scene.target)));
  }
  return tried;
}
