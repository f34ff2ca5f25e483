import type { Az } from '../../lib/az/call.ts';
import { asker } from '../../lib/collect/rounds.ts';
import { guardPlan } from '../../lib/plan/guard/guard.ts';
import type { Drawn, Plan } from '../../lib/plan/plan.ts';
import { toldPlan } from '../../lib/plan/told.ts';
import type { Examined } from '../../lib/triage/triage.ts';

/** The plan as it is told, with what stands in its way. */
export async function guardedPlan(az: Az, drawn: Drawn, { topology, diagnosis, evidence }: Examined): Promise<Plan> {
  const { loadBalancer } = topology;
  const guarded = await guardPlan(asker({ az, isBeyondDiagnosis: true }), drawn, evidence, loadBalancer.id);
  return toldPlan(guarded, loadBalancer, diagnosis.collectedAt, 'bash');
}
