import type { Step } from './step.ts';

/** A file that a second run does not overwrite: `web-lb-20261122T1917Z.json`. */
export function savedAt(step: Step, collectedAt: string): Step {
  if (step.saveTo === undefined) return step;
  const stamp = `${collectedAt.slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
  return { ...step, saveTo: step.saveTo.replace(/-before\.json$/, `-${stamp}.json`) };
}
