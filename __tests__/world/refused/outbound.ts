import { sameId } from '../../../lib/azure/ids.ts';
import { nameIn } from './frontends.ts';
import { type ArmRefusal, pairs, protocolsOverlap, type WouldBe } from './would-be.ts';

type OutboundRule = NonNullable<WouldBe['outboundRules']>[number];

/** Ports that one address has for outbound rules. */
const portsPerAddress = 64_000;

export function outboundRefusals(lb: WouldBe): readonly ArmRefusal[] {
  const rules = lb.outboundRules ?? [];
  return [
    ...rules.flatMap((rule) => translatedTwice(lb, rule)),
    ...pairs(rules).flatMap(([one, other]) => onOneFrontend(one, other)),
    ...rules.flatMap((rule) => ports(lb, rule)),
  ];
}

/** A frontend's address translates for an outbound rule, or for balancing rules by the way: never for both. */
function translatedTwice(lb: WouldBe, outbound: OutboundRule): readonly ArmRefusal[] {
  return lb.loadBalancingRules.flatMap((rule) =>
    rule.disableOutboundSnat !== true &&
    frontendsOf(outbound).some((id) => sameId(id, rule.frontendIPConfiguration?.id))
      ? [
          {
            code: 'LoadBalancingRuleMustDisableSNATSinceSameFrontendIPConfigurationIsReferencedByOutboundRule',
            because: `balancing rule ${rule.name} must disable outbound SNAT, since outbound rule ${outbound.name} uses the same frontend`,
          },
        ]
      : [],
  );
}

const frontendsOf = ({ frontendIPConfigurations = [] }: OutboundRule): readonly string[] =>
  frontendIPConfigurations.map(({ id }) => id);

function onOneFrontend(one: OutboundRule, other: OutboundRule): readonly ArmRefusal[] {
  const shared = frontendsOf(one).find((id) => frontendsOf(other).some((each) => sameId(each, id)));
  return shared !== undefined && protocolsOverlap(one.protocol, other.protocol)
    ? [
        {
          code: 'MoreThanOneOutboundRuleUsingSameFrontendIPConfigurationAndProtocolIsNotSupported',
          because: `outbound rules ${one.name} and ${other.name} use frontend ${nameIn(shared)} with the same or overlapping protocol`,
        },
      ]
    : [];
}

function ports(lb: WouldBe, rule: OutboundRule): readonly ArmRefusal[] {
  const { allocatedOutboundPorts: allocated = 0 } = rule;
  if (allocated === 0) return [];
  if (allocated % 8 !== 0) {
    return [
      {
        code: 'SpecifiedAllocatedOutboundPortsForOutboundRuleIsNotAMultipleOfEight',
        because: `outbound rule ${rule.name} allocates ${allocated} ports, which is no multiple of 8`,
      },
    ];
  }
  if (allocated > portsPerAddress) {
    return [
      {
        code: 'SpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAllowedPortsPerRule',
        because: `outbound rule ${rule.name} allocates ${allocated} ports, more than ${portsPerAddress}`,
      },
    ];
  }
  const addresses = addressesOf(lb, rule);
  const members = membersOf(lb, rule);
  return addresses !== undefined && allocated * members > portsPerAddress * addresses
    ? [
        {
          code: 'SpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAvailablePorts',
          because: `outbound rule ${rule.name} allocates ${allocated} ports for each of ${members} members, more than its ${addresses} ${addresses === 1 ? 'address has' : 'addresses have'}`,
        },
      ]
    : [];
}

/** Undefined where a prefix has it, whose size is not in it. */
function addressesOf(lb: WouldBe, rule: OutboundRule): number | undefined {
  const used = lb.frontendIPConfigurations.filter(({ id }) => frontendsOf(rule).some((each) => sameId(each, id)));
  return used.some(({ publicIPPrefix }) => publicIPPrefix !== undefined) ? undefined : used.length;
}

function membersOf(lb: WouldBe, rule: OutboundRule): number {
  const pool = lb.backendAddressPools.find(({ id }) => sameId(id, rule.backendAddressPool?.id));
  const { backendIPConfigurations = [], loadBalancerBackendAddresses = [] } = pool ?? {};
  return Math.max(backendIPConfigurations.length, loadBalancerBackendAddresses.length);
}
