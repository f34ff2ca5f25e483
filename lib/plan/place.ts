import { idKey, parentId, sameId, sameName } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { knownOr } from '../evidence/open.ts';
import { addressFamily, type Family, sameAddress } from '../network/address.ts';
import { present } from '../topology/gone.ts';
import type { IpConfiguration, Machine, Nic, Pool } from '../topology/model.ts';

/** A machine or an interface that is to join, or an address that none is known to have. */
export interface Candidate {
  /** As it was named: which of its addresses, where that says so. */
  readonly text: string;
  readonly name: string;
  readonly machine: Machine | undefined;
  readonly interfaces: readonly Nic[];
}

/** One address of a candidate, as it would be in the pool. */
export interface Place {
  readonly candidate: Candidate;
  readonly nic: Nic | undefined;
  readonly configuration: IpConfiguration | undefined;
  readonly address: string | undefined;
}

/** Of those that are in it, else of its frontends. */
export function familyOf({ members }: Pool, versions: readonly string[]): Family {
  const addresses = members.flatMap((member) => {
    const configuration = present(knownOr(member.ipConfiguration, undefined));
    return member.ipAddress ?? configuration?.privateIPAddress ?? [];
  });
  const [family] = addresses.flatMap((address) => addressFamily(address) ?? []);
  return family ?? (versions.some((version) => is(version, 'IPv6')) ? 6 : 4);
}

/** The address that is named, else the first one of the family at the machine's primary interface. */
export function placeOf(candidate: Candidate, family: Family): Place {
  const { text, interfaces } = candidate;
  const all = interfaces.flatMap((nic) => nic.ipConfigurations.map((configuration) => ({ nic, configuration })));
  const isNamed = ({ nic, configuration }: (typeof all)[number]): boolean =>
    sameId(configuration.id, text) ||
    sameId(nic.id, text) ||
    sameName(nic.name, text) ||
    (configuration.privateIPAddress !== undefined && sameAddress(configuration.privateIPAddress, text));
  const fitting = (list: typeof all) => {
    const own = list.filter(({ configuration }) => versionOf(configuration) === family);
    return own.length > 0 ? own : list;
  };
  const meant = all.filter(isNamed);
  const primary = all.filter(({ nic }) => nic.primary !== false || interfaces.length === 1);
  const choice = fitting(meant.length > 0 ? meant : primary);
  const found = choice.find(({ configuration }) => configuration.primary) ?? choice[0];
  const address = found?.configuration.privateIPAddress ?? (all.length === 0 ? text : undefined);
  return { candidate, nic: found?.nic, configuration: found?.configuration, address };
}

export const versionOf = ({ privateIPAddressVersion }: IpConfiguration): Family =>
  is(privateIPAddressVersion, 'IPv6') ? 6 : 4;

export function isIn({ configuration, address }: Place, pool: Pool): boolean {
  if (configuration?.loadBalancerBackendAddressPools.some((id) => sameId(id, pool.id))) return true;
  return pool.members.some(
    (member) =>
      (configuration !== undefined && sameId(member.ipConfigurationId, configuration.id)) ||
      (address !== undefined && member.ipAddress !== undefined && sameAddress(member.ipAddress, address)),
  );
}

export const takesAddresses = ({ kind, syncMode, virtualNetworkId }: Pool): boolean =>
  kind === 'ip' || (kind === 'empty' && (syncMode !== undefined || virtualNetworkId !== undefined));

/** Where its members are, or its internal frontends. */
export function networksOf(pool: Pool): readonly string[] {
  const ofMembers = pool.members.flatMap((member) => {
    const subnet = present(knownOr(member.ipConfiguration, undefined))?.subnetId ?? member.subnetId;
    return member.virtualNetworkId ?? (subnet === undefined ? [] : parentId(subnet));
  });
  const ofFrontends = pool.balancingRules.flatMap(({ frontend }) =>
    frontend?.subnetId === undefined ? [] : parentId(frontend.subnetId),
  );
  const all = [...(pool.virtualNetworkId === undefined ? [] : [pool.virtualNetworkId]), ...ofMembers, ...ofFrontends];
  return [...new Map(all.map((id) => [idKey(id), id])).values()];
}
