import type { Found } from '../../../schemas/found.generated.ts';
import type { Az } from '../../az/call.ts';
import { AzError } from '../../az/errors.ts';
import { idKey } from '../../azure/ids.ts';
import { accounted } from '../../collect/account.ts';
import { collectedAt } from '../../collect/clock.ts';
import { type Asker, gather, unasked } from '../../collect/gather.ts';
import { inSubscriptionsOf } from '../../collect/lists.ts';
import { readLoadBalancers } from '../../collect/load-balancers.ts';
import { needsOf } from '../../collect/needs.ts';
import { asker, collectAll } from '../../collect/rounds.ts';
import type { Target } from '../../collect/target.ts';
import { type Ask, askKey } from '../../evidence/ask.ts';
import { type Asking, askAll } from '../../evidence/asking.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { interfaces } from '../../evidence/questions/interfaces.ts';
import { machineStates } from '../../evidence/questions/machine-states.ts';
import { publicAddresses } from '../../evidence/questions/public-addresses.ts';
import { scaleSetInstances } from '../../evidence/questions/scale-set-instances.ts';
import { scaleSetInterfaces } from '../../evidence/questions/scale-set-interfaces.ts';
import { machines, scaleSets } from '../../evidence/questions/subscription-lists.ts';
import type { Reading } from '../../evidence/reading.ts';
import { spread } from '../../evidence/spread.ts';
import { isAddress } from '../../network/address.ts';
import { foundOf } from './found.ts';
import { holdingIn } from './holding.ts';
import { type Inventory, inventoryOf, type KnownScaleSet } from './inventory.ts';
import { rulesThatMatter } from './matter.ts';
import { resolve } from './resolve.ts';
import type { Wanted } from './wanted.ts';

export interface FindOptions {
  readonly recordedAt: string | undefined;
  /** The wanted text as it reads in az's answers, once these are there. */
  readonly masked: (text: string) => string;
}

/** Asks az where a machine, an interface or an address stands among the load balancers of its subscription. */
export async function find(source: Az, target: Target, wanted: Wanted, options: FindOptions): Promise<Found> {
  const { recordedAt, masked } = options;
  const { az, calls } = accounted(source);
  const asking: Asking = { az };
  const { ids, unread, evidence: start } = await readLoadBalancers(subscriptionWide(asking), scopeOf(target));
  const lists = inSubscriptionsOf(ids, everyKind);
  const listed = await answered(asking, start, lists);
  // A recording of one load balancer has no lists: its members are what is known then.
  const isThin = recordedAt !== undefined && ids.length > 0 && !isRead(listed, lists);
  const surveyed = isThin ? await around(asking, ids, listed) : listed;
  const meant = {
    ...wanted,
    text: nameIn(masked, wanted.text),
    resourceGroup: wanted.resourceGroup && masked(wanted.resourceGroup),
  };
  const known = await withScaleSets(asking, ids, surveyed, meant);
  const evidence = await withHealth(asking, ids, known, meant);
  return foundOf({
    evidence,
    ids,
    wanted: meant,
    lists,
    unread,
    collectedAt: collectedAt(recordedAt),
    subscription: subscriptionOf(ids) ?? (target.kind === 'scope' ? target.subscription : undefined),
    calls,
  });
}

/** A default group in the user's configuration would hide the load balancers of other groups. */
function subscriptionWide({ az }: Asking): Asking {
  return { az: { run: (argv, options) => az.run(argv, { ...options, wholeSubscription: true }) } };
}

/** An instance's own name is in no list that was read by now, but its set's is. */
function nameIn(masked: FindOptions['masked'], text: string): string {
  const [, set, instance] = /^([^/].*)([_/][^_/]+)$/.exec(text) ?? [];
  const whole = masked(text);
  return whole !== text || set === undefined || instance === undefined ? whole : `${masked(set)}${instance}`;
}

function scopeOf(target: Target): Parameters<typeof readLoadBalancers>[1] {
  if (target.kind === 'id') return { kind: 'ids', ids: [target.id] };
  if (target.kind === 'named') throw new AzError('refused', 'A target is looked for in a whole subscription.');
  return target;
}

function subscriptionOf([first]: readonly string[]): string | undefined {
  return first?.split('/')[2];
}

