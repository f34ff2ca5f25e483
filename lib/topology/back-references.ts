import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import { idKey, lastSegment, sameId } from '../azure/ids.ts';
import type { BalancingRule } from './model.ts';

type References = readonly { readonly id: string }[];

interface Part {
  readonly name: string;
  readonly id: string;
  readonly loadBalancingRules?: References;
  readonly outboundRules?: References;
  readonly inboundNatRules?: References;
}

/** Something that refers to parts of its load balancer, each of which lists it in return. */
interface Referring {
  readonly name: string;
  readonly id: string;
  readonly to: readonly string[];
}

const lists = {
  loadBalancingRules: 'balancing rule',
  outboundRules: 'outbound rule',
  inboundNatRules: 'inbound NAT rule',
} as const;

/**
 * What a load balancer's answer says of itself in two places, and not alike: a part refers back to a rule that is not
 * listed, or that does not refer to it, or is not among those that it refers back to. Azure derives the one from the
 * other. A part without such a list says nothing (az leaves them out with `--detail-level Reduced`).
 */
export function disagreementsIn(value: LoadBalancerAnswer): readonly string[] {
  const referring = referringIn(value);
  const parts: readonly (readonly [what: string, Part])[] = [
    ...value.frontendIPConfigurations.map((part) => ['frontend', part] as const),
    ...value.backendAddressPools.map((part) => ['pool', part] as const),
    ...value.probes.map((part) => ['probe', part] as const),
  ];
  const said = parts.flatMap(([what, part]) =>
    (['loadBalancingRules', 'outboundRules', 'inboundNatRules'] as const).flatMap((list) => {
      const back = part[list] ?? [];
      if (back.length === 0) return [];
      const listed = new Map(referring[list].map((each) => [idKey(each.id), each]));
      const toPart = referring[list].filter(({ to }) => to.some((id) => sameId(id, part.id)));
      return [
        ...back.flatMap(({ id }) => {
          const found = listed.get(idKey(id));
          if (found === undefined)
            return `${what} ${part.name} refers back to ${lists[list]} ${lastSegment(id)}, which the load balancer does not list`;
          if (toPart.includes(found)) return [];
          return `${what} ${part.name} refers back to ${lists[list]} ${found.name}, which does not refer to it`;
        }),
        ...toPart
          .filter(({ id }) => !back.some((each) => sameId(each.id, id)))
          .map(({ name }) => `${lists[list]} ${name} refers to ${what} ${part.name}, which does not refer back to it`),
      ];
    }),
  );
  return [...said, ...doubled(value), ...value.backendAddressPools.flatMap(unlikeLists)];
}

/**
 * az lists the members of a pool of network interfaces twice: by address, each with its interface, and by interface. A
 * member whose interface is gone stands in one of them alone; an interface of the one for another of the other is wrong.
 */
function unlikeLists(pool: LoadBalancerAnswer['backendAddressPools'][number]): readonly string[] {
  const { name, loadBalancerBackendAddresses: addresses = [], backendIPConfigurations: configurations = [] } = pool;
  if (addresses.length === 0 || configurations.length === 0) return [];
  const byAddress = new Set(addresses.map(({ networkInterfaceIPConfiguration: own }) => idKey(own?.id ?? '')));
  const byInterface = new Set(configurations.map(({ id }) => idKey(id)));
  const isUnlike =
    [...byAddress].some((id) => !byInterface.has(id)) && [...byInterface].some((id) => !byAddress.has(id));
  return isUnlike ? [`pool ${name} lists other members by address than by network interface`] : [];
}

function referringIn(value: LoadBalancerAnswer): Readonly<Record<keyof typeof lists, readonly Referring[]>> {
  const ids = (...references: readonly ({ readonly id: string } | undefined)[]): readonly string[] =>
    references.flatMap((reference) => (reference === undefined ? [] : [reference.id]));
  return {
    loadBalancingRules: value.loadBalancingRules.map((rule) => ({
      name: rule.name,
      id: rule.id,
      to: ids(rule.frontendIPConfiguration, rule.backendAddressPool, ...(rule.backendAddressPools ?? []), rule.probe),
    })),
    outboundRules: (value.outboundRules ?? []).map((rule) => ({
      name: rule.name,
      id: rule.id,
      to: ids(rule.backendAddressPool, ...(rule.frontendIPConfigurations ?? [])),
    })),
    inboundNatRules: (value.inboundNatRules ?? []).map((rule) => ({
      name: rule.name,
      id: rule.id,
      to: ids(rule.frontendIPConfiguration, rule.backendAddressPool),
    })),
  };
}

/** Of one kind Azure has only one of a name. */
function doubled(value: LoadBalancerAnswer): readonly string[] {
  const kinds = {
    frontend: value.frontendIPConfigurations,
    pool: value.backendAddressPools,
    probe: value.probes,
    'balancing rule': value.loadBalancingRules,
  };
  return Object.entries(kinds).flatMap(([what, items]) =>
    items
      .filter(({ id }, at) => items.findIndex((other) => sameId(other.id, id)) !== at)
      .map(({ name }) => `the ${what} ${name} is listed twice`),
  );
}

/** What a balancing rule may refer to without the load balancer listing it. */
const unlisted = {
  pool: ({ poolIds, pools }: BalancingRule) => poolIds.length > pools.length,
  frontend: ({ frontendId, frontend }: BalancingRule) => frontendId !== undefined && frontend === undefined,
  probe: ({ probeId, probe }: BalancingRule) => probeId !== undefined && probe === undefined,
};

export function refersToUnlisted(rule: BalancingRule, what: keyof typeof unlisted): boolean {
  return unlisted[what](rule);
}

/** References ahead that lead nowhere: part of the answer is missing. */
export function unlistedIn(rules: readonly BalancingRule[]): readonly string[] {
  return (['pool', 'frontend', 'probe'] as const).flatMap((what) =>
    rules
      .filter((rule) => refersToUnlisted(rule, what))
      .map(({ name }) => `balancing rule ${name} refers to a ${what} that is not listed`),
  );
}
