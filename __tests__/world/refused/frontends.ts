import { sameId } from '../../../lib/azure/ids.ts';
import {
  type ArmRefusal,
  isHighlyAvailable,
  type Ports,
  pairs,
  portsOf,
  portsOverlap,
  protocolsOverlap,
  type WouldBe,
} from './would-be.ts';

/** What takes a port of a frontend. */
interface Listener {
  readonly name: string;
  readonly frontend: string | undefined;
  readonly protocol: string | undefined;
  readonly ports: Ports;
}

export function frontendRefusals(lb: WouldBe): readonly ArmRefusal[] {
  return [...samePorts(lb), ...highlyAvailable(lb)];
}

/** One port of a frontend is one rule's, whatever kind of rule. */
function samePorts(lb: WouldBe): readonly ArmRefusal[] {
  return pairs(listenersOf(lb)).flatMap(([one, other]) =>
    sameId(one.frontend, other.frontend) &&
    protocolsOverlap(one.protocol, other.protocol) &&
    portsOverlap(one.ports, other.ports)
      ? [
          {
            // Which code it is no source shows.
            code: 'RulesUseSameFrontendPort',
            because: `${one.name} and ${other.name} use the same port of frontend ${nameIn(one.frontend)}`,
          },
        ]
      : [],
  );
}

function listenersOf(lb: WouldBe): readonly Listener[] {
  const frontend = (rule: { readonly frontendIPConfiguration?: { readonly id: string } }) =>
    rule.frontendIPConfiguration?.id;
  const range = (from = 0, to = from): Ports => ({ from, to });
  return [
    ...lb.loadBalancingRules.map((rule) => ({
      name: rule.name,
      frontend: frontend(rule),
      protocol: rule.protocol,
      ports: portsOf(rule.frontendPort),
    })),
    ...(lb.inboundNatRules ?? []).map((rule) => ({
      name: rule.name,
      frontend: frontend(rule),
      protocol: rule.protocol,
      // A rule for a whole pool has a range, and 0 for its one port.
      ports: rule.frontendPort
        ? portsOf(rule.frontendPort)
        : range(rule.frontendPortRangeStart, rule.frontendPortRangeEnd),
    })),
    ...(lb.inboundNatPools ?? []).map((pool) => ({
      name: pool.name,
      frontend: frontend(pool),
      protocol: pool.protocol,
      ports: range(pool.frontendPortRangeStart, pool.frontendPortRangeEnd),
    })),
  ];
}

function highlyAvailable(lb: WouldBe): readonly ArmRefusal[] {
  return lb.loadBalancingRules.flatMap((rule) => {
    const frontend = lb.frontendIPConfigurations.find(({ id }) => sameId(id, rule.frontendIPConfiguration?.id));
    const isPublic = frontend?.publicIPAddress !== undefined || frontend?.publicIPPrefix !== undefined;
    return isHighlyAvailable(rule) && isPublic
      ? [{ code: 'InvalidRequestFormat', because: `${rule.name} takes all ports, which a public frontend can't` }]
      : [];
  });
}

export function nameIn(id: string | undefined): string {
  return id?.slice(id.lastIndexOf('/') + 1) ?? '';
}
