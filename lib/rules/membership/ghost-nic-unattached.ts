import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { leavePool } from '../../steps/leave-pool.ts';
import { isThere, refusal } from '../../topology/gone.ts';
import type { Gone, Nic } from '../../topology/model.ts';
import { type MemberSubject, machineMembers } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { named } from '../../words/name-order.ts';
import { mildUnlessServing } from '../serving.ts';
import { poolsIn } from '../together.ts';

// The interface exists and no machine stands behind it: it names none, or one that is gone. Where the interface itself is
// gone, ghost-nic-missing says so: it can't be taken out of the pool as this one can.
export default defineRule({
  id: 'ghost-nic-unattached',
  layer: 'existence',
  kind: 'fault',
  severity: 'high',
  severityIfAll: 'critical',
  title: "A member's network interface belongs to no machine",
  why: 'The interface stayed in the pool when its machine was deleted or given another one. Nothing answers there, and Azure leaves it out of its health answer.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
  explains: ['tcp-probe-timeout', 'health-missing-members', 'member-down'],
  about: machineMembers,
  needs: {
    nic: ({ member }: MemberSubject) => member.nic,
    machine: ({ member }: MemberSubject) => member.machine,
  },
  check: ({ member }, { nic, machine }) => {
    if (!isThere(nic) || isServicesOwn(nic) || isChanging(nic)) return undefined;
    if (isThere(machine)) return undefined;
    return {
      ...mildUnlessServing(member),
      on: nic.id,
      facts: {
        machine: cite(nic.virtualMachine, 'id'),
        ...(machine && { refused: refusal(machine) }),
      },
      detail: { nic: nic.name, gone: machine },
    };
  },
  message: (_, { member }, { nic, gone }) =>
    `${nic} is a member of ${member.pool.name} and ${gone ? `its machine ${nameIn(gone)} does not exist` : 'is attached to no machine'}.`,
  fix: (_, { member }) => leavePool(member),
  together: {
    by: ({ detail: { gone } }) => (gone ? 'machine gone' : 'no machine'),
    message: (all) => {
      const [{ detail }] = all;
      const nics = all.map(({ detail: { nic } }) => nic);
      return `${counted(new Set(nics).size, 'interface')} in ${poolsIn(all)} ${detail.gone ? 'name a machine that does not exist' : 'are attached to no machine'}: ${named(nics)}.`;
    },
  },
});

/** Interfaces of private endpoints and private link services never have a machine: unsupported-member-type. */
function isServicesOwn({ privateEndpointId, privateLinkServiceId }: Nic): boolean {
  return privateEndpointId !== undefined || privateLinkServiceId !== undefined;
}

/** A machine is being attached or taken off. */
function isChanging({ provisioningState }: Nic): boolean {
  return is(provisioningState, 'Updating');
}

function nameIn({ id }: Gone): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
