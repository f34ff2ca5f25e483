import { parentId } from '../../azure/ids.ts';
import type { NatRule } from '../../topology/model.ts';
import { refsTo } from '../description.ts';
import { local, row } from '../field.ts';
import { risks } from '../grade.ts';
import { defineKind, type Table } from '../kind.ts';

function portsOf({ frontendPort, frontendPortRangeStart: low, frontendPortRangeEnd: high }: NatRule): string {
  return frontendPort === undefined ? `${low}-${high}` : `${frontendPort}`;
}

const both: Pick<Table<NatRule>, 'gone' | 'thing' | 'fields'> = {
  gone: risks('medium'),
  thing: (rule) => ({
    name: rule.name,
    ids: [rule.id],
    roles: [`${rule.protocol} ${portsOf(rule)} to ${rule.backendPort}`.toLowerCase()],
  }),
  fields: {
    protocol: row('protocol', risks('medium'), ({ protocol }) => protocol),
    frontend: row('frontend', risks('medium'), ({ frontendId }) => refsTo('frontend', frontendId)),
    frontendPorts: row('frontend port', risks('medium'), portsOf),
    backendPort: row('backend port', risks('medium'), ({ backendPort }) => backendPort),
    pools: row('pool', risks('medium'), ({ poolId }) => refsTo('pool', poolId)),
    target: row(
      'target',
      risks('medium'),
      ({ ipConfigurationId }) => ipConfigurationId && parentId(ipConfigurationId),
      local,
    ),
  },
};

export const natRule = defineKind<NatRule>('natRule', {
  ...both,
  noun: 'NAT rule',
  all: ({ loadBalancer }) => loadBalancer.natRules,
});

export const natPool = defineKind<NatRule>('natPool', {
  ...both,
  noun: 'NAT pool',
  all: ({ loadBalancer }) => loadBalancer.natPools,
});
