import { hasReason } from '../azure/reasons.ts';
import type { Health, MemberHealth } from '../topology/model.ts';

export function isOnEdge(health: MemberHealth | undefined): health is MemberHealth {
  return hasReason(health, 'Up_Probe_ApproachingUnhealthyThreshold', 'Down_Probe_ApproachingHealthyThreshold');
}

export function onEdge(health: Health | undefined): readonly MemberHealth[] {
  return [...(health?.members.values() ?? [])].filter(isOnEdge);
}
