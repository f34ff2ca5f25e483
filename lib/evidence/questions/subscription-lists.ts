import type { ListedAnswer } from '../../../schemas/az/listed.generated.ts';
import schema from '../../../schemas/az/listed.schema.json' with { type: 'json' };
import { defineQuestion, type Question } from '../question.ts';

/** What a subscription (`/subscriptions/S`) has of one kind, from one az process. az fetches every page of these itself. */
function list(name: string, words: readonly string[], more: { readonly since?: string } = {}): Question<ListedAnswer> {
  return defineQuestion<ListedAnswer>({
    name,
    schema,
    batch: false,
    wholeSubscription: true,
    argv: ([id = '']) => [...words, 'list', `--subscription=${id.split('/')[2] ?? ''}`],
    ...more,
  });
}

export const securityGroups = list('security-groups', ['network', 'nsg']);
/** With the subnets of each. */
export const virtualNetworks = list('virtual-networks', ['network', 'vnet']);
/** Since 0.2.0 a triage of one load balancer asks it as well. */
export const scaleSets = list('scale-sets', ['vmss'], { since: '0.2.0' });
/** Without power states: these are in `machineStates`. */
export const machines = list('machines', ['vm']);
/** With what manages each. */
export const resourceGroups = list('resource-groups', ['group'], { since: '0.2.0' });
