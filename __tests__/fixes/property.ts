import { verdicts } from '../../lib/diagnosis/verdict.ts';
import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import type { World } from '../world/world.ts';
import { applied } from './apply.ts';
import { differences } from './differences.ts';
import { staysBecause } from './left-out.ts';

export interface Target {
  readonly name: string;
  readonly group: string;
}

/** What became of one finding's fix in its world. */
export interface Tried {
  readonly rule: string;
  readonly of: string;
  readonly result: 'mended' | 'nothing to run' | 'left out' | 'wrong';
  readonly because: string;
  /** Whether its undo led back to an equal world; null where it has none, which is said. */
  readonly undone: boolean | null;
}

export const diagnosed = (world: World, { name, group }: Target): Promise<Diagnosis> =>
  triage(
    azInMemory(world),
    { kind: 'named', name, resourceGroup: group, subscription: undefined },
    { recordedAt: world.clock },
  );

/** Every finding's fix applied to its world: the finding is gone, the verdict not worse, and the undo leads back. */
export async function tryFixes(
  of: string,
  world: World,
  target: Target = { name: 'web-lb', group: 'shop-rg' },
  isOf: (rule: string) => boolean = () => true,
): Promise<readonly Tried[]> {
  let before: Diagnosis;
  try {
    before = await diagnosed(world, target);
  } catch {
    return [];
  }
  const tried: Tried[] = [];
  for (const finding of before.findings) {
    if (isOf(finding.rule) && finding.explainedBy.length === 0)
      tried.push(await tryFix(of, world, target, before, finding));
  }
  return tried;
}

async function tryFix(of: string, world: World, target: Target, before: Diagnosis, finding: Finding): Promise<Tried> {
  const { rule, fix } = finding;
  const argvs = (kind: string) =>
    (fix?.steps ?? []).flatMap((step) => (step.kind === kind && step.argv.length > 0 ? [step.argv] : []));
  const changes = argvs('change');
  if (changes.length === 0) return { rule, of, result: 'nothing to run', because: '', undone: null };
  const wrong = (told: string): Tried => {
    const because = staysBecause(finding, before);
    return { rule, of, result: because === undefined ? 'wrong' : 'left out', because: because ?? told, undone: null };
  };
  let fixed: World;
  try {
    fixed = changes.reduce(applied, world);
  } catch (error) {
    return wrong(`the change fails: ${String(error)}`);
  }
  const undos = argvs('undo');
  let undone: boolean | null = null;
  if (undos.length > 0) {
    try {
      const back = undos.reduce(applied, fixed);
      const differing = differences(world, back);
      if (differing.length > 0) return wrong(`the undo leaves: ${differing.slice(0, 3).join('; ')}`);
      undone = true;
    } catch (error) {
      return wrong(`the undo fails: ${String(error)}`);
    }
  }
  const after = await diagnosed(fixed, target);
  const rank = (verdict: Diagnosis['verdict']): number => verdicts.indexOf(verdict);
  const isThere = after.findings.some(({ key }) => key === finding.key);
  if (isWorse(after.verdict, before.verdict)) return wrong(`verdict ${after.verdict}, was ${before.verdict}`);
  const worse = before.balancingRules.filter(({ key, members }) => {
    const now = after.balancingRules.find((each) => each.key === key);
    return now !== undefined && now.members.up < members.up && rank(now.verdict) < rank(before.verdict);
  });
  if (worse.length > 0) return wrong(`fewer members up of ${worse.map(({ key }) => key).join(', ')}`);
  if (!isThere) return { rule, of, result: 'mended', because: '', undone };
  return wrong(`still there: ${finding.message}`);
}

/** That nobody can tell, of what cannot be measured, is no worse than what was known to be a risk. */
export function isWorse(after: Diagnosis['verdict'], before: Diagnosis['verdict']): boolean {
  return verdicts.indexOf(after) < verdicts.indexOf(before) && !(after === 'unknown' && before === 'at-risk');
}
