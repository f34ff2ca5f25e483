import { canonical } from '../../lib/evidence/canonical.ts';
import { fits } from '../../lib/evidence/validate.ts';
import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import schema from '../../schemas/az/load-balancer.schema.json' with { type: 'json' };
import { failure, type Response } from './arm-answers.ts';
import { textAt } from './json.ts';
import { armRefusals } from './refused/refused.ts';
import type { WouldBe } from './refused/would-be.ts';
import { view } from './view.ts';
import { type Resource, resourcesOf, type World } from './world.ts';

const LOAD_BALANCER = 'Microsoft.Network/loadBalancers';

/** ARM's refusal of what a write would make of the load balancers; what was wrong before it is no fault of the write. */
export function refusedState(before: World, after: World): Response | undefined {
  const known = new Set(refusalsIn(before).map(({ code, because }) => `${code} ${because}`));
  const found = refusalsIn(after).find(({ code, because }) => !known.has(`${code} ${because}`));
  return found && failure(400, found.code, found.because);
}

function refusalsIn(world: World) {
  const all = resourcesOf(world, LOAD_BALANCER).flatMap((lb) => wouldBe(world, lb) ?? []);
  return all.flatMap((lb) =>
    armRefusals(lb, {
      others: all,
      skuOfAddress: (id) => textAt(world.resources.get(id.toLowerCase()), 'sku', 'name'),
    }),
  );
}

/** Undefined for one whose answer is none: a world may make Azure answer anything. */
function wouldBe(world: World, lb: Resource): WouldBe | undefined {
  const shown = canonical(view({ ...world, answers: [] }, lb));
  return fits<LoadBalancerAnswer>(schema, shown) ? shown : undefined;
}
