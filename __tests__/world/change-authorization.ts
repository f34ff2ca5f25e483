import { also } from './change-anything.ts';
import type { JsonObject } from './json.ts';
import { type Change, named, type World } from './world.ts';

/** A resource by its id or name; `group:NAME`, or `subscription`. */
function scopeIn(world: World, scope: string): string {
  const subscription = `/subscriptions/${world.subscription}`;
  if (scope === 'subscription') return subscription;
  if (scope.startsWith('group:')) return `${subscription}/resourceGroups/${scope.slice('group:'.length)}`;
  return scope.startsWith('/') ? scope : named(world, scope).id;
}

const at =
  (scope: string, kind: string, name: string, properties: (id: string) => JsonObject): Change =>
  (world) => {
    const id = scopeIn(world, scope);
    return also({
      id: `${id}/providers/Microsoft.Authorization/${kind}/${name}`,
      name,
      type: `Microsoft.Authorization/${kind}`,
      properties: properties(id),
    })(world);
  };

export const locked = (scope: string, level: 'CanNotDelete' | 'ReadOnly', name = 'keep'): Change =>
  at(scope, 'locks', name, () => ({ level, notes: 'Ask the platform team.' }));

/** A role that whoever asks has there; the first one said of a world ends that all is allowed. */
export const allowed = (scope: string, actions: readonly string[], notActions: readonly string[] = []): Change =>
  at(scope, 'permissions', `role-${actions.join('').replace(/[^a-z]/gi, '')}`, () => ({ actions, notActions }));

/** What a deployment stack of the group denies to all but itself. */
export const deniedByStack = (scope: string, stack: string, actions: readonly string[]): Change =>
  at(scope, 'denyAssignments', '2d1f0f0e-8a54-5c0c-9a53-3d6f0f7f3a11', (id) => ({
    denyAssignmentName: `Deny assignment '2d1f0f0e-8a54-5c0c-9a53-3d6f0f7f3a11' created by Deployment Stack '/subscriptions/s/resourceGroups/shop-rg/providers/Microsoft.Resources/deploymentStacks/${stack}'.`,
    description: 'Created by Deployment Stack',
    permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
    scope: id,
    doNotApplyToChildScopes: false,
    principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
    excludePrincipals: [],
    isSystemProtected: true,
  }));
