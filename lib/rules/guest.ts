import type { Step } from '../steps/step.ts';
import { checkWithTriage, lookAtListeners, notice } from '../steps/looking.ts';
import type { LoadBalancer, Member } from '../topology/model.ts';

/** Looking from inside is all that is left: what to run there, and the check that follows. az can't tell the guest's system from the load balancer. */
export function askGuest(member: Member, loadBalancer: LoadBalancer, command: string): readonly Step[] {
  return [notice(`On ${member.name} itself (not through the load balancer): ${command}`), checkWithTriage(loadBalancer.id)];
}

export function askListeners(machineId: string): readonly Step[] {
  return [lookAtListeners(machineId, 'Linux')];
}
