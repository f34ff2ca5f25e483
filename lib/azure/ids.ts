/**
 * Azure resource ids: `/subscriptions/S/resourceGroups/G/providers/NS/type/name[/subtype/subname…]`.
 * ARM spells their segments in different cases from call to call, so ids are compared by `sameId` or `idKey` only.
 */
export interface ResourceId {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Namespace and types joined, as `Microsoft.Network/loadBalancers/probes`. */
  readonly type: string;
  /** The last name. */
  readonly name: string;
  /** Every name from the outermost in, as `['web-lb', 'web-probe']`. */
  readonly names: readonly string[];
}

export function idKey(id: string): string {
  return id.toLowerCase();
}

export function sameId(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return one === other || one.toLowerCase() === other.toLowerCase();
}

/** The parts of a resource id, or undefined for text that is none. */
export function parseId(id: string): ResourceId | undefined {
  const parts = id.split('/');
  if (parts.length < 9 || parts[0] !== '' || parts[1]?.toLowerCase() !== 'subscriptions') return undefined;
  if (parts[3]?.toLowerCase() !== 'resourcegroups' || parts[5]?.toLowerCase() !== 'providers') return undefined;
  const [, , subscriptionId = '', , resourceGroup = '', , namespace = '', ...rest] = parts;
  if (rest.length % 2 !== 0 || parts.slice(1).some((part) => part === '')) return undefined;
  const types = rest.filter((_, at) => at % 2 === 0);
  const names = rest.filter((_, at) => at % 2 === 1);
  return {
    id,
    subscriptionId,
    resourceGroup,
    type: [namespace, ...types].join('/'),
    name: names.at(-1) ?? '',
    names,
  };
}

/** Text that stands where an id must be: nothing can be asked or changed by it. */
export class NoResourceId extends Error {
  override readonly name = 'NoResourceId';

  constructor(id: string) {
    super(`${id === '' ? 'An empty text' : id} is no resource id`);
  }
}

/** The parts of a resource id; throws NoResourceId for text that is none. */
export function idParts(id: string): ResourceId {
  const parts = parseId(id);
  if (parts === undefined) throw new NoResourceId(id);
  return parts;
}

/** The last segment, or the text itself where it holds no slash. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The id without its last `type/name` pair: a NIC's id from its IP configuration's. */
export function parentId(id: string): string {
  const name = id.lastIndexOf('/');
  const type = id.lastIndexOf('/', name - 1);
  return type > 0 ? id.slice(0, type) : id;
}

const scaleSetPart =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/([^/]+))\/virtualMachines\/([^/]+)/i;

export interface ScaleSetInstanceId {
  readonly id: string;
  readonly scaleSetId: string;
  readonly scaleSet: string;
  readonly instanceId: string;
}

/** The Uniform scale-set instance that an id (of it, its NIC or its IP configuration) speaks of. */
export function scaleSetInstance(id: string): ScaleSetInstanceId | undefined {
  if (!id.includes('irtualMachineScaleSets/') && !id.toLowerCase().includes('virtualmachinescalesets/'))
    return undefined;
  const match = scaleSetPart.exec(id);
  if (!match) return undefined;
  const [whole, scaleSetId = '', scaleSet = '', instanceId = ''] = match;
  return { id: whole, scaleSetId, scaleSet, instanceId };
}

/** Whether two names mean the same thing: Azure compares them without regard to case, ids and names of groups alike. */
export function sameName(one: string | undefined, other: string | undefined): boolean {
  return sameId(one, other);
}

/** `/subscriptions/S` of whatever is in it. */
export function subscriptionOf(id: string): string {
  return id.split('/', 3).join('/');
}

/** `/subscriptions/S/resourceGroups/G` of whatever is in it. */
export function groupOf(id: string): string {
  return id.split('/', 5).join('/');
}
