import type { FoundThing } from '../../../schemas/found.generated.ts';
import { idKey, lastSegment, parseId, sameId, sameName, scaleSetInstance } from '../../azure/ids.ts';
import { isAddress, sameAddress } from '../../network/address.ts';
import type { Frontend, LoadBalancer, Member } from '../../topology/model.ts';
import type { Inventory, KnownScaleSet, PublicAddress, Unit } from './inventory.ts';

/** What a text names: units to look for in pools, and frontends to look through. */
export interface Resolved {
  readonly thing: FoundThing;
  readonly units: readonly Unit[];
  readonly frontends: readonly FrontendOf[];
  /** An address that pools list and no interface is known to have. */
  readonly address?: string;
}

export interface FrontendOf {
  readonly loadBalancer: LoadBalancer;
  readonly frontend: Frontend;
}

/** Everything that a text names: one, or several that it does not tell apart. */
export function resolve(text: string, inventory: Inventory, resourceGroup: string | undefined): readonly Resolved[] {
  const found = text.startsWith('/') ? byId(text, inventory) : byNameOrAddress(text, inventory);
  const distinct = [...new Map(found.map((each) => [keyOf(each.thing), each])).values()];
  if (resourceGroup === undefined) return distinct;
  return distinct.filter(({ thing }) => sameName(thing.resourceGroup ?? undefined, resourceGroup));
}

function keyOf({ kind, id, name }: FoundThing): string {
  return id === null ? `${kind} ${name}` : idKey(id);
}

function byNameOrAddress(text: string, inventory: Inventory): readonly Resolved[] {
  return isAddress(text) ? byAddress(text, inventory) : byName(text, inventory);
}

/** The id of a thing, or of what is inside it: an IP configuration is its interface's machine. */
function byId(id: string, inventory: Inventory): readonly Resolved[] {
  const isOrIn = (outer: string): boolean => sameId(outer, id) || idKey(id).startsWith(`${idKey(outer)}/`);
  const units = inventory.units.filter(
    (unit) => isOrIn(unit.id) || unit.interfaces.some((nic) => isOrIn(nic.id)) || declares(unit, id),
  );
  if (units.length > 0) return units.map(ofUnit);
  const sets = inventory.scaleSets.filter((set) => sameId(set.id, id));
  const addresses = [...inventory.publicAddresses, ...unlistedAddresses(inventory)].filter((address) =>
    sameId(address.id, id),
  );
  return [
    ...sets.map((set) => ofScaleSet(set, inventory)),
    ...addresses.flatMap((address) => ofPublicAddress(address, inventory)),
    ...frontendsOf(inventory, ({ frontend }) => isOrIn(frontend.id)).map(ofFrontend),
    ...inventory.loadBalancers.filter((loadBalancer) => sameId(loadBalancer.id, id)).map(ofLoadBalancer),
  ];
}

function declares({ machine }: Unit, nicId: string): boolean {
  return machine?.nicIds.some((each) => sameId(each, nicId)) === true;
}

function byAddress(text: string, inventory: Inventory): readonly Resolved[] {
  const isIt = (address: string | undefined): boolean => address !== undefined && sameAddress(address, text);
  const units = inventory.units.filter(({ interfaces }) =>
    interfaces.some(({ ipConfigurations }) => ipConfigurations.some(({ privateIPAddress: ip }) => isIt(ip))),
  );
  const found = [
    ...frontendsOf(inventory, ({ frontend }) => isIt(frontend.privateIPAddress)).map(ofFrontend),
    ...inventory.publicAddresses
      .filter(({ ipAddress }) => isIt(ipAddress))
      .flatMap((address) => ofPublicAddress(address, inventory)),
    ...units.map(ofUnit),
  ];
  if (found.length > 0) return found;
  const listed = inventory.loadBalancers.flatMap(({ pools }) => pools.flatMap(({ members }) => members));
  return listed.some(({ ipAddress }: Member) => isIt(ipAddress)) ? [ofAddress(text)] : [];
}

