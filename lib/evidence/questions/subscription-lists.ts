import type { ListedAnswer } from '../../../schemas/az/listed.generated.ts';
import schema from '../../../schemas/az/listed.schema.json' with { type: 'json' };
import { idKey } from '../../azure/ids.ts';
import { eachAs, thingsIn } from '../listed.ts';
import { defineQuestion, type Listed, type Question } from '../question.ts';
import { machine } from './machine.ts';
import { machineStates } from './machine-states.ts';
import { resourceGroup } from './resource-group.ts';
import { scaleSet } from './scale-set.ts';
import { securityGroup } from './security-group.ts';
import { subnetsOf, virtualNetwork } from './virtual-network.ts';

/** What a subscription (`/subscriptions/S`) has of one kind, from one az process. az fetches every page of these itself. */
function list(
  name: string,
  words: readonly string[],
  more: Pick<Question<ListedAnswer>, 'lists' | 'since'>,
): Question<ListedAnswer> {
  return defineQuestion<ListedAnswer>({
    name,
    schema,
    batch: false,
    wholeSubscription: true,
    argv: ([id = '']) => [...words, 'list', `--subscription=${id.split('/')[2] ?? ''}`],
    ...more,
  });
}

export const securityGroups = list('security-groups', ['network', 'nsg'], { lists: eachAs(securityGroup) });
/** With the subnets of each. */
export const virtualNetworks = list('virtual-networks', ['network', 'vnet'], {
  lists: (printed) => [...eachAs(virtualNetwork)(printed), ...thingsIn(printed).flatMap(subnetsOf)],
});
/** Since 0.2.0 a triage of one load balancer asks it as well. */
export const scaleSets = list('scale-sets', ['vmss'], { since: '0.2.0', lists: eachAs(scaleSet) });
/** Without power states: these are in `machineStates`. */
export const machines = list('machines', ['vm'], {
  lists: (printed, beside) => machinesIn(printed, beside(machineStates)),
});
/** With what manages each. */
export const resourceGroups = list('resource-groups', ['group'], { since: '0.2.0', lists: eachAs(resourceGroup) });

/** `vm get-instance-view` prints what `vm list` does, and the state. Without it a machine is asked for alone. */
function machinesIn(printed: unknown, states: unknown): readonly Listed[] {
  const withState = typeof states === 'object' && states !== null && 'value' in states ? thingsIn(states.value) : [];
  const stateOf = new Map(withState.map((thing) => [idKey(thing.id), thing]));
  return thingsIn(printed).flatMap((thing) => {
    const state = stateOf.get(idKey(thing.id));
    if (state === undefined || !('instanceView' in state)) return [];
    return [{ question: machine, printed: { ...thing, instanceView: state.instanceView } }];
  });
}
