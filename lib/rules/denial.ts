import { is } from '../azure/words.ts';
import type { StageMatch } from '../network/evaluate-security.ts';
import { plainRuleName } from '../network/security-rule.ts';
import type { InboundPath } from '../topology/inbound.ts';
import type { SecurityRule } from '../topology/model.ts';

/** A security rule that stops a flow for certain, with what stands beside it in its group. */
export interface Denial {
  readonly hit: StageMatch<SecurityRule>;
  readonly rule: SecurityRule;
  readonly groupId: string;
  readonly denyPriority: number;
  readonly takenPriorities: readonly number[];
  readonly takenNames: readonly string[];
}

export function denialOn(path: InboundPath): Denial | undefined {
  return denialAt(path, path.admission.deniedBy);
}

/** Every group on the way that stops the flow: both stages are passed through, and closed at either is closed. */
export function denialsOn(path: InboundPath): readonly Denial[] {
  const closed = path.admission.stages.filter(({ access }) => access === 'Deny');
  return closed.flatMap((hit) => denialAt(path, hit) ?? []);
}

function denialAt({ filter, admission }: InboundPath, hit: StageMatch<SecurityRule> | null): Denial | undefined {
  if (!hit?.certain || !admission.certain || !hit.rule || hit.stage === 'network-manager') return undefined;
  const rules = (hit.stage === 'subnet' ? filter.subnet : filter.nic) ?? [];
  const inbound = rules.filter(({ direction }) => is(direction, 'Inbound'));
  return {
    hit,
    rule: hit.rule,
    groupId: hit.rule.groupId,
    denyPriority: hit.rule.priority,
    takenPriorities: inbound.map(({ priority }) => priority),
    takenNames: rules.map(plainRuleName),
  };
}
