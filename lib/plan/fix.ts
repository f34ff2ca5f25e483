import { affectsOf, fixSteps, isCause } from '../diagnosis/diagnose.ts';
import { type Explained, kindOf } from '../diagnosis/explain.ts';
import { joined } from '../steps/joined.ts';
import { notice } from '../steps/looking.ts';
import type { Step } from '../steps/step.ts';
import type { Examined } from '../triage/triage.ts';
import { capacityOf } from './capacity.ts';
import { checksOf } from './checks.ts';
import { withoutContradictions } from './contradictions.ts';
import { etagLooks, withEtags } from './etag.ts';
import { affecting, type Drawn, type DrawnStep } from './plan.ts';

/** The mending of one cause. */
interface Mending {
  readonly cause: Explained;
  readonly steps: readonly Step[];
}

/**
 * One plan for all that stops traffic, or for what would where nothing does. `wanted` are keys or rule names of findings to
 * mend instead; what is not there is said by whoever asks.
 */
export function planFix({ diagnosis, judgement, topology, evidence }: Examined, wanted: readonly string[]): Drawn {
  const { loadBalancer } = topology;
  const mendings = chosen(judgement.explained, wanted).flatMap((cause): readonly Mending[] => {
    const steps = fixSteps(cause, loadBalancer);
    return steps.length === 0 ? [] : [{ cause, steps }];
  });
  const { kept, putOff } = withoutContradictions(mendings, ({ steps }) => steps);
  const all = joined(...kept.map(({ steps }) => steps));
  const of = (kind: Step['kind']): readonly Step[] => all.filter((step) => step.kind === kind);
  const changes = of('change');
  const backups = withEtags(of('backup'), evidence);
  const mended = new Set(
    kept.flatMap(({ cause, steps }) =>
      steps.some(({ kind }) => kind === 'change') ? cause.covers.flatMap(({ member }) => member ?? []) : [],
    ),
  );
  const later = putOff.map(({ cause }) =>
    notice(`Make a plan again afterwards: ${cause.key} changes the same thing in another way`),
  );
  const steps = [
    ...of('look'),
    ...backups,
    ...(changes.length === 0 ? [] : etagLooks(backups)),
    ...changes,
    ...checksOf(loadBalancer, judgement.verdicts, (member) => mended.has(member), changes),
    ...of('undo'),
    ...later,
  ];
  const before = capacityOf(judgement.verdicts);
  return {
    kind: 'fix',
    refused: null,
    capacity: { before, during: before },
    steps: steps.flatMap((step): readonly DrawnStep[] => affecting(affectedBy(step, kept), [step])),
    unread: judgement.verdict === 'unknown' ? [...new Set(diagnosis.notEvaluated.map(({ because }) => because))] : [],
  };
}

/** Of the findings those that are to be mended: what stops traffic goes before what would. */
function chosen(explained: readonly Explained[], wanted: readonly string[]): readonly Explained[] {
  if (wanted.length > 0) return explained.filter((finding) => wanted.some((each) => isCalled(finding, each)));
  const causes = explained.filter(isCause);
  const faults = causes.filter((cause) => kindOf(cause) === 'fault');
  return faults.length > 0 ? faults : causes;
}

function isCalled({ key, findings: [first] }: Explained, name: string): boolean {
  return key === name.toLowerCase() || first.rule.id === name;
}

function affectedBy(step: Step, mendings: readonly Mending[]): readonly string[] {
  const own = mendings.filter(({ steps }) => steps.some((each) => each.title === step.title));
  return [...new Set((own.length > 0 ? own : mendings).flatMap(({ cause }) => affectsOf(cause)))];
}
