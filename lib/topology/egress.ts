import { is } from '../azure/words.ts';
import { Reading } from '../evidence/reading.ts';
import { addressFamily, type Family } from '../network/address.ts';
import { isThere, present } from './gone.ts';
import type { Member, OutwardPool, Route } from './model.ts';
import { familyOf } from './outward.ts';

/**
 * By what a machine's own connections to the internet leave. Azure takes the first that there is:
 * learn.microsoft.com/azure/nat-gateway/nat-overview and …/load-balancer/load-balancer-outbound-connections.
 */
export type WayOut =
  | { readonly by: 'route'; readonly nextHopType: string; readonly nextHops: readonly string[] }
  | { readonly by: 'nat-gateway' | 'public-address' | 'default-access' | 'none' }
  | { readonly by: 'outbound-rule' | 'implicit-snat'; readonly rules: readonly string[] };

/** What a change makes of the pools that an interface is in. */
export type Suppose = (pools: readonly OutwardPool[]) => readonly OutwardPool[];

export interface EgressChange {
  readonly family: Family;
  readonly before: WayOut;
  readonly after: WayOut;
}

/** Whoever goes out: a member, or an interface that is none. */
export type Seen = Pick<Member, 'nic' | 'subnet' | 'machine' | 'ipAddress' | 'outward'>;

const asItIs: Suppose = (pools) => pools;

/**
 * A member's way out, of the addresses of one family; with `suppose` as it would be.
 * @internal for its test
 */
export function egress(member: Seen, family: Family, suppose: Suppose = asItIs): Reading<WayOut> {
  return routeOut(member, family).andThen((route) =>
    route === undefined ? translated(member, family, suppose) : Reading.known(route),
  );
}

/**
 * How a change would move a member's way out, by family; empty where it doesn't. It needs no more than that takes: where
 * a NAT gateway or an address of its own goes before all pools, no route is asked for.
 */
export function egressChanges(member: Seen, suppose: Suppose): Reading<readonly EgressChange[]> {
  return familiesOf(member)
    .andThen((families) => Reading.all(families.map((family) => changeIn(member, family, suppose))))
    .map((changes) => changes.flat());
}

function changeIn(member: Seen, family: Family, suppose: Suppose): Reading<readonly EgressChange[]> {
  const none: readonly EgressChange[] = [];
  return translated(member, family, asItIs).andThen((before) =>
    translated(member, family, suppose).andThen((after) => {
      if (JSON.stringify(before) === JSON.stringify(after)) return Reading.known(none);
      return routeOut(member, family).map((route) => (route === undefined ? [{ family, before, after }] : none));
    }),
  );
}

/** Of the addresses of the machine behind it; none where there is no machine. */
function familiesOf({ nic, machine, ipAddress }: Seen): Reading<readonly Family[]> {
  return nic.andThen((found): Reading<readonly Family[]> => {
    if (found === undefined) {
      const family = ipAddress === undefined ? null : addressFamily(ipAddress);
      return Reading.known(family === null ? [] : [family]);
    }
    if (!isThere(found)) return Reading.known([]);
    return machine.map((there) => (isThere(there) ? [...new Set(found.ipConfigurations.map(familyOf))] : []));
  });
}

/** Where a default route that is not Internet's leads; undefined where there is none. */
function routeOut({ outward }: Seen, family: Family): Reading<WayOut | undefined> {
  const leaving = (routes: readonly Route[]): { readonly way: WayOut | undefined } | undefined => {
    const route = defaultRoute(routes, family);
    return route && { way: wayOf(route) };
  };
  return outward.ownRoutes.andThen((own): Reading<WayOut | undefined> => {
    // A route of a user's own goes before one that a gateway announces.
    const found = leaving(own);
    if (found) return Reading.known(found.way);
    return outward.learnsRoutes.andThen((learns) =>
      learns ? outward.routesInForce.map((routes) => leaving(routes)?.way) : Reading.known(undefined),
    );
  });
}

