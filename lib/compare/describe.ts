import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { idKey } from '../azure/ids.ts';
import { knownOr } from '../evidence/open.ts';
import { addressOf } from '../topology/address.ts';
import { present } from '../topology/gone.ts';
import type { LoadBalancer, Topology } from '../topology/model.ts';
import type { Description } from './description.ts';
import { allKinds } from './kinds.ts';

/** A load balancer and what was found wrong with it, as data to compare. */
export function describe({ loadBalancer }: Topology, diagnosis: Diagnosis): Description {
  const { id, name, resourceGroup, subscriptionId } = loadBalancer;
  const things = allKinds.flatMap((kind) => kind.things({ loadBalancer, diagnosis }));
  const partial = allKinds.filter(({ isPartial }) => isPartial?.(loadBalancer));
  return {
    id,
    name,
    resourceGroup,
    subscriptionId,
    things,
    findings: diagnosis.findings,
    undecided: new Set(diagnosis.notEvaluated.map(({ rule }) => rule)),
    partial: new Set(partial.map(({ kind }) => kind)),
    symbols: symbolsOf(loadBalancer),
    ports: portsOf(loadBalancer),
    byId: new Map(things.flatMap(({ ids, key }) => ids.map((each) => [idKey(each), key] as const))),
  };
}

function symbolsOf({ frontends, pools }: LoadBalancer): ReadonlyMap<string, string> {
  const symbols = new Map<string, string>();
  for (const member of pools.flatMap(({ members }) => members)) {
    const subnet = present(knownOr(member.subnet, undefined));
    for (const prefix of subnet?.addressPrefixes ?? []) symbols.set(prefix, "the members' subnet");
    const address = addressOf(member);
    if (address !== undefined) symbols.set(address, "a member's address");
  }
  for (const { privateIPAddress } of frontends)
    if (privateIPAddress !== undefined) symbols.set(privateIPAddress, "the frontend's address");
  return symbols;
}

function portsOf({ balancingRules, probes }: LoadBalancer): readonly number[] {
  return [...balancingRules.flatMap(({ backendPort }) => backendPort ?? []), ...probes.map(({ port }) => port)];
}
