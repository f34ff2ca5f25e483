import { isWord } from './words.ts';

/**
 * Why a member is reported up or down, in the health action's own words
 * (https://learn.microsoft.com/azure/load-balancer/load-balancer-manage-health-status).
 */
export type Reason =
  | 'Up_Probe_Success'
  | 'Up_Probe_AllDownIsUp'
  | 'Up_Probe_ApproachingUnhealthyThreshold'
  | 'Up_Admin'
  | 'Up_Platform'
  | 'Down_Probe_ApproachingHealthyThreshold'
  | 'Down_Probe_HttpStatusCodeError'
  | 'Down_Probe_HttpEndpointUnreachable'
  | 'Down_Probe_HttpNoResponse'
  | 'Down_Probe_TcpProbeTimeout'
  | 'Down_Probe_NoHealthyBackend'
  | 'Down_Admin'
  | 'Down_Platform'
  | 'NA';

interface Reasoned {
  readonly reason: string | undefined;
}

/** Whether Azure gives this reason, or one of these, in whatever case it spells it. */
export function hasReason<T extends Reasoned>(health: T | undefined, ...reasons: readonly Reason[]): health is T {
  const reason = health?.reason;
  if (reason === undefined) return false;
  for (const each of reasons) if (isWord(reason, each)) return true;
  return false;
}

/** It takes a connection, and its answer is none that the probe accepts. */
export function isAnsweredWrongly(health: Reasoned | undefined): boolean {
  return hasReason(
    health,
    'Down_Probe_HttpStatusCodeError',
    'Down_Probe_HttpEndpointUnreachable',
    'Down_Probe_HttpNoResponse',
  );
}

/** What an administrator decided, whatever the probe finds. */
export function isByAdministrator(health: Reasoned | undefined): boolean {
  return hasReason(health, 'Up_Admin', 'Down_Admin');
}
