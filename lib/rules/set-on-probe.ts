import { changeProbe, type ProbeChange } from '../steps/balancer.ts';
import { whileLetGo } from '../steps/held-probe.ts';
import { notice } from '../steps/looking.ts';
import type { Step } from '../steps/step.ts';
import { knownSetsJudgedBy } from '../topology/health-probe-sets.ts';
import type { LoadBalancer, Probe } from '../topology/model.ts';

/** A change of a probe, after a look at whether members will still answer it. */
export function setOnProbe(
  { probe, loadBalancer }: { readonly probe: Probe; readonly loadBalancer: LoadBalancer },
  to: ProbeChange['to'],
  from: ProbeChange['from'],
  look: string,
): readonly Step[] {
  const loadBalancerId = loadBalancer.id;
  const disruptive = 'Every member is probed anew; one that does not answer gets no new flows any more.';
  const keepsNewFields = loadBalancer.hasNewerFields;
  const change = { loadBalancerId, name: probe.name, to, from, keepsNewFields, disruptive, disruptiveBack: disruptive };
  return [notice(look), ...heldByNobody(probe, loadBalancer, changeProbe(change))];
}

/** The change of a probe, with what lets go of it first where scale sets judge their instances by it. */
export function heldByNobody(probe: Probe, loadBalancer: LoadBalancer, steps: readonly Step[]): readonly Step[] {
  const sets = knownSetsJudgedBy(probe, loadBalancer).map(({ id, instances }) => ({
    id,
    instanceIds: instances.flatMap(({ instance }) => instance?.instanceId ?? []),
  }));
  return whileLetGo(sets, probe.id, steps);
}
