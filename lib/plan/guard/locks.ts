import { groupOf, idKey, lastSegment, parseId } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { type Evidence, reading } from '../../evidence/evidence.ts';
import { locks } from '../../evidence/questions/locks.ts';
import { Reading } from '../../evidence/reading.ts';
import { type Guarded, stepsSaid, type Writing } from './writing.ts';

interface Lock {
  readonly name: string;
  readonly level: string;
  readonly id: string;
  /** What it locks, with all that is in it. */
  readonly scope: string;
}

/** `ReadOnly` refuses every write and action, `CanNotDelete` only deletions: of what is printed mostly ways back. */
export function lockGuard(writing: readonly Writing[], evidence: Evidence): Reading<Guarded> {
  const groups = new Map(writing.flatMap(({ writes }) => writes.map(({ id }) => [idKey(groupOf(id)), groupOf(id)])));
  return Reading.all([...groups.values()].map((group) => locksOf(evidence, group))).map((found) => {
    const distinct = new Map(found.flat().map((lock) => [idKey(lock.id), lock]));
    return guardedBy([...distinct.values()], writing);
  });
}

function locksOf(evidence: Evidence, group: string): Reading<readonly Lock[]> {
  return reading(evidence, locks, group).map((read) =>
    read.gone
      ? []
      : read.value.map(({ id, name, level }) => ({
          id,
          name,
          level,
          scope: id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]*$/i, ''),
        })),
  );
}

function guardedBy(found: readonly Lock[], writing: readonly Writing[]): Guarded {
  const refusals = found.flatMap((lock) => {
    const refused = writing.filter(({ writes }) => writes.some((write) => isRefused(write, lock)));
    return refused.length === 0 ? [] : [{ lock, refused }];
  });
  const of = (kind: 'change' | 'undo', { refused }: (typeof refusals)[number]) =>
    refused.filter(({ step }) => step.kind === kind);
  const hard = refusals.filter((each) => of('change', each).length > 0);
  const soft = refusals.filter((each) => of('change', each).length === 0);
  return {
    refused: hard.map(
      ({ lock, refused }) =>
        `${lockSaid(lock)} refuses ${refused.length === 1 ? 'what it would change' : 'what it would change and take back'}; whoever set it takes it off first, and sets it again afterwards`,
    ),
    notices: soft.map(
      ({ lock, refused }) =>
        `Before you begin, find out who can take off ${lockSaid(lock)}: as long as it is there Azure refuses ${stepsSaid(refused.map(({ id }) => id))}, the way back`,
    ),
    said: new Map(
      soft.flatMap(({ lock, refused }) =>
        refused.map(({ step }) => [step, `refused while ${lockSaid(lock)} is there`]),
      ),
    ),
  };
}

function isRefused({ action, id }: { readonly action: string; readonly id: string }, { level, scope }: Lock): boolean {
  // To refer to a locked thing is no write of it.
  if (/\/(join|joinLoadBalancer)\/action$/i.test(action)) return false;
  if (!is(level, 'ReadOnly') && !/\/delete$/i.test(action)) return false;
  return isWithin(id, scope);
}

export function isWithin(id: string, scope: string): boolean {
  return idKey(id) === idKey(scope) || idKey(id).startsWith(`${idKey(scope)}/`);
}

function lockSaid({ name, level, scope }: Lock): string {
  return `lock ${name} (${level}) on ${scopeSaid(scope)}`;
}

/** `web-nsg`, `resource group shop-rg`, `the subscription`. */
export function scopeSaid(scope: string): string {
  if (parseId(scope) !== undefined) return lastSegment(scope);
  return scope.split('/').length > 3 ? `resource group ${lastSegment(scope)}` : 'the subscription';
}
