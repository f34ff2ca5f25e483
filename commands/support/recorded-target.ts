import { AzError } from '../../lib/az/errors.ts';
import type { IdsTarget, ScopeTarget, Target } from '../../lib/collect/target.ts';
import { isUnread } from '../../lib/diagnosis/unread.ts';
import type { Replay } from '../../lib/recording/replay.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { RecordedScope } from '../../schemas/recording.generated.ts';

/** What a recording is about need not be named again; for something else it has no answers. */
export function recordedTarget({ target, scope }: Pick<Replay, 'target' | 'scope'>, named: Target): Target {
  if (scope !== undefined) return recordedScope(scope, named);
  if (target === undefined || named.kind === 'named' || named.kind === 'id') return named;
  if (named.kind === 'scope' && named.resourceGroup === undefined && named.subscription === undefined) {
    return { kind: 'id', id: target.id };
  }
  return refused('one load balancer', 'Leave -g, --subscription and --ids out');
}

function recordedScope(scope: RecordedScope, named: Target): Target {
  const recorded = targetOf(scope);
  if (named.kind === 'named' || named.kind === 'id') {
    return refused('several load balancers', 'Leave -n and --ids out');
  }
  const isOther =
    named.kind === 'ids'
      ? !isSame([...named.ids].sort().join(' '), [...scope.ids].sort().join(' '))
      : !isSame(named.resourceGroup, scope.resourceGroup) || !isSame(named.subscription, scope.subscription);
  if (isOther) return refused('other load balancers', 'Leave -g, --subscription and --ids out');
  return { ...recorded, ...(named.limit !== undefined && { limit: named.limit }) };
}

function targetOf({ subscription, resourceGroup, ids, limit }: RecordedScope): ScopeTarget | IdsTarget {
  const most = { limit: limit ?? 'all' } as const;
  if (ids.length > 0) return { kind: 'ids', ids, ...most };
  return { kind: 'scope', resourceGroup: resourceGroup ?? undefined, subscription: subscription ?? undefined, ...most };
}

/** What was left out is the recording's own. */
const isSame = (named: string | undefined, recorded: string | null): boolean =>
  named === undefined || named.toLowerCase() === recorded?.toLowerCase();

// Without names: --mask masks what was named, not what a recording is of.
function refused(of: string, instead: string): never {
  throw new AzError(
    'not-recorded',
    `The recording is of ${of}, and has no answers about these. ${instead}, or record these with --record.`,
  );
}

/** What of several diagnoses a recording keeps, to ask the same again. */
export const recordedScopeOf = ({ scope, loadBalancers, notAsked }: Diagnoses): RecordedScope => ({
  ...scope,
  limit: notAsked.length === 0 ? null : loadBalancers.filter((one) => !isUnread(one)).length,
});
