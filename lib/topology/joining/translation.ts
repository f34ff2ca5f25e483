import type { Source } from '../../evidence/source.ts';
import type { NatRule, OutboundRule } from '../model.ts';
import type { Item, Whole } from './whole.ts';

export function natRulesOf(whole: Whole): readonly NatRule[] {
  return (whole.value.inboundNatRules ?? []).map((item, index) =>
    natRuleFrom(item, whole.at('inboundNatRules', index)),
  );
}

export function natPoolsOf(whole: Whole): readonly NatRule[] {
  return (whole.value.inboundNatPools ?? []).map((item, index) =>
    natRuleFrom(item, whole.at('inboundNatPools', index)),
  );
}

export function outboundRulesOf(whole: Whole): readonly OutboundRule[] {
  return (whole.value.outboundRules ?? []).map((item, index) => ({
    source: whole.at('outboundRules', index),
    id: item.id,
    name: item.name,
    protocol: item.protocol,
    allocatedOutboundPorts: item.allocatedOutboundPorts,
    frontendIds: (item.frontendIPConfigurations ?? []).map((frontend) => frontend.id),
    poolId: item.backendAddressPool?.id,
  }));
}

function natRuleFrom(item: Item<'inboundNatRules'> | Item<'inboundNatPools'>, source: Source): NatRule {
  return {
    source,
    id: item.id,
    name: item.name,
    protocol: item.protocol,
    frontendId: item.frontendIPConfiguration?.id,
    frontendPort: 'frontendPort' in item ? item.frontendPort : undefined,
    frontendPortRangeStart: item.frontendPortRangeStart,
    frontendPortRangeEnd: item.frontendPortRangeEnd,
    backendPort: item.backendPort,
    poolId: 'backendAddressPool' in item ? item.backendAddressPool?.id : undefined,
    ipConfigurationId: 'backendIPConfiguration' in item ? item.backendIPConfiguration?.id : undefined,
  };
}
