import type { Diagnoses, NotAsked } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Az } from '../az/call.ts';
import { accounted } from '../collect/account.ts';
import { azVersionIn, versionAsk } from '../collect/az-version.ts';
import { collectedAt } from '../collect/clock.ts';
import { fewEnoughToAsk, lists } from '../collect/lists.ts';
import { readLoadBalancers } from '../collect/load-balancers.ts';
import { asker, type Collected, collectAll, judged } from '../collect/rounds.ts';
import { scopeOf } from '../collect/scope.ts';
import type { IdsTarget, Limit, ScopeTarget } from '../collect/target.ts';
import { type Circumstances, diagnose } from '../diagnosis/diagnose.ts';
import { unreadDiagnosis } from '../diagnosis/unread.ts';
import { byFindings, byVerdict } from '../diagnosis/worst-first.ts';
import { type Asking, askAll } from '../evidence/asking.ts';
import { resourceGroups } from '../evidence/questions/subscription-lists.ts';
import { rules as everyRule } from '../rules/index.generated.ts';
import { version as azlbVersion } from '../version.ts';
import type { TriageOptions } from './triage.ts';

const defaultLimit = 20;

/**
 * Asks az about several load balancers: lists of all there is, static reasoning about each, and the rest for as many as
 * the limit allows, those that it makes most suspicious first. Throws AzError when none can be read.
 */
export async function triageMany(
  source: Az,
  target: ScopeTarget | IdsTarget,
  { recordedAt, rules = everyRule, isStandby, smallest }: TriageOptions,
): Promise<Diagnoses> {
  const at = collectedAt(recordedAt);
  const { az, calls } = accounted(source);
  const asking: Asking = { az };
  const [found, versions] = await Promise.all([readLoadBalancers(asking, target), askAll(asking, [versionAsk])]);
  // The calls are of all load balancers together, and are said once.
  const about: Circumstances = {
    azlb: azlbVersion,
    az: azVersionIn(versions),
    collectedAt: at,
    calls: [],
    isStandby,
    smallest,
  };
  const said = ({ topology, evaluation }: Collected): Diagnosis => diagnose(topology, evaluation, about);

  const most = limitOf(target.limit ?? defaultLimit);
  const isFew = found.ids.length <= Math.min(most, fewEnoughToAsk);
  const evidence = isFew
    ? found.evidence
    : new Map([...found.evidence, ...(await lists(asking, found.ids, [resourceGroups]))]);
  const surveyed = found.ids.map((id) => ({ id, seen: said(judged(evidence, id, rules)) }));
  const ordered = surveyed.sort((one, other) => byFindings(one.seen, other.seen));
  const chosen = ordered.slice(0, most).map(({ id }) => id);
  const collected = await collectAll(asker(asking), chosen, evidence, rules);
  return {
    schemaVersion: 1,
    collectedAt: at,
    scope: scopeOf(target, found.ids),
    loadBalancers: [
      ...[...collected.values()].map(said),
      ...found.unread.map((unread) => unreadDiagnosis(unread, rules, about)),
    ].sort(byVerdict),
    notAsked: ordered.slice(most).map(({ seen: survey }) => notAsked(survey, most)),
    calls,
  };
}

function limitOf(limit: Limit): number {
  return limit === 'all' ? Number.POSITIVE_INFINITY : limit;
}

function notAsked({ loadBalancer, causes, findings }: Diagnosis, most: number): NotAsked {
  const because = `the limit of ${most} to be asked in full was reached (--limit)`;
  return { loadBalancer, because, causes, findings };
}
