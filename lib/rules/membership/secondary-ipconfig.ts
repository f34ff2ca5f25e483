import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { joined } from '../../steps/joined.ts';
import { lookAtNic, notice } from '../../steps/looking.ts';
import { addNic, removeNic } from '../../steps/pool.ts';
import { isThere } from '../../topology/gone.ts';
import type { BalancingRule, Gone, IpConfiguration, Nic, Pool } from '../../topology/model.ts';
import { everyMember, type MemberSubject } from '../../topology/subjects.ts';
import { counted } from '../../words/counted.ts';
import { memberCount, membersIn, poolsIn } from '../together.ts';

export default defineRule({
  id: 'secondary-ipconfig',
  layer: 'existence',
  kind: 'risk',
  severity: 'medium',
  severityIfAll: 'critical',
  title: "A member by its interface's secondary address",
  why: 'Floating IP and outbound rules over IPv4 work with the primary IP configuration of an interface alone.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-floating-ip#limitations',
  about: everyMember,
  needs: { configuration: ({ member }: MemberSubject) => member.ipConfiguration },
  when: ({ pool }, { configuration }) => isSecondary(configuration) && useOf(pool) !== undefined,
  wants: {
    nic: ({ member }: MemberSubject) => member.nic,
    subnet: ({ member }: MemberSubject) => member.subnet,
  },
  check: ({ member, pool }, { configuration }, { nic, subnet }) => {
    const use = useOf(pool);
    if (!isThere(configuration) || !use) return undefined;
    // A NAT gateway takes the place of outbound rules, and lifts the limit of floating IP (load-balancer-floating-ip).
    if (isThere(subnet) && subnet.natGatewayId !== undefined) return undefined;
    return {
      // Packets to the frontend's address are not taken there; the probe, which goes to the member's own, is.
      ...(use.floating.length > 0
        ? {
            kind: 'fault',
            severity: 'high',
            covers: use.floating.map((balancingRule) => ({ member, balancingRule })),
          }
        : {}),
      facts: { primary: cite(configuration, 'primary'), use: use.fact },
      detail: { configuration, said: use.said, floating: use.floating, primary: primaryOf(nic) },
    };
  },
  message: (_, { member, pool }, { configuration, said }) =>
    `${member.name} is in ${pool.name} by ${configuration.name}, which is not its primary IP configuration: ${said} needs that.`,
  fix: (_, { member, pool }, { configuration, primary, floating }) => {
    const { nicId } = member;
    const otherWay = floating.map((rule) => notice(withoutFloating(rule)));
    if (nicId === undefined || member.instance || !primary) {
      return [notice(`Put the primary IP configuration of ${member.name} into ${pool.name} instead`), ...otherWay];
    }
    return [
      lookAtNic(nicId),
      ...otherWay,
      ...joined(
        addNic({ poolId: pool.id, ipConfigurationId: primary.id }),
        removeNic({ poolId: pool.id, ipConfigurationId: configuration.id }),
      ),
    ];
  },
  together: {
    by: ({ detail: { said } }) => said,
    message: (all) => {
      const [
        {
          detail: { said },
        },
      ] = all;
      return `${counted(memberCount(all), 'member')} of ${poolsIn(all)} are in it by an IP configuration that is not their interface's primary one: ${membersIn(all)}. For ${said} it must be.`;
    },
  },
});

/** Machines that answer at the frontend's own address stop doing so with it off. */
function withoutFloating({ name, frontend }: BalancingRule): string {
  const careful =
    frontend?.kind === 'public'
      ? 'where nothing on the machines is bound to the public address of its frontend (a loopback interface with it)'
      : "where no cluster on the machines holds the frontend's address itself";
  return `The other way out is floating IP off on ${name}, ${careful}: packets then come to the member's own address`;
}

/** IPv6 is always secondary beside IPv4, and allowed so. */
function isSecondary(configuration: IpConfiguration | Gone | undefined): boolean {
  if (!isThere(configuration)) return false;
  return configuration.primary === false && !is(configuration.privateIPAddressVersion, 'IPv6');
}

function useOf({ balancingRules, outboundRules }: Pool) {
  const floating = balancingRules.filter(({ enableFloatingIP }) => enableFloatingIP === true);
  const [first] = floating;
  if (first) return { floating, said: `floating IP (${first.name})`, fact: cite(first, 'enableFloatingIP') };
  const [outbound] = outboundRules;
  return outbound && { floating, said: `outbound rule ${outbound.name}`, fact: cite(outbound, 'name') };
}

function primaryOf(nic: Nic | Gone | undefined): IpConfiguration | undefined {
  return isThere(nic) ? nic.ipConfigurations.find(({ primary }) => primary === true) : undefined;
}
