import type { Health, MemberHealth } from '../topology/model.ts';
import { hasReason } from './reason.ts';

const approaching = ['Up_Probe_ApproachingUnhealthyThreshold', 'Down_Probe_ApproachingHealthyThreshold'];

export function isOnEdge(health: MemberHealth | undefined): health is MemberHealth {
  return approaching.some((reason) => hasReason(health, reason));
}

export function onEdge(health: Health | undefined): readonly MemberHealth[] {
  return [...(health?.members.values() ?? [])].filter(isOnEdge);
}
