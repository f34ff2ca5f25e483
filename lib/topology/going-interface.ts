import type { Evidence } from '../evidence/evidence.ts';
import { Reading } from '../evidence/reading.ts';
import { machineReading } from './compute.ts';
import type { Seen } from './egress.ts';
import { present } from './gone.ts';
import { outwardOf } from './outward.ts';
import { SharedParts } from './shared-parts.ts';

/** An interface that may be in no pool at all, as somebody who goes out. */
export function goingInterface(evidence: Evidence, nicId: string): Seen {
  const parts = new SharedParts(evidence);
  const nic = parts.nic(nicId);
  const subnet: Seen['subnet'] = nic.andThen((found) => {
    const configurations = present(found)?.ipConfigurations ?? [];
    const { subnetId } = configurations.find(({ primary }) => primary === true) ?? configurations[0] ?? {};
    return subnetId === undefined ? Reading.known(undefined) : parts.subnet(subnetId);
  });
  const machine: Seen['machine'] = nic.andThen((found) => {
    const machineId = present(found)?.machineId;
    return machineId === undefined ? Reading.known(undefined) : machineReading(evidence, machineId);
  });
  return { nic, subnet, machine, ipAddress: undefined, outward: outwardOf({ nic, subnet }, evidence) };
}
