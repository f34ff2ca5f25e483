import { failure, ok, type Response } from './arm-answers.ts';
import { objectAt, textAt } from './json.ts';
import type { Resource, World } from './world.ts';

const kinds = ['locks', 'permissions', 'denyassignments'] as const;
type Kind = (typeof kinds)[number];

/** What is kept at a scope: `…/providers/Microsoft.Authorization/KIND/NAME`. */
const kept = /^(.*)\/providers\/microsoft\.authorization\/(locks|permissions|denyassignments)(?:\/[^/]+)?$/i;

export const scopeOf = ({ id }: Resource): string => (kept.exec(id)?.[1] ?? id).toLowerCase();

const isIn = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

/** Locks and deny assignments at a scope, above and below it; the rights that come down to it. */
export function authorization(world: World, path: string): Response | undefined {
  const [whole, scope = '', name = ''] = kept.exec(path.toLowerCase()) ?? [];
  if (whole === undefined || !whole.endsWith(`/${name}`)) return undefined;
  const kind = kinds.find((each) => each === name);
  if (kind === undefined) return undefined;
  const all = [...world.resources.values()].filter(({ type }) => type.toLowerCase().endsWith(`authorization/${kind}`));
  const found = all.filter((each) => {
    const own = scopeOf(each);
    return isIn(scope, own) || (kind !== 'permissions' && isIn(own, scope));
  });
  return ok({ value: kind === 'permissions' ? permissions(found, all) : found });
}

/** Whoever asks is an Owner where the world says nothing of rights. */
const permissions = (found: readonly Resource[], all: readonly Resource[]) =>
  all.length === 0 ? [right(['*'], [])] : found.map(({ properties }) => ({ ...right([], []), ...properties }));

const right = (actions: readonly string[], notActions: readonly string[]) => ({
  actions,
  notActions,
  dataActions: [],
  notDataActions: [],
});

/** How ARM refuses what a lock forbids: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources */
export function refusedByLock(world: World, method: string, path: string): Response | undefined {
  const target = path.toLowerCase();
  const lock = [...world.resources.values()].find(
    (each) =>
      isOf(each, 'locks') &&
      isIn(target, scopeOf(each)) &&
      (method === 'DELETE' || textAt(objectAt(each, 'properties'), 'level') === 'ReadOnly'),
  );
  if (lock === undefined) return undefined;
  const what = method === 'DELETE' ? 'delete' : 'write';
  return failure(
    409,
    'ScopeLocked',
    `The scope '${path}' cannot perform ${what} operation because following scope(s) are locked: '${scopeOf(lock)}'. Please remove the lock and try again.`,
  );
}

export const isOf = ({ type }: Resource, kind: Kind): boolean =>
  type.toLowerCase() === `microsoft.authorization/${kind}`;
