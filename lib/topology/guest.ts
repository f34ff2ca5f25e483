import { Reading } from '../evidence/reading.ts';
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
  const byMachine = member.machine.map((machine) =>
    machine === undefined || machine.gone ? undefined : guestOn(machine),
  );
  const byInterface = () =>
    member.nic.map((nic): Guest | undefined => {
      const { instance } = member;
      const id = instance
        ? `${instance.scaleSetId}/virtualMachines/${instance.instanceId}`
        : nic === undefined || nic.gone
          ? undefined
          : nic.machineId;
      return id === undefined ? undefined : { id, system: undefined };
    });
  return byMachine.orElse(byInterface).orElse(() => Reading.known(undefined));
}

function guestOn({ id, osType }: Machine): Guest {
  const system = osType?.toLowerCase();
  return { id, system: system === 'linux' ? 'Linux' : system === 'windows' ? 'Windows' : undefined };
}
