import { change } from '../world/world.ts';
import { isVisibleBeside } from './fault.ts';
import { shapeFaults } from './faults/shapes.ts';
import { inject } from './inject.ts';
import { randomFrom } from './random.ts';
import { shapeScene, shapes } from './shape-scene.ts';
import type { Trial } from './trial.ts';

const names = Object.keys(shapes);

/** A world of a shape that people run, each shape in turn, with no fault, one or two. */
export function shapeTrialOf(seed: number): Trial {
  const random = randomFrom(seed);
  const scene = shapeScene(names[seed % names.length] ?? '', random);
  const count = random.pick([0, 1, 1, 1, 2]);
  const injections = inject(scene, random, count, shapeFaults(scene));
  return {
    seed,
    kind: injections.length === 0 ? 'healthy' : injections.length === 1 ? 'one' : 'two',
    scene,
    world: change(scene.world, ...injections.map((each) => each.change)),
    injections,
    visible: injections.filter((one) => injections.every((other) => other === one || isVisibleBeside(one, other))),
    version: '2.91.0',
    rights: undefined,
    random,
  };
}
