import type { Probe } from '../../topology/model.ts';
import { row } from '../field.ts';
import { harmless, helps, risks, says } from '../grade.ts';
import { defineKind } from '../kind.ts';
import { services } from '../service.ts';

export const probe = defineKind<Probe>('probe', {
  noun: 'probe',
  gone: risks('low'),
  all: ({ loadBalancer }) => loadBalancer.probes,
  thing: ({ id, name, protocol, port, requestPath, balancingRules }) => {
    const asks = `${protocol} ${port} ${requestPath ?? ''}`.toLowerCase();
    const deciding = `of ${services(balancingRules)}`;
    return { name, ids: [id], roles: [`${asks} ${deciding}`, deciding, asks] };
  },
  fields: {
    protocol: row('protocol', risks('high'), ({ protocol }) => protocol, {
      now: (before, after) => `now speaks ${after}, spoke ${before}`,
    }),
    port: row('port', risks('high'), ({ port }) => port, {
      now: (before, after) => `now asks port ${after}, asked ${before}`,
    }),
    path: row('path', risks('high'), ({ requestPath }) => requestPath, {
      isExact: true,
      now: (before, after) => `now asks ${after}, asked ${before}`,
    }),
    interval: row('seconds between probes', risks('low'), (own) => own.intervalInSeconds ?? 15),
    threshold: row('probes that decide', risks('low'), (own) => own.probeThreshold ?? 1),
    // The platform ignores it and goes by the threshold.
    numberOfProbes: row('numberOfProbes (ignored by Azure)', harmless, ({ numberOfProbes }) => numberOfProbes),
    whenAllDown: row(
      'behaviour when every member is down',
      (_, after) => (says(after, 'AllProbedUp') ? risks('high') : helps),
      ({ noHealthyBackendsBehavior }) => noHealthyBackendsBehavior ?? 'AllProbedDown',
    ),
  },
});