function byName(text: string, inventory: Inventory): readonly Resolved[] {
  const wanted = text.toLowerCase();
  const isIt = (name: string): boolean => name.toLowerCase() === wanted;
  const host = wanted.replace(/\.$/, '');
  return [
    ...inventory.units
      .filter((unit) => isIt(unit.name) || isInstance(unit, wanted) || unit.interfaces.some(({ name }) => isIt(name)))
      .map(ofUnit),
    ...inventory.scaleSets.filter(({ name }) => isIt(name)).map((set) => ofScaleSet(set, inventory)),
    ...inventory.publicAddresses
      .filter(({ name, dnsSettings }) => isIt(name) || dnsSettings?.fqdn?.toLowerCase() === host)
      .flatMap((address) => ofPublicAddress(address, inventory)),
    ...unlistedAddresses(inventory)
      .filter(({ name }) => isIt(name))
      .flatMap((address) => ofPublicAddress(address, inventory)),
    ...inventory.loadBalancers.filter(({ name }) => isIt(name)).map(ofLoadBalancer),
  ];
}

/** Public IPs that frontends name and no list has: of another subscription, or the list could not be read. */
function unlistedAddresses(inventory: Inventory): readonly PublicAddress[] {
  const ids = frontendsOf(inventory, () => true).flatMap(({ frontend }) => frontend.publicIPId ?? []);
  return ids
    .filter((id) => inventory.publicAddresses.every((address) => !sameId(address.id, id)))
    .map((id) => ({ id, name: lastSegment(id) }));
}

/** `set_3`, as Azure calls an instance, or `set/3`; of a Flexible set its machine's own name behind the set's. */
function isInstance({ id, name, machine }: Unit, wanted: string): boolean {
  const instance = scaleSetInstance(id);
  const set = instance?.scaleSet ?? (machine?.scaleSetId && parseId(machine.scaleSetId)?.name);
  if (set === undefined) return false;
  const own = instance?.instanceId ?? name;
  const forms = [`${set}_${own}`, `${set}/${own}`, `${set}/${name}`];
  const behind = name.toLowerCase().startsWith(`${set}_`.toLowerCase()) ? [`${set}/${name.slice(set.length + 1)}`] : [];
  return [...forms, ...behind].some((form) => form.toLowerCase() === wanted);
}

function thingOf(kind: FoundThing['kind'], id: string, name: string): FoundThing {
  const parsed = parseId(id);
  const { resourceGroup = null, subscriptionId = null } = parsed ?? {};
  return { kind, id, name, resourceGroup, subscriptionId };
}

function ofUnit(unit: Unit): Resolved {
  return { thing: thingOf(unit.kind, unit.id, unit.name), units: [unit], frontends: [] };
}

function ofScaleSet({ id, name }: KnownScaleSet, { units }: Inventory): Resolved {
  const own = units.filter((unit) => sameId(unit.machine?.scaleSetId ?? scaleSetInstance(unit.id)?.scaleSetId, id));
  return { thing: thingOf('scale-set', id, name), units: own, frontends: [] };
}

/** It is what it is put on: a frontend, or an interface's machine; else nothing but itself. */
function ofPublicAddress(address: PublicAddress, inventory: Inventory): readonly Resolved[] {
  const frontends = frontendsOf(inventory, ({ frontend }) => sameId(frontend.publicIPId, address.id));
  const units = inventory.units.filter(({ interfaces }) =>
    interfaces.some(({ ipConfigurations }) => ipConfigurations.some((each) => sameId(each.publicIPId, address.id))),
  );
  if (frontends.length === 0 && units.length > 0) return units.map(ofUnit);
  return [{ thing: thingOf('public-ip', address.id, address.name), units: [], frontends }];
}

function ofFrontend(found: FrontendOf): Resolved {
  return { thing: thingOf('frontend', found.frontend.id, found.frontend.name), units: [], frontends: [found] };
}

function ofLoadBalancer(loadBalancer: LoadBalancer): Resolved {
  const frontends = loadBalancer.frontends.map((frontend) => ({ loadBalancer, frontend }));
  return { thing: thingOf('load-balancer', loadBalancer.id, loadBalancer.name), units: [], frontends };
}

function ofAddress(address: string): Resolved {
  const thing = { kind: 'address', id: null, name: address, resourceGroup: null, subscriptionId: null } as const;
  return { thing, units: [], frontends: [], address };
}

function frontendsOf({ loadBalancers }: Inventory, test: (found: FrontendOf) => boolean): readonly FrontendOf[] {
  return loadBalancers
    .flatMap((loadBalancer) => loadBalancer.frontends.map((frontend) => ({ loadBalancer, frontend })))
    .filter(test);
}
