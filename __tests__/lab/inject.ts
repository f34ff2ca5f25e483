import { clash, type FaultKind, type Injection, type Placed } from './fault.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';

/** So many faults in places where they don't meet; fewer where there is no room. */
export function inject(scene: Scene, random: Random, count: number, kinds: readonly FaultKind[]): readonly Placed[] {
  const found: Placed[] = [];
  for (let attempt = 0; attempt < 40 && found.length < count; attempt += 1) {
    const kind = random.pick(kinds);
    const made = kind.inject(scene, random);
    if (made === undefined) continue;
    const isPossible = found.every((other) => !clash(made, other) && !meet(made, other));
    if (isPossible) found.push({ ...made, kind: kind.name });
  }
  return found;
}

/** Two things that one probe can't both be told. */
function meet(one: Injection, other: Injection): boolean {
  const isTold = ({ shows, overrides }: Injection) => shows === 'answer' || overrides;
  const both = isTold(one) && isTold(other);
  if (!both && !one.overrides && !other.overrides) return false;
  const places = new Set([...other.seen, ...other.blinds, ...other.hides]);
  return [...one.seen, ...one.blinds, ...one.hides].some((place) => places.has(place));
}
