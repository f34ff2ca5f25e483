import { type Asker, gather } from '../../collect/gather.ts';
import { needsOf } from '../../collect/needs.ts';
import { topologyOf } from '../../collect/topology-of.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { open } from '../../evidence/open.ts';
import type { Reading } from '../../evidence/reading.ts';
import { notice } from '../../steps/looking.ts';
import type { Step } from '../../steps/step.ts';
import { affecting, type Drawn } from '../plan.ts';
import { codeNotices } from './code.ts';
import { egressGuard } from './egress.ts';
import { lockGuard } from './locks.ts';
import { denialGuard, rightsGuard } from './rights.ts';
import { type Guarded, stepsSaid, unguarded, type Writing, writingIn } from './writing.ts';

/**
 * A plan with what stands in its way: locks, missing rights, code that describes what it writes, and members whose only
 * way out it takes. Asked only where the plan changes something. `loadBalancerId` is of one that `evidence` is about.
 */
export async function guardPlan(
  ask: Asker,
  drawn: Drawn,
  evidence: Evidence,
  loadBalancerId: string | undefined,
): Promise<Drawn> {
  const writing = writingIn(drawn.steps);
  if (drawn.refused !== null || !writing.some(({ step }) => step.kind === 'change')) return drawn;
  return gather(ask, evidence, (known) => {
    const readings = guards(writing, known, loadBalancerId);
    return { made: guardedBy(drawn, writing, known, readings), asks: needsOf([...readings.values()]) };
  });
}

/** By what they look for, as it goes on from "Not known: ". */
function guards(
  writing: readonly Writing[],
  evidence: Evidence,
  loadBalancerId: string | undefined,
): ReadonlyMap<string, Reading<Guarded>> {
  return new Map([
    ...(loadBalancerId === undefined
      ? []
      : ([
          [
            'whether members keep a way out to the internet',
            egressGuard(writing, topologyOf(evidence, loadBalancerId).loadBalancer, evidence),
          ],
        ] as const)),
    ['which locks there are', lockGuard(writing, evidence)],
    ['whether you have the rights', rightsGuard(writing, evidence)],
    ['what deployment stacks deny', denialGuard(writing, evidence)],
  ]);
}

type Opened = ReturnType<typeof open<Guarded>>;

function guardedBy(
  drawn: Drawn,
  writing: readonly Writing[],
  evidence: Evidence,
  readings: ReadonlyMap<string, Reading<Guarded>>,
): Drawn {
  const opened = [...readings].map(([what, reading]) => ({ what, state: open(reading) }));
  const found = opened.map(({ state }) => ('known' in state ? state.known : unguarded));
  const unread = [...unknown(opened)];
  const strange = writing.filter(({ isKnown }) => !isKnown).map(({ id }) => id);
  if (strange.length > 0) unread.push(`Not known: which rights ${stepsSaid(strange)} needs, and which locks refuse it`);
  const refused = found.flatMap((each) => each.refused);
  if (refused.length > 0) {
    return {
      ...drawn,
      refused: { because: refused.join('; '), left: [] },
      steps: [],
      unread: [...drawn.unread, ...unread],
    };
  }
  const said = new Map(found.flatMap((each) => [...each.said]));
  const notices = [...found.flatMap((each) => each.notices), ...codeNotices(writing, evidence)];
  const affects = [...new Set(drawn.steps.flatMap((each) => each.affects))];
  return {
    ...drawn,
    steps: [
      ...affecting(affects, [...new Set(notices)].map(notice)),
      ...drawn.steps.map((each) => ({ ...each, step: saying(each.step, said.get(each.step)) })),
    ],
    unread: [...new Set([...drawn.unread, ...unread])],
  };
}

/** What could not be looked for, each reason once. */
function unknown(opened: readonly { readonly what: string; readonly state: Opened }[]): readonly string[] {
  const whats = new Map<string, Set<string>>();
  for (const { what, state } of opened) {
    for (const { because } of 'gaps' in state ? state.gaps : []) {
      whats.set(because, (whats.get(because) ?? new Set()).add(what));
    }
  }
  return [...whats].map(([because, what]) => `Not known: ${[...what].join('; ')}: ${because}`);
}

/** A way back is refused, which its title says; a change hurts, and says whom. */
function saying(step: Step, more: string | undefined): Step {
  if (more === undefined) return step;
  if (step.kind === 'undo') return { ...step, title: `${step.title} (${more})` };
  return { ...step, disruptive: step.disruptive === null ? more : `${step.disruptive} ${more}` };
}
