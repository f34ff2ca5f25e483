import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import { applied } from '../fixes/apply.ts';
import { differences } from '../fixes/differences.ts';
import { diagnosed, isWorse, type Target } from '../fixes/property.ts';
import type { World } from '../world/world.ts';

/** What a plan did to its world, as it was printed, and where the way back led. */
export interface Ran {
  readonly before: Diagnosis;
  readonly after: Diagnosis;
  readonly isWorse: boolean;
  /** Where the world after all undos differs from the one before; undefined where a change has no way back. */
  readonly left: readonly string[] | undefined;
}

export async function runPlan(world: World, plan: Plan, target: Target): Promise<Ran> {
  const argvs = (kind: string) =>
    plan.steps.flatMap((step) => (step.kind === kind && step.argv.length > 0 ? [step.argv] : []));
  const before = await diagnosed(world, target);
  const done = argvs('change').reduce(applied, world);
  const after = await diagnosed(done, target);
  const undos = argvs('undo');
  const left = undos.length < argvs('change').length ? undefined : differences(world, undos.reduce(applied, done));
  return { before, after, isWorse: isWorse(after.verdict, before.verdict), left };
}