export const everyKind = [interfaces, machines, machineStates, scaleSets, publicAddresses];

function isRead(evidence: Evidence, asks: readonly Ask[]): boolean {
  return asks.some((ask) => evidence.get(askKey(ask))?.status === 'read');
}

/** The evidence with what these ask; what a recording lacks is a gap. */
export async function answered(asking: Asking, evidence: Evidence, asks: readonly Ask[]): Promise<Evidence> {
  return new Map([...evidence, ...spread(await leniently(asking)(unasked(asks, evidence)))]);
}

/** What a recording lacks is a gap like any other. */
function leniently(asking: Asking): Asker {
  return async (asks) => {
    const outcomes = await Promise.all(
      asks.map((ask) => askAll(asking, [ask]).catch((error) => notRecorded(ask, error))),
    );
    return new Map(outcomes.flatMap((outcome) => [...outcome]));
  };
}

function notRecorded(ask: Ask, error: unknown): Evidence {
  if (!(error instanceof AzError) || error.kind !== 'not-recorded') throw error;
  return new Map([[askKey(ask), { ask, status: 'missing', gap: { kind: error.kind, because: error.message } }]]);
}

async function around(asking: Asking, ids: readonly string[], evidence: Evidence): Promise<Evidence> {
  const collected = [...(await collectAll(asker(asking), ids, evidence, [])).values()];
  const whole = new Map([...evidence, ...collected.flatMap((each) => [...each.evidence])]);
  const sets = collected.flatMap(({ topology: { loadBalancer } }) =>
    loadBalancer.pools.flatMap(({ scaleSets: inPool }) => inPool.map(({ set }) => set)),
  );
  return answered(asking, whole, needsOf(sets));
}

/** Instances of Uniform scale sets are in no list: those of the sets are asked for that the text may be about. */
export async function withScaleSets(
  asking: Asking,
  ids: readonly string[],
  start: Evidence,
  wanted: Wanted,
): Promise<Evidence> {
  const inventory = inventoryOf(start, ids);
  const uniform = inventory.scaleSets.filter(({ isUniform }) => isUniform);
  const named = uniform.filter((set) => isAbout(wanted.text, set));
  const evidence = await withInstances(asking, start, named);
  const isElsewhere = named.length === 0 && resolve(wanted.text, inventory, undefined).some(isOwned);
  return isAddress(wanted.text) && !isElsewhere ? withInstances(asking, evidence, uniform) : evidence;
}

function isOwned({ thing }: { readonly thing: Found['candidates'][number] }): boolean {
  return thing.kind !== 'address';
}

/** An instance is called after its set, and so is its computer. */
function isAbout(text: string, { id, name }: KnownScaleSet): boolean {
  if (text.startsWith('/')) return idKey(`${text}/`).startsWith(`${idKey(id)}/`);
  return text.toLowerCase().startsWith(name.toLowerCase());
}

function withInstances(asking: Asking, evidence: Evidence, sets: readonly KnownScaleSet[]): Promise<Evidence> {
  const asks = sets.flatMap(({ id }) => [scaleSetInstances, scaleSetInterfaces].map((question) => ({ question, id })));
  return answered(asking, evidence, asks);
}

/** A machine that no list has may be gone: its members' interfaces still name it. */
function machinesBehind(
  { units }: ReturnType<typeof resolve>[number],
  inventory: Inventory,
): readonly Reading<unknown>[] {
  const [unit, ...others] = units;
  if (unit === undefined || others.length > 0) return [];
  return holdingIn(inventory)
    .membersOf(unit)
    .map(({ machine }) => machine);
}

function withHealth(asking: Asking, ids: readonly string[], start: Evidence, wanted: Wanted): Promise<Evidence> {
  return gather(leniently(asking), start, (evidence) => {
    const inventory: Inventory = inventoryOf(evidence, ids);
    const [only, ...others] = resolve(wanted.text, inventory, wanted.resourceGroup);
    if (only === undefined || others.length > 0) return { made: evidence, asks: [] };
    const rules = rulesThatMatter(only, inventory, wanted.port).filter(({ measured }) => measured);
    const readings = [...rules.map(({ health }) => health), ...machinesBehind(only, inventory)];
    return { made: evidence, asks: needsOf(readings) };
  });
}
