import { lastSegment, parentId } from '../azure/ids.ts';
import type { LoadBalancer, NatRule, OutboundRule } from '../topology/model.ts';
import { keyFor, plain, refs, type Thing } from './description.ts';

/** NAT rules, NAT pools and outbound rules. */
export function describeTranslation(lb: LoadBalancer): readonly Thing[] {
  return [
    ...lb.natRules.map((rule) => describeNat('natRule', rule)),
    ...lb.natPools.map((rule) => describeNat('natPool', rule)),
    ...lb.outboundRules.map(describeOutbound),
  ];
}

const common = { alias: undefined, parent: undefined, within: undefined, identities: [], health: [] } as const;

function describeNat(kind: 'natRule' | 'natPool', rule: NatRule): Thing {
  const { frontendPort, frontendPortRangeStart, frontendPortRangeEnd } = rule;
  const ports = frontendPort === undefined ? `${frontendPortRangeStart}-${frontendPortRangeEnd}` : `${frontendPort}`;
  return {
    ...common,
    kind,
    key: keyFor(kind, rule.name),
    name: rule.name,
    id: rule.id,
    roles: [`${rule.protocol} ${ports} to ${rule.backendPort}`.toLowerCase()],
    fields: {
      protocol: plain(rule.protocol),
      frontend: refs(rule.frontendId === undefined ? [] : [keyFor('frontend', lastSegment(rule.frontendId))]),
      frontendPorts: plain(ports),
      backendPort: plain(rule.backendPort),
      pools: refs(rule.poolId === undefined ? [] : [keyFor('pool', lastSegment(rule.poolId))]),
      target: plain(rule.ipConfigurationId && parentId(rule.ipConfigurationId)),
    },
  };
}

function describeOutbound(rule: OutboundRule): Thing {
  return {
    ...common,
    kind: 'outboundRule',
    key: keyFor('outboundRule', rule.name),
    name: rule.name,
    id: rule.id,
    roles: [`${rule.protocol}`.toLowerCase()],
    fields: {
      protocol: plain(rule.protocol),
      portsEach: plain(rule.allocatedOutboundPorts ?? 0),
      frontends: refs(rule.frontendIds.map((id) => keyFor('frontend', lastSegment(id)))),
      pools: refs(rule.poolId === undefined ? [] : [keyFor('pool', lastSegment(rule.poolId))]),
    },
  };
}
