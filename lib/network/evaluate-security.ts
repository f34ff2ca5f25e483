import type { SecurityRuleLike } from './security-rule.ts';
import { type Flow, firstAdminMatch, firstMatch, type Match } from './security-rules.ts';

/** Where a flow can be stopped on its way. */
export type Stage = 'network-manager' | 'subnet' | 'nic';

/** The rules at each stage; a stage that is left out has no group there, which lets everything pass. */
export interface SecurityGroups<R> {
  /** Security admin rules of a Virtual Network Manager: they come before any group and have no default rules. */
  readonly networkManager?: readonly R[] | undefined;
  readonly subnet?: readonly R[] | undefined;
  readonly nic?: readonly R[] | undefined;
}

export interface StageMatch<R> extends Match<R> {
  readonly stage: Stage;
}

export interface Admission<R> {
  readonly access: 'Allow' | 'Deny';
  readonly certain: boolean;
  /** Where it was denied, by which rule; null when it is allowed. */
  readonly deniedBy: StageMatch<R> | null;
  /** False when no network security group guards the machine at all: a Standard public load balancer is then closed. */
  readonly guarded: boolean;
  /** Every stage that was looked at, in the order the flow passes them. */
  readonly stages: readonly StageMatch<R>[];
}

/** Whether the flow gets through: each stage must let it pass. Inbound the subnet's group comes first, outbound the NIC's. */
export function evaluateSecurity<R extends SecurityRuleLike>(groups: SecurityGroups<R>, flow: Flow): Admission<R> {
  const guarded = groups.subnet !== undefined || groups.nic !== undefined;
  const manager = groups.networkManager === undefined ? null : managerMatch(groups.networkManager, flow);
  const stages: StageMatch<R>[] = manager === null ? [] : [manager];
  // A certain word of the Virtual Network Manager ends the evaluation unless it is a plain Allow.
  if (!(manager?.certain && manager.access !== 'Allow')) {
    const order = flow.direction === 'Inbound' ? (['subnet', 'nic'] as const) : (['nic', 'subnet'] as const);
    for (const stage of order) {
      const rules = groups[stage];
      if (rules !== undefined) stages.push({ stage, ...firstMatch(rules, flow) });
    }
  }
  const denials = stages.filter((stage) => stage.access === 'Deny');
  const deniedBy = denials.find((stage) => stage.certain) ?? denials[0] ?? null;
  const certain = deniedBy === null ? stages.every((stage) => stage.certain) : isCertainDenial(deniedBy, manager);
  return { access: deniedBy === null ? 'Allow' : 'Deny', certain, deniedBy, guarded, stages };
}

// A group's deny means nothing where an AlwaysAllow before it may apply.
function isCertainDenial<R extends SecurityRuleLike>(deniedBy: StageMatch<R>, manager: StageMatch<R> | null): boolean {
  if (!deniedBy.certain) return false;
  return manager === null || manager === deniedBy || manager.certain;
}

function managerMatch<R extends SecurityRuleLike>(rules: readonly R[], flow: Flow): StageMatch<R> {
  return { stage: 'network-manager', ...firstAdminMatch(rules, flow) };
}
