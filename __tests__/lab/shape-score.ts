import { type Judgement, judge } from './judge.ts';

import { shapes } from './shape-scene.ts';
import { shapeTrialOf } from './shape-trial.ts';

export interface ShapeScore {
  readonly lines: readonly string[];
  readonly failures: readonly Judgement[];
  /** Shape, and how many faults were placed on its worlds. */
  readonly placed: ReadonlyMap<string, number>;
}

/** Judges so many worlds of what people run, the first of them from `seed`. */
export async function shapeScoreOf(count: number, seed: number): Promise<ShapeScore> {
  const started = performance.now();
  const failures: Judgement[] = [];
  const placed = new Map(Object.keys(shapes).map((name) => [name, 0]));
  const right = new Map<string, readonly [number, number]>();
  for (let at = 0; at < count; at += 1) {
    const judgement = await judge(shapeTrialOf(seed + at));
    const { trial, wrong } = judgement;
    const shape = trial.scene.told[0] ?? '';
    placed.set(shape, (placed.get(shape) ?? 0) + trial.injections.length);
    const kind = trial.kind === 'two' && trial.visible.length < 2 ? 'two, one hidden' : trial.kind;
    const [good, all] = right.get(kind) ?? [0, 0];
    right.set(kind, [good + (wrong.length === 0 ? 1 : 0), all + 1]);
    if (wrong.length > 0) failures.push(judgement);
  }
  return {
    failures,
    placed,
    lines: [
      `${count} worlds of ${placed.size} shapes in ${((performance.now() - started) / 1000).toFixed(1)} s`,
      ...[...right].map(([kind, [good, all]]) => `${kind}: ${good} of ${all}`),
      ...[...placed].map(([shape, faults]) => `${shape}: ${faults} faults`),
    ],
  };
}
