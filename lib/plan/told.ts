import type { Shell } from '../shell/shell.ts';
import { savedAt } from '../steps/saved-at.ts';
import { printedStep } from '../steps/step.ts';
import type { LoadBalancer } from '../topology/model.ts';
import { version } from '../version.ts';
import { type Drawn, type Plan, withIds } from './plan.ts';

/** A drawn plan in words and commands, for one shell. */
export function toldPlan(
  { kind, refused, capacity, steps, unread }: Drawn,
  loadBalancer: LoadBalancer | null,
  collectedAt: string,
  shell: Shell,
): Plan {
  return {
    schemaVersion: 1,
    azlb: version,
    collectedAt,
    kind,
    loadBalancer: loadBalancer && {
      id: loadBalancer.id,
      name: loadBalancer.name,
      resourceGroup: loadBalancer.resourceGroup,
      subscriptionId: loadBalancer.subscriptionId,
      owner: loadBalancer.owner,
    },
    refused,
    capacity,
    steps: withIds(steps).map(({ id, step, affects, undoes }) => {
      const saved = savedAt(step, collectedAt);
      const { kind: stepKind, title, disruptive, saveTo: file = null, etag = null } = saved;
      return { id, kind: stepKind, title, ...printedStep(saved, shell), disruptive, affects, undoes, file, etag };
    }),
    unread,
  };
}
