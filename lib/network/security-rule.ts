import { is } from '../azure/words.ts';

interface ApplicationSecurityGroupRef {
  readonly id: string;
}

/**
 * What is read of a security rule, configured (`az network nsg show`) or effective (`az network nic list-effective-nsg`).
 * A rule may say a thing in the singular field, in the plural one, or in both: both count.
 */
export interface SecurityRuleLike {
  readonly name: string;
  readonly access: string;
  readonly direction: string;
  readonly priority: number;
  readonly protocol: string;
  readonly sourceAddressPrefix?: string | null | undefined;
  readonly sourceAddressPrefixes?: readonly string[] | null | undefined;
  readonly expandedSourceAddressPrefix?: readonly string[] | null | undefined;
  readonly sourcePortRange?: string | null | undefined;
  readonly sourcePortRanges?: readonly string[] | null | undefined;
  readonly sourceApplicationSecurityGroups?: readonly ApplicationSecurityGroupRef[] | null | undefined;
  readonly destinationAddressPrefix?: string | null | undefined;
  readonly destinationAddressPrefixes?: readonly string[] | null | undefined;
  readonly expandedDestinationAddressPrefix?: readonly string[] | null | undefined;
  readonly destinationPortRange?: string | null | undefined;
  readonly destinationPortRanges?: readonly string[] | null | undefined;
  readonly destinationApplicationSecurityGroups?: readonly ApplicationSecurityGroupRef[] | null | undefined;
}

export type Direction = 'Inbound' | 'Outbound';

/** `AlwaysAllow` is written by a Virtual Network Manager only: nothing after it can deny. */
export type Access = 'Allow' | 'Deny' | 'AlwaysAllow';

export function directionOf(rule: SecurityRuleLike): Direction {
  return is(rule.direction, 'Outbound') ? 'Outbound' : 'Inbound';
}

export function accessOf(rule: SecurityRuleLike): Access {
  const access = rule.access.toLowerCase();
  return access === 'alwaysallow' ? 'AlwaysAllow' : access === 'allow' ? 'Allow' : 'Deny';
}

/** The name without the "securityRules/" or "defaultSecurityRules/" that effective rules put before it. */
export function plainRuleName(rule: { readonly name: string }): string {
  return rule.name.slice(rule.name.lastIndexOf('/') + 1);
}

export function isDefaultRule(rule: SecurityRuleLike): boolean {
  return rule.priority > 4096;
}

/**
 * The six rules every network security group ends with, as az prints them in `defaultSecurityRules`
 * (learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules).
 */
export const defaultSecurityRules = [
  defaultRule('AllowVnetInBound', 'Inbound', 65000, 'Allow', 'VirtualNetwork', 'VirtualNetwork'),
  defaultRule('AllowAzureLoadBalancerInBound', 'Inbound', 65001, 'Allow', 'AzureLoadBalancer', '*'),
  defaultRule('DenyAllInBound', 'Inbound', 65500, 'Deny', '*', '*'),
  defaultRule('AllowVnetOutBound', 'Outbound', 65000, 'Allow', 'VirtualNetwork', 'VirtualNetwork'),
  defaultRule('AllowInternetOutBound', 'Outbound', 65001, 'Allow', '*', 'Internet'),
  defaultRule('DenyAllOutBound', 'Outbound', 65500, 'Deny', '*', '*'),
];

function defaultRule(
  name: string,
  direction: Direction,
  priority: number,
  access: Access,
  sourceAddressPrefix: string,
  destinationAddressPrefix: string,
): SecurityRuleLike {
  return {
    name,
    direction,
    priority,
    access,
    protocol: '*',
    sourceAddressPrefix,
    sourcePortRange: '*',
    destinationAddressPrefix,
    destinationPortRange: '*',
  };
}
