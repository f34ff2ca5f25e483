import type { OutboundRule } from '../../topology/model.ts';
import { refsTo } from '../description.ts';
import { row } from '../field.ts';
import { risks } from '../grade.ts';
import { defineKind } from '../kind.ts';

export const outboundRule = defineKind<OutboundRule>('outboundRule', {
  noun: 'outbound rule',
  gone: risks('high'),
  all: ({ loadBalancer }) => loadBalancer.outboundRules,
  thing: ({ id, name, protocol }) => ({ name, ids: [id], roles: [`${protocol}`.toLowerCase()] }),
  fields: {
    protocol: row('protocol', risks('medium'), ({ protocol }) => protocol),
    portsEach: row('ports for each member', risks('medium'), (rule) => rule.allocatedOutboundPorts ?? 0),
    frontends: row('frontends', risks('medium'), (rule) => refsTo('frontend', ...rule.frontendIds)),
    pools: row('pool', risks('high'), ({ poolId }) => refsTo('pool', poolId)),
  },
});
