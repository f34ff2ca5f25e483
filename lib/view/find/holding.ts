import { idKey, parentId, sameId, scaleSetInstance } from '../../azure/ids.ts';
import { sameAddress } from '../../network/address.ts';
import type { IpConfiguration, Member, Pool } from '../../topology/model.ts';
import type { Inventory, Unit } from './inventory.ts';

/** Which members of which pools are a unit: through its interfaces, or through its addresses. */
export interface Holding {
  readonly membersOf: (unit: Unit) => readonly Member[];
}

export function holdingIn({ loadBalancers }: Inventory): Holding {
  const byOwner = new Map<string, Member[]>();
  const byAddress = new Map<string, Member[]>();
  const add = (map: Map<string, Member[]>, key: string, member: Member): void => {
    const list = map.get(key);
    if (list) list.push(member);
    else map.set(key, [member]);
  };
  for (const member of loadBalancers.flatMap(({ pools }) => pools.flatMap(({ members }) => members))) {
    const { ipConfigurationId: id, ipAddress } = member;
    if (id !== undefined) {
      const nicId = parentId(id);
      add(byOwner, idKey(nicId), member);
      const instance = scaleSetInstance(id);
      if (instance) add(byOwner, idKey(instance.id), member);
    } else if (ipAddress !== undefined) add(byAddress, ipAddress.toLowerCase(), member);
  }
  const known = new Map<Unit, readonly Member[]>();
  return {
    membersOf: (unit) => {
      const found = known.get(unit) ?? membersOf(unit, byOwner, byAddress);
      known.set(unit, found);
      return found;
    },
  };
}

type Index = ReadonlyMap<string, readonly Member[]>;

function membersOf({ id, machine, interfaces }: Unit, byOwner: Index, byAddress: Index): readonly Member[] {
  const owners = [id, ...(machine?.nicIds ?? []), ...interfaces.map((nic) => nic.id)];
  const configurations = interfaces.flatMap(({ ipConfigurations }) => ipConfigurations);
  const found = [
    ...owners.flatMap((owner) => byOwner.get(idKey(owner)) ?? []),
    ...configurations.flatMap((configuration) =>
      (byAddress.get(configuration.privateIPAddress?.toLowerCase() ?? '') ?? []).filter((member) =>
        isInNetworkOf(member, configuration),
      ),
    ),
  ];
  return [...new Set(found)];
}

/** One address may be had in several networks; a pool that names none takes any. */
function isInNetworkOf(member: Member, { subnetId }: IpConfiguration): boolean {
  const network = networkOfAddress(member);
  return network === undefined || subnetId === undefined || sameId(network, networkOf(subnetId));
}

export function networkOfAddress({ virtualNetworkId, subnetId, pool }: Member): string | undefined {
  return virtualNetworkId ?? pool.virtualNetworkId ?? (subnetId === undefined ? undefined : networkOf(subnetId));
}

/** The virtual network of a subnet. */
export function networkOf(subnetId: string): string {
  return parentId(subnetId);
}

/** Members of pools that list this address, whose owner is not known. */
export function membersAt(address: string, pools: readonly Pool[]): readonly Member[] {
  return pools
    .flatMap(({ members }) => members)
    .filter(({ ipAddress }) => ipAddress !== undefined && sameAddress(ipAddress, address));
}
