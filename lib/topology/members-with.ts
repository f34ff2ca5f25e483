import { Reading } from '../evidence/reading.ts';
import type { Gone, IpConfiguration, Machine, Member, Pool, ScaleSet } from './model.ts';

interface WithMachine {
  readonly member: Member;
  readonly machine: Machine | Gone | undefined;
}

interface WithConfiguration {
  readonly member: Member;
  readonly configuration: IpConfiguration | Gone | undefined;
}

/** Each of these members with its machine: missing where one of them is. */
export function withMachines(members: readonly Member[]): Reading<readonly WithMachine[]> {
  return Reading.all(members.map((member) => member.machine.map((machine) => ({ member, machine }))));
}

/** Each of these members with its interface's IP configuration. */
export function withConfigurations(members: readonly Member[]): Reading<readonly WithConfiguration[]> {
  return Reading.all(
    members.map((member) => member.ipConfiguration.map((configuration) => ({ member, configuration }))),
  );
}

/** The scale set that a pool's members are of; undefined inside where they are of none. */
export function firstScaleSet({ scaleSets }: Pool): Reading<ScaleSet | Gone | undefined> {
  return scaleSets[0]?.set ?? Reading.known(undefined);
}
