import { groupOf, idKey, lastSegment, parentId } from '../../azure/ids.ts';
import { type Evidence, reading } from '../../evidence/evidence.ts';
import { denyAssignments } from '../../evidence/questions/deny-assignments.ts';
import { permissions } from '../../evidence/questions/permissions.ts';
import { Reading } from '../../evidence/reading.ts';
import { named } from '../../words/name-order.ts';
import { isAmong, isGranted, type Permission } from './granted.ts';
import { isWithin, scopeSaid } from './locks.ts';
import { type Guarded, stepsSaid, unguarded, type Writing } from './writing.ts';

/** A right that a plan needs, on which things, for which of its steps. */
interface Need {
  readonly action: string;
  readonly ids: readonly string[];
  readonly steps: readonly string[];
}

/**
 * Rights are given for a group or above as a rule: its are asked first, and those on a thing only where they don't do;
 * then one of several of a kind is asked.
 */
export function rightsGuard(writing: readonly Writing[], evidence: Evidence): Reading<Guarded> {
  return Reading.all(needsOf(writing).map((need) => missing(need, evidence))).map((found) => ({
    ...unguarded,
    notices: found.flat().map(lacking),
  }));
}

/** One for each right in each group. */
function needsOf(writing: readonly Writing[]): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const { id: step, writes } of writing) {
    for (const { action, id } of writes) {
      const key = `${action} ${idKey(groupOf(id))}`;
      const { ids, steps } = needs.get(key) ?? { ids: [], steps: [] };
      needs.set(key, { action, ids: [...new Set([...ids, id])], steps: [...new Set([...steps, step])] });
    }
  }
  return [...needs.values()];
}

function missing(need: Need, evidence: Evidence): Reading<readonly Need[]> {
  const [first = ''] = need.ids;
  return grants(evidence, groupOf(first), need.action).andThen((inGroup): Reading<readonly Need[]> => {
    if (inGroup) return Reading.known([]);
    return grants(evidence, askedOf(first), need.action).map((own) => (own ? [] : [need]));
  });
}

/** What may not be there yet has the rights of what it will be in. */
function askedOf(id: string): string {
  return /\/(securityRules|routes|backendAddressPools)\/[^/]*$/i.test(id) ? parentId(id) : id;
}

function grants(evidence: Evidence, scope: string, action: string): Reading<boolean> {
  return reading(evidence, permissions, scope).andThen((read): Reading<boolean> => {
    if (read.gone) return Reading.known(false);
    const granted = isGranted(action, read.value.value);
    if (!granted && read.value.nextLink) {
      return Reading.missing({ kind: 'cut', because: `the list of rights on ${scopeSaid(scope)} has more pages` });
    }
    return Reading.known(granted);
  });
}

function lacking({ action, ids, steps }: Need): string {
  return `You have no right to ${action} on ${named(ids.map(lastSegment))}: whoever has it runs ${stepsSaid(steps)}`;
}

/** What a deployment stack or a platform denies to all but itself. */
export function denialGuard(writing: readonly Writing[], evidence: Evidence): Reading<Guarded> {
  const groups = new Map(writing.flatMap(({ writes }) => writes.map(({ id }) => [idKey(groupOf(id)), groupOf(id)])));
  return Reading.all([...groups.values()].map((group) => reading(evidence, denyAssignments, group))).map((found) => {
    const denials = found.flatMap((read) => (read.gone ? [] : read.value.value));
    return {
      ...unguarded,
      notices: denials.flatMap((denial) => {
        const denied = writing.filter(({ writes }) => writes.some(({ action, id }) => isDenied(action, id, denial)));
        if (denied.length === 0) return [];
        const owner = stackIn(`${denial.denyAssignmentName} ${denial.description ?? ''}`);
        const who = owner === undefined ? denial.denyAssignmentName : `deployment stack ${owner}`;
        const how =
          owner === undefined ? 'its owner changes it' : 'change its Bicep file and deploy the stack again instead';
        return [
          `${who} denies ${stepsSaid(denied.map(({ id }) => id))} on ${scopeSaid(denial.scope)} to all whom it doesn't name: ${how}`,
        ];
      }),
    };
  });
}

interface Denial {
  readonly scope: string;
  readonly doNotApplyToChildScopes?: boolean;
  readonly permissions: readonly Permission[];
}

function isDenied(
  action: string,
  id: string,
  { scope, doNotApplyToChildScopes, permissions: denied }: Denial,
): boolean {
  const applies = doNotApplyToChildScopes === true ? idKey(id) === idKey(scope) : isWithin(id, scope);
  return (
    applies &&
    denied.some(({ actions = [], notActions = [] }) => isAmong(action, actions) && !isAmong(action, notActions))
  );
}

/** The name of the stack whose id a text holds. */
function stackIn(text: string): string | undefined {
  const [, name] = /\/deploymentStacks\/([^/'"\s]+)/i.exec(text) ?? [];
  return name;
}
