import { hasReason, isByAdministrator } from '../azure/reasons.ts';
import { Reading } from '../evidence/reading.ts';
import { isThere } from './gone.ts';
import { pathTo, probeFlow } from './inbound.ts';
import type { BalancingRule, Gone, Machine, Member, MemberHealth, Nic, Probe } from './model.ts';

/** A member that gives its probe no TCP answer, although the security groups let the probe through. */
export interface Deaf {
  readonly balancingRule: BalancingRule;
  readonly member: Member;
  readonly health: MemberHealth;
}

/**
 * The members of a probe that are deaf to it, where every member that the probe decides about is; else none. A member
 * that is off, denied by a security group or set by an administrator says nothing of the probe.
 */
export function deafToProbe(probe: Probe): Reading<readonly Deaf[]> {
  return Reading.all(
    probe.balancingRules.map((rule) => rule.reasons.map(({ members }) => ({ rule, members }))),
  ).andThen((healths): Reading<readonly Deaf[]> => {
    const probed = healths
      .flatMap(({ rule, members }) => [...members].map(([member, health]) => ({ balancingRule: rule, member, health })))
      .filter(({ health }) => !isByAdministrator(health));
    if (!probed.every(({ health }) => hasReason(health, 'Down_Probe_TcpProbeTimeout'))) return Reading.known([]);
    const reached = probed.map((one) =>
      pathTo(one.member, probeFlow(probe)).map(({ admission }) => (admission.access === 'Allow' ? [one] : [])),
    );
    return Reading.all(reached).map((lists) => lists.flat());
  });
}

export function isSecondary(nic: Nic | Gone | undefined, machine: Machine | Gone | undefined): boolean {
  if (!isThere(nic) || !isThere(machine)) return false;
  return nic.primary === false && machine.nicIds.length > 1;
}

/**
 * Whether all members of a balancing rule that give no TCP answer are members by another interface than their running
 * machine's primary one: then it is what they have in common, and they hear the probe and answer it the wrong way.
 */
export function deafBySecondaryInterface(rule: BalancingRule): Reading<boolean> {
  return rule.reasons.andThen(({ members }) => {
    const deaf = [...members].flatMap(([member, health]) =>
      hasReason(health, 'Down_Probe_TcpProbeTimeout') ? [member] : [],
    );
    const each = deaf.map((member) =>
      member.nic.andThen((nic) =>
        member.machine.map(
          (machine) => isSecondary(nic, machine) && !machine?.gone && machine?.powerState === 'running',
        ),
      ),
    );
    return Reading.all(each).map((all) => all.length > 0 && all.every((one) => one));
  });
}
