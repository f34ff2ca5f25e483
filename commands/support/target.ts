import type { Target } from '../../lib/collect/target.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { limitOf } from './limit.ts';
import { UsageError } from './usage-error.ts';

/** One load balancer, by name or id. */
export type OneTarget = Extract<Target, { readonly kind: 'named' | 'id' }>;

export interface TargetOptions {
  readonly resourceGroup?: string | undefined;
  readonly name?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly subscription?: string | undefined;
  readonly limit?: string | undefined;
}

/** What the options name, checked against Azure's own rules before az is asked. */
export function targetOf({ resourceGroup, name, ids, subscription, limit: most }: TargetOptions): Target {
  const limit = limitOf(most);
  const limited = limit === undefined ? {} : { limit };
  if (ids !== undefined) {
    if (resourceGroup !== undefined || name !== undefined || subscription !== undefined) {
      throw new UsageError('--ids says all: leave -g, -n and --subscription out.');
    }
    const [id, ...others] = [...new Set(ids.map(loadBalancerId))];
    if (id === undefined) throw new UsageError('--ids needs at least one resource id.');
    return others.length === 0 ? { kind: 'id', id } : { kind: 'ids', ids: [id, ...others], ...limited };
  }
  if (subscription !== undefined) checkSubscription(subscription);
  if (resourceGroup !== undefined) checkResourceGroup(resourceGroup);
  if (name === undefined) return { kind: 'scope', resourceGroup, subscription, ...limited };
  checkName(name);
  return { kind: 'named', name, resourceGroup, subscription };
}

export const isOne = (target: Target): target is OneTarget => target.kind === 'named' || target.kind === 'id';

/** The target, where it is one load balancer; `reason` says why it must be. */
export function theOne(target: Target, reason: string): OneTarget {
  if (isOne(target)) return target;
  throw new UsageError(`${reason}: -g GROUP -n NAME, or --ids ID.`);
}

/** az would put the content of a file in the place of a value that begins so. */
function refuseFile(option: string, value: string): void {
  if (value.startsWith('@')) throw new UsageError(`${option} must not begin with @: az would read a file there.`);
}

function checkName(name: string): void {
  refuseFile('-n/--name', name);
  if (name.startsWith('/subscriptions/')) throw new UsageError('-n/--name is a resource id: give it to --ids.');
  if (!/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/.test(name)) {
    throw new UsageError(
      `-n/--name ${quoted(name, 120)} is no name of a load balancer: 1 to 80 of letters, digits, _ . and -, beginning with a letter or digit, not ending with . or -.`,
    );
  }
}

function checkResourceGroup(group: string): void {
  refuseFile('-g/--resource-group', group);
  if (!/^[\p{L}\p{N}_.()-]{1,90}$/u.test(group) || group.endsWith('.')) {
    throw new UsageError(
      `-g/--resource-group ${quoted(group, 120)} is no name of a resource group: 1 to 90 of letters, digits, _ . ( ) and -, not ending with a period.`,
    );
  }
}

function checkSubscription(subscription: string): void {
  refuseFile('--subscription', subscription);
  if (/\p{Cc}/u.test(subscription)) throw new UsageError('--subscription must not hold control characters.');
}

const idShape =
  /\/subscriptions\/[A-Za-z0-9-]+\/resourceGroups\/([^/?#]+)\/providers\/Microsoft\.Network\/loadBalancers\/([^/?#]+)/i;

/** A resource id as it is, or the one inside a pasted portal address. */
function loadBalancerId(text: string): string {
  refuseFile('--ids', text);
  const isAddress = /^https:\/\//i.test(text);
  const found = idShape.exec(isAddress ? decoded(text) : text);
  const [id, group, name] = found ?? [];
  const isWhole = found?.index === 0 && text.slice(id?.length).replace(/\/$/, '') === '';
  if (id === undefined || group === undefined || name === undefined || !(isAddress || isWhole)) {
    throw new UsageError(
      `--ids ${quoted(text, 120)} is no load balancer: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/loadBalancers/NAME, or its address in the portal.`,
    );
  }
  checkResourceGroup(group);
  checkName(name);
  return id;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
