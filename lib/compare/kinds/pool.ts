import type { Pool } from '../../topology/model.ts';
import { keyFor, refs } from '../description.ts';
import { leftOut, local, row } from '../field.ts';
import { harmless, risks } from '../grade.ts';
import { defineKind } from '../kind.ts';
import { services } from '../service.ts';

export const pool = defineKind<Pool>('pool', {
  noun: 'pool',
  otherwise: 'one',
  gone: risks('high'),
  all: ({ loadBalancer }) => loadBalancer.pools,
  thing: ({ id, name, balancingRules }) => ({ name, ids: [id], roles: [`behind ${services(balancingRules)}`] }),
  fields: {
    // An empty pool has neither kind: filling it is no other change than its members joining.
    membership: row('members by', risks('medium'), ({ kind }) => (kind === 'empty' ? leftOut : kind)),
    syncMode: row('sync mode', risks('low'), ({ syncMode }) => syncMode),
    network: row('virtual network', risks('high'), ({ virtualNetworkId }) => virtualNetworkId, local),
    // Over time, who joined and left says it.
    members: row('number of members', harmless, ({ members }) => members.length, {
      onlyIn: ['between-load-balancers', 'between-pools'],
    }),
    behind: row(
      'balancing rules',
      harmless,
      ({ balancingRules }) => refs(balancingRules.map(({ name }) => keyFor('balancingRule', name))),
      { onlyIn: ['between-pools'] },
    ),
  },
});
