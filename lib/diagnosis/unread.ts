import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { parseId } from '../azure/ids.ts';
import type { Unread } from '../collect/load-balancers.ts';
import type { Rule } from '../rule.ts';
import type { Circumstances } from './diagnose.ts';

/** What is said of a load balancer among several that could not be read itself: no rule could look at it. */
export function unreadDiagnosis({ id, because }: Unread, rules: readonly Rule[], about: Circumstances): Diagnosis {
  const parsed = parseId(id);
  return {
    schemaVersion: 1,
    azlb: about.azlb,
    az: about.az,
    collectedAt: about.collectedAt,
    loadBalancer: {
      id,
      name: parsed?.name ?? id,
      resourceGroup: parsed?.resourceGroup ?? '',
      subscriptionId: parsed?.subscriptionId ?? '',
      location: null,
      sku: null,
      tier: null,
      owner: 'user',
    },
    verdict: 'unknown',
    balancingRules: [],
    members: [],
    causes: [],
    findings: [],
    notEvaluated: rules.map((rule) => ({ rule: rule.id, on: id, because })),
    calls: about.calls,
    ruleFile: null,
    switchedOff: [],
    expectation: null,
  };
}

/** Whatever Azure answers about a load balancer, it has a SKU. */
export function isUnread({ loadBalancer }: Diagnosis): boolean {
  return loadBalancer.sku === null;
}
