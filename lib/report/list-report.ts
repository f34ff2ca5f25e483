import type { ListedFrontend, ListedLoadBalancer, LoadBalancers } from '../../schemas/load-balancers.generated.ts';
import { counted } from '../words/counted.ts';
import { columns } from './layout.ts';
import { whereOf } from './none-sentence.ts';
import type { Report } from './render.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { viewText } from './view-text.ts';

export const listReport = (value: LoadBalancers, options: TextOptions): Report => ({
  value,
  rows: () => value.loadBalancers.map(row),
  text: () => viewText(value, options, listParts),
});

const row = (each: ListedLoadBalancer): unknown => ({
  Name: each.name,
  ResourceGroup: each.resourceGroup,
  Location: each.location,
  Sku: each.sku,
  Tier: each.tier,
  Frontends: each.frontends.map(frontendText).join(' '),
  Pools: each.pools.length,
  Members: each.members,
  Rules: each.balancingRules.length,
  Probes: each.probes.length,
  Owner: each.owner,
});

/** The address, or the public IP by its name: az has the address only there. */
const frontendText = ({ address, publicIpId, name }: ListedFrontend): string =>
  address ?? publicIpId?.split('/').at(-1) ?? name;

const heads = ['NAME', 'GROUP', 'LOCATION', 'SKU', 'FRONTENDS', 'POOLS', 'MEMBERS', 'RULES', 'PROBES', 'OWNER'];

const listParts = ({ loadBalancers, scope }: LoadBalancers, { paint }: TextStyle): readonly (readonly string[])[] => [
  [`${counted(loadBalancers.length, 'load balancer')} ${whereOf(scope)}.`],
  loadBalancers.length === 0 ? [] : columns([heads.map(paint.dim), ...loadBalancers.map((each) => cells(each))]),
];

const cells = (each: ListedLoadBalancer): readonly string[] => [
  each.name,
  each.resourceGroup,
  each.location,
  each.tier === 'Regional' ? each.sku : `${each.sku} ${each.tier}`,
  each.frontends.map(frontendText).join(' ') || '-',
  String(each.pools.length),
  String(each.members),
  String(each.balancingRules.length),
  String(each.probes.length),
  each.owner,
];
