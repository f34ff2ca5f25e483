import { idKey } from '../azure/ids.ts';
import { type Ask, askKey } from './ask.ts';
import type { Outcome } from './evidence.ts';
import { read } from './outcome.ts';
import type { Question } from './question.ts';
import { attachedInterfaces } from './questions/attached-interfaces.ts';
import { interfaces } from './questions/interfaces.ts';
import { machine } from './questions/machine.ts';
import { machineStates } from './questions/machine-states.ts';
import { networkInterface } from './questions/network-interface.ts';
import { publicAddress } from './questions/public-address.ts';
import { publicAddresses } from './questions/public-addresses.ts';
import { resourceGroup } from './questions/resource-group.ts';
import { scaleSet } from './questions/scale-set.ts';
import { scaleSetInterfaces } from './questions/scale-set-interfaces.ts';
import { securityGroup } from './questions/security-group.ts';
import { subnet } from './questions/subnet.ts';
import {
  machines,
  resourceGroups,
  scaleSets,
  securityGroups,
  virtualNetworks,
} from './questions/subscription-lists.ts';
import { virtualNetwork } from './questions/virtual-network.ts';

type Outcomes = ReadonlyMap<string, Outcome>;

/** One thing as a list has it, printed as when it is asked for alone. */
interface Listed {
  readonly ask: Ask;
  readonly printed: object;
}

type Thing = object & { readonly id: string };

/** Which question each thing of a list answers. */
const answeredBy: ReadonlyMap<string, Question<unknown>> = new Map<string, Question<unknown>>([
  [attachedInterfaces.name, networkInterface],
  [interfaces.name, networkInterface],
  [scaleSetInterfaces.name, networkInterface],
  [publicAddresses.name, publicAddress],
  [securityGroups.name, securityGroup],
  [scaleSets.name, scaleSet],
  [resourceGroups.name, resourceGroup],
]);

/** A list answers for each thing in it as if that had been asked for alone; of what is not in it, it says nothing. */
export function spread(outcomes: Outcomes): Outcomes {
  const all = new Map(outcomes);
  for (const { ask, printed } of listedIn(outcomes)) {
    // An item that doesn't fit is asked for alone, and then says what is wrong with it.
    const own = read(ask, printed, JSON.stringify(printed));
    if (own.status === 'read' && !all.has(askKey(ask))) all.set(askKey(ask), own);
  }
  return all;
}

function listedIn(outcomes: Outcomes): readonly Listed[] {
  return [...outcomes].flatMap(([key, outcome]) => {
    const [list = '', id = ''] = key.split(' ');
    if (outcome.status !== 'read') return [];
    const question = answeredBy.get(list);
    if (question)
      return things(outcome.answer.printed).map((thing) => ({ ask: { question, id: thing.id }, printed: thing }));
    if (list === virtualNetworks.name) return networksIn(outcome.answer.printed);
    if (list === virtualNetwork.name) return subnetsIn([outcome.answer.printed]);
    return list === machines.name
      ? machinesIn(outcome.answer.printed, outcomes.get(askKey({ question: machineStates, id })))
      : [];
  });
}

function networksIn(networks: unknown): readonly Listed[] {
  return [
    ...things(networks).map((thing) => ({ ask: { question: virtualNetwork, id: thing.id }, printed: thing })),
    ...subnetsIn(networks),
  ];
}

function subnetsIn(networks: unknown): readonly Listed[] {
  return things(networks)
    .flatMap((network) => ('subnets' in network ? things(network.subnets) : []))
    .map((thing) => ({ ask: { question: subnet, id: thing.id }, printed: thing }));
}

/** `vm get-instance-view` prints what `vm list` does, and the state. Without it a machine is asked for alone. */
function machinesIn(listed: unknown, states: Outcome | undefined): readonly Listed[] {
  const value = states?.status === 'read' ? states.value : undefined;
  const withState = typeof value === 'object' && value !== null && 'value' in value ? things(value.value) : [];
  const stateOf = new Map(withState.map((thing) => [idKey(thing.id), thing]));
  return things(listed).flatMap((thing) => {
    const state = stateOf.get(idKey(thing.id));
    if (state === undefined || !('instanceView' in state)) return [];
    return [{ ask: { question: machine, id: thing.id }, printed: { ...thing, instanceView: state.instanceView } }];
  });
}

function things(printed: unknown): readonly Thing[] {
  const items: readonly unknown[] = Array.isArray(printed) ? printed : [];
  return items.filter(
    (item): item is Thing => typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string',
  );
}
