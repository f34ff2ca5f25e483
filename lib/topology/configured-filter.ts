import { Reading } from '../evidence/reading.ts';
import type { Gone, InboundFilter, Nic, SecurityGroup, Subnet } from './model.ts';
import type { SharedParts } from './shared-parts.ts';

/** The groups of a member's subnet and interface as configured. */
export function configuredFilter(
  parts: SharedParts,
  nic: Reading<Nic | Gone | undefined>,
  subnet: Reading<Subnet | Gone | undefined>,
): Reading<InboundFilter> {
  return nic.andThen((nicOrGone) =>
    subnet.andThen((subnetOrGone) => {
      const group = (holder: Nic | Subnet | Gone | undefined): Reading<SecurityGroup | undefined> => {
        const id = holder === undefined || holder.gone ? undefined : holder.securityGroupId;
        if (id === undefined) return Reading.known(undefined);
        return parts.securityGroup(id).andThen((found): Reading<SecurityGroup> => {
          if (!found.gone) return Reading.known(found);
          // Azure deletes no group that is in use: it is there, and out of sight.
          const { error, command } = found.refusal;
          return Reading.missing({ kind: 'not-found', because: error, command });
        });
      };
      return group(subnetOrGone).andThen((subnetGroup) =>
        group(nicOrGone).map((nicGroup) => parts.configuredFilter(subnetGroup, nicGroup)),
      );
    }),
  );
}
