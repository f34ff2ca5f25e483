import type { Step } from './step.ts';

/** Several fixes of one load balancer as one: saved once, changed in order, checked once, taken back in the opposite order. */
export function joined(...fixes: readonly (readonly Step[])[]): Step[] {
  const of = (kind: Step['kind'], all = fixes) =>
    distinct(all.map((steps) => steps.filter((step) => step.kind === kind)));
  return [...of('look'), ...of('backup'), ...of('change'), ...of('check'), ...of('undo', fixes.toReversed())];
}

/** So many of several things that are alike are looked at; the others look the same. */
const looked = 3;

/** The fixes of several things with one cause as one. */
export function forAll(fixes: readonly (readonly Step[])[]): Step[] {
  const isLook = ({ kind, argv }: Step): boolean => kind === 'look' && argv.length > 0;
  return joined(...fixes.map((steps, at) => (at < looked ? steps : steps.filter((step) => !isLook(step)))));
}

/** Each step once, but for what one fix does twice: instances are brought to a model that changes, and changes back. */
function distinct(fixes: readonly (readonly Step[])[]): readonly Step[] {
  const same = (one: Step, other: Step): boolean =>
    one.title === other.title &&
    one.argv.length === other.argv.length &&
    one.argv.every((word, at) => word === other.argv[at]);
  return fixes.flatMap((steps, at) => {
    const earlier = fixes.slice(0, at).flat();
    return steps.filter((step) => !earlier.some((other) => same(step, other)));
  });
}
