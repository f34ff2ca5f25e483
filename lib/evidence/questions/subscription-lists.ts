import type { ListedAnswer } from '../../../schemas/az/listed.generated.ts';
import schema from '../../../schemas/az/listed.schema.json' with { type: 'json' };
import { defineQuestion, type Question } from '../question.ts';

/** What a subscription (`/subscriptions/S`) has of one kind, from one az process. az fetches every page of these itself. */
function list(name: string, ...words: readonly string[]): Question<ListedAnswer> {
  return defineQuestion<ListedAnswer>({
    name,
    schema,
    batch: false,
    wholeSubscription: true,
    argv: ([id = '']) => [...words, 'list', `--subscription=${id.split('/')[2] ?? ''}`],
  });
}

export const securityGroups = list('security-groups', 'network', 'nsg');
/** With the subnets of each. */
export const virtualNetworks = list('virtual-networks', 'network', 'vnet');
export const scaleSets = list('scale-sets', 'vmss');
/** Without power states: these are in `machineStates`. */
export const machines = list('machines', 'vm');
