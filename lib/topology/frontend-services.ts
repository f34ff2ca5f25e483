import { Reading } from '../evidence/reading.ts';
import type { BalancingRule, Health, PrivateLinkService } from './model.ts';

const wrongAnswers = /^down_probe_http(statuscodeerror|endpointunreachable|noresponse)$/i;

/** The Private Link services before a balancing rule whose members answer its probe, all of them wrongly; else none. */
export function servicesBeforeWrongAnswers(rule: BalancingRule): Reading<readonly PrivateLinkService[]> {
  const { frontend, reasons } = rule;
  return reasons.andThen((health) =>
    frontend === undefined || !isAnsweredWrongly(health) ? Reading.known([]) : frontend.privateLinkServices,
  );
}

/** A member that is up speaks what comes before its probe. */
function isAnsweredWrongly({ members }: Health): boolean {
  const found = [...members.values()];
  return found.every(({ really }) => really !== 'up') && found.some(({ reason = '' }) => wrongAnswers.test(reason));
}
