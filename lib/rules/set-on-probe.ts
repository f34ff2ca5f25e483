import { changeProbe, type ProbeChange } from '../steps/balancer.ts';
import { notice } from '../steps/looking.ts';
import type { Step } from '../steps/step.ts';
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
  return [notice(look), ...changeProbe({ loadBalancerId, name: probe.name, to, from, keepsNewFields, disruptive })];
}
