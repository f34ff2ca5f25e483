import type { Frontend, LoadBalancer } from '../../topology/model.ts';
import { type Plain, set } from '../description.ts';
import { local, row } from '../field.ts';
import { type Grade, harmless, lost, risks, stops } from '../grade.ts';
import { defineKind } from '../kind.ts';
import { services } from '../service.ts';

interface Listening {
  readonly frontend: Frontend;
  readonly loadBalancer: LoadBalancer;
}

const zonesGrade = (before: Plain, after: Plain): Grade =>
  Array.isArray(before) && Array.isArray(after) && after.length < before.length ? risks('medium') : harmless;

const nothingThere = 'clients of the old one reach nothing';

export const frontend = defineKind<Listening>('frontend', {
  noun: 'frontend',
  otherwise: 'one',
  gone: stops('high'),
  all: ({ loadBalancer }) => loadBalancer.frontends.map((each) => ({ frontend: each, loadBalancer })),
  thing: ({ frontend: each, loadBalancer: { balancingRules } }) => {
    const sort = `${each.kind} ${each.privateIPAddressVersion ?? 'IPv4'}`;
    const listening = balancingRules.filter(({ frontend: own }) => own === each);
    return { name: each.name, ids: [each.id], roles: [`${sort} for ${services(listening)}`, sort] };
  },
  fields: {
    kind: row('kind', risks('high'), ({ frontend: { kind } }) => kind),
    version: row(
      'address family',
      risks('medium'),
      ({ frontend: { privateIPAddressVersion } }) => privateIPAddressVersion ?? 'IPv4',
    ),
    address: row(
      'address',
      lost(stops('high')),
      ({ frontend: { kind, privateIPAddress } }) => (kind === 'internal' ? privateIPAddress : undefined),
      { ...local, now: (before, after) => `now has the address ${after}, had ${before}: ${nothingThere}` },
    ),
    publicAddress: row('public address', lost(stops('high')), ({ frontend: { publicIPId } }) => publicIPId, {
      ...local,
      now: (before, after) => `now has the public address ${after}, had ${before}: ${nothingThere}`,
    }),
    subnet: row('subnet', risks('medium'), ({ frontend: { subnetId } }) => subnetId, local),
    zones: row('zones', zonesGrade, ({ frontend: { zones } }) => set(zones ?? [])),
  },
});
