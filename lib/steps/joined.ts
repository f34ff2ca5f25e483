import type { Step } from './step.ts';

/** Several fixes of one load balancer as one: saved once, changed in order, checked once, taken back in the opposite order. */
export function joined(...fixes: readonly (readonly Step[])[]): Step[] {
  const all = fixes.flat();
  const of = (...kinds: readonly Step['kind'][]) => all.filter(({ kind }) => kinds.includes(kind));
  const once = (steps: readonly Step[]) =>
    steps.filter(({ title }, at) => steps.findIndex((step) => step.title === title) === at);
  const undo = fixes.toReversed().flatMap((steps) => steps.filter(({ kind }) => kind === 'undo'));
  return [...of('look'), ...once(of('backup')), ...of('change'), ...once(of('check')), ...undo];
}
