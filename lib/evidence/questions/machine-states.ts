import type { MachineStatesAnswer } from '../../../schemas/az/machine-states.generated.ts';
import schema from '../../../schemas/az/machine-states.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

const version = 'api-version=2024-07-01';
const path = (subscription: string): string => `${subscription}/providers/Microsoft.Compute/virtualMachines`;

/**
 * The power state of every virtual machine of a subscription (`/subscriptions/S`): `az vm list -d` would ask for each
 * alone. Zone, scale set and the like are not in it.
 */
export const machineStates = defineQuestion<MachineStatesAnswer>({
  name: 'machine-states',
  schema,
  batch: false,
  argv: ([id = '']) => ['rest', '--method=get', `--url=${path(id)}?statusOnly=true&${version}`],
  nextPage: (page, id) => {
    const nextLink = typeof page === 'object' && page !== null && 'nextLink' in page ? page.nextLink : undefined;
    if (typeof nextLink !== 'string' || nextLink === '') return undefined;
    const next = URL.canParse(nextLink) ? new URL(nextLink) : undefined;
    if (next?.pathname.toLowerCase() !== path(id).toLowerCase()) {
      return { refused: 'its next page is said to be somewhere else' };
    }
    // az rest sends a token along: without the host it goes to the ARM that was asked, wherever the link points.
    return { argv: ['rest', '--method=get', `--url=${path(id)}${next.search}`] };
  },
});
