import { isAnsweredWrongly } from '../azure/reasons.ts';
import { Reading } from '../evidence/reading.ts';
import type { BalancingRule, Health, PrivateLinkService } from './model.ts';

/** The Private Link services before a balancing rule whose members answer its probe, all of them wrongly; else none. */
export function servicesBeforeWrongAnswers(rule: BalancingRule): Reading<readonly PrivateLinkService[]> {
  const { frontend, reasons } = rule;
  return reasons.andThen((health) =>
    frontend === undefined || !areAnsweringWrongly(health) ? Reading.known([]) : frontend.privateLinkServices,
  );
}

/** A member that is up speaks what comes before its probe. */
function areAnsweringWrongly({ members }: Health): boolean {
  const found = [...members.values()];
  return found.every(({ really }) => really !== 'up') && found.some(isAnsweredWrongly);
}
