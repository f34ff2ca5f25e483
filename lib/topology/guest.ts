import { is } from '../azure/words.ts';
import { Reading } from '../evidence/reading.ts';
import { isThere, present } from './gone.ts';
import type { Machine, Member } from './model.ts';

/** Where commands can be run inside a member. */
export interface Guest {
  /** Of the machine, or of a Uniform scale set's instance. */
  readonly id: string;
  /** Undefined where the machine could not be read. */
  readonly system: 'Linux' | 'Windows' | undefined;
}

/** For a fix only, so it is never a gap: what can't be read here leaves the finding as it is. */
export function guestOf(member: Member): Reading<Guest | undefined> {
  const byMachine = member.machine.map((machine) => (isThere(machine) ? guestOn(machine) : undefined));
  const byInterface = () =>
    member.nic.map((nic): Guest | undefined => {
      const { instance } = member;
      const id = instance ? `${instance.scaleSetId}/virtualMachines/${instance.instanceId}` : present(nic)?.machineId;
      return id === undefined ? undefined : { id, system: undefined };
    });
  return byMachine.orElse(byInterface).orElse(() => Reading.known(undefined));
}

function guestOn({ id, osType }: Machine): Guest {
  return { id, system: (['Linux', 'Windows'] as const).find((system) => is(osType, system)) };
}