function wayOf({ nextHopType, nextHops }: Route): WayOut | undefined {
  if (is(nextHopType, 'Internet')) return undefined;
  return is(nextHopType, 'None') ? { by: 'none' } : { by: 'route', nextHopType, nextHops };
}

const everything: Readonly<Record<Family, { readonly whole: string; readonly halves: readonly [string, string] }>> = {
  4: { whole: '0.0.0.0/0', halves: ['0.0.0.0/1', '128.0.0.0/1'] },
  6: { whole: '::/0', halves: ['::/1', '8000::/1'] },
};

/** The narrower ones count: its two halves together hide the whole. */
function defaultRoute(routes: readonly Route[], family: Family): Route | undefined {
  const to = (prefix: string) => routes.find(({ prefixes }) => prefixes.some((each) => each.toLowerCase() === prefix));
  const { whole, halves } = everything[family];
  const [low, high] = halves.map(to);
  return low && high ? low : to(whole);
}

/** By what its address is translated, as far as no route leads elsewhere. */
function translated(member: Seen, family: Family, suppose: Suppose): Reading<WayOut> {
  return hasNatGateway(member, family).andThen((has): Reading<WayOut> => {
    if (has) return Reading.known({ by: 'nat-gateway' });
    return member.nic.andThen((nic): Reading<WayOut> => {
      const own = (present(nic)?.ipConfigurations ?? []).filter((each) => familyOf(each) === family);
      if (own.some(({ publicIPId }) => publicIPId !== undefined)) return Reading.known({ by: 'public-address' });
      return member.outward.pools.andThen((pools) =>
        byPools(
          member,
          family,
          suppose(pools).filter((pool) => pool.family === family),
        ),
      );
    });
  });
}

/** One of SKU Standard translates IPv4 alone. */
function hasNatGateway({ subnet, outward }: Seen, family: Family): Reading<boolean> {
  if (family === 6) return outward.natGatewaySku.map((sku) => is(sku, 'StandardV2'));
  return subnet.map((found) => present(found)?.natGatewayId !== undefined);
}

function byPools(member: Seen, family: Family, pools: readonly OutwardPool[]): Reading<WayOut> {
  const outbound = pools.flatMap(({ outboundRules }) => outboundRules);
  if (outbound.length > 0) return Reading.known({ by: 'outbound-rule', rules: outbound });
  const translating = pools.flatMap(({ translatingRules }) => translatingRules);
  if (translating.length > 0) return Reading.known({ by: 'implicit-snat', rules: translating });
  // A Standard load balancer takes Azure's lent address away, and IPv6 has none.
  if (family === 6 || pools.some(({ sku }) => !is(sku, 'Basic'))) return Reading.known({ by: 'none' });
  return member.subnet.andThen((subnet) =>
    present(subnet)?.defaultOutboundAccess === false
      ? Reading.known<WayOut>({ by: 'none' })
      : member.machine.map((machine): WayOut => ({ by: isFlexible(present(machine)) ? 'none' : 'default-access' })),
  );
}

/** Of a Flexible scale set: a virtual machine of its own that names its set. */
function isFlexible(
  machine: { readonly scaleSetId: string | undefined; readonly instance: unknown } | undefined,
): boolean {
  return machine?.scaleSetId !== undefined && machine.instance === undefined;
}

/** As it goes on from "its connections to the internet leave". */
export function wayOutSaid(way: WayOut): string {
  switch (way.by) {
    case 'route':
      return `by a route to ${[way.nextHopType, ...way.nextHops].join(' ')}`;
    case 'nat-gateway':
      return "by its subnet's NAT gateway";
    case 'public-address':
      return 'by a public address of its own';
    case 'outbound-rule':
      return `by outbound rule ${way.rules.join(', ')}`;
    case 'implicit-snat':
      return `by balancing rule ${way.rules.join(', ')}`;
    case 'default-access':
      return 'by an address that Azure lends and changes (default outbound access)';
    case 'none':
      return 'by no way at all';
  }
}
