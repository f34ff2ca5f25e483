import type { Step } from './step.ts';

/** Several fixes of one load balancer as one: saved once, changed in order, checked once, taken back in the opposite order. */
export function joined(...fixes: readonly (readonly Step[])[]): Step[] {
  const all = fixes.flat();
  const of = (kind: Step['kind']) => distinct(all.filter((step) => step.kind === kind));
  const undo = fixes.toReversed().flatMap((steps) => steps.filter(({ kind }) => kind === 'undo'));
  return [...of('look'), ...of('backup'), ...of('change'), ...of('check'), ...distinct(undo)];
}

/** So many of several things that are alike are looked at; the others look the same. */
const looked = 3;

/** The fixes of several things with one cause as one. */
export function forAll(fixes: readonly (readonly Step[])[]): Step[] {
  const isLook = ({ kind, argv }: Step): boolean => kind === 'look' && argv.length > 0;
  return joined(...fixes.map((steps, at) => (at < looked ? steps : steps.filter((step) => !isLook(step)))));
}

function distinct(steps: readonly Step[]): readonly Step[] {
  const same = (one: Step, other: Step): boolean =>
    one.title === other.title &&
    one.argv.length === other.argv.length &&
    one.argv.every((word, at) => word === other.argv[at]);
  return steps.filter((step, at) => steps.findIndex((other) => same(step, other)) === at);
}
