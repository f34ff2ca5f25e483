import { Reading } from '../evidence/reading.ts';
import { isThere, outOfSight, present } from './gone.ts';
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
        const id = present(holder)?.securityGroupId;
        if (id === undefined) return Reading.known(undefined);
        return parts.securityGroup(id).andThen((found): Reading<SecurityGroup> => {
          // Azure deletes no group that is in use: it is there, and out of sight.
          return found.gone ? outOfSight(found) : Reading.known(found);
        });
      };
      if (nicOrGone === undefined && !isThere(subnetOrGone)) return nowhere;
      return group(subnetOrGone).andThen((subnetGroup) =>
        group(nicOrGone).map((nicGroup) => parts.configuredFilter(subnetGroup, nicGroup)),
      );
    }),
  );
}

/** No group is known to guard it, which is not that none does. */
const nowhere = Reading.missing({
  kind: 'unplaced',
  because: 'no interface is known to have the address, and no subnet of its virtual network to hold it',
});
