import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { idKey } from '../azure/ids.ts';
import { knownOr, open } from '../evidence/open.ts';
import type { Reading } from '../evidence/reading.ts';
import { addressOf } from '../topology/address.ts';
import type { LoadBalancer, Topology } from '../topology/model.ts';
import { describeBalancing } from './describe-balancing.ts';
import { describeMembers } from './describe-members.ts';
import { describeScaleSets } from './describe-scale-sets.ts';
import { describeSecurity } from './describe-security.ts';
import { describeTranslation } from './describe-translation.ts';
import { type Description, type FieldValue, type Kind, keyFor, plain, type Thing } from './description.ts';

/** A load balancer and what was found wrong with it, as data to compare. */
export function describe({ loadBalancer }: Topology, diagnosis: Diagnosis): Description {
  const members = describeMembers(loadBalancer, diagnosis);
  const things = [
    describeWhole(loadBalancer, diagnosis),
    ...describeBalancing(loadBalancer, diagnosis),
    ...members.map(({ thing }) => thing),
    ...describeScaleSets(loadBalancer),
    ...describeSecurity(loadBalancer),
    ...describeTranslation(loadBalancer),
  ];
  const ids = [
    ...members.flatMap(({ thing, ids: own }) => own.map((id) => [idKey(id), thing.key] as const)),
    ...things.flatMap(({ id, key }) => (id === undefined ? [] : [[idKey(id), key] as const])),
  ];
  return {
    id: loadBalancer.id,
    name: loadBalancer.name,
    resourceGroup: loadBalancer.resourceGroup,
    subscriptionId: loadBalancer.subscriptionId,
    things,
    findings: diagnosis.findings.map(({ key, rule, on, severity, kind, message }) => ({
      key,
      rule,
      on,
      severity,
      kind,
      message,
    })),
    undecided: new Set(diagnosis.notEvaluated.map(({ rule }) => rule)),
    partial: partialIn(loadBalancer),
    symbols: symbolsOf(loadBalancer),
    byId: new Map(ids),
  };
}

function describeWhole(lb: LoadBalancer, { verdict, notEvaluated }: Diagnosis): Thing {
  const [gap] = notEvaluated;
  const told: FieldValue =
    verdict === 'unknown' && gap !== undefined ? { is: 'unread', because: gap.because } : plain(verdict);
  return {
    kind: 'loadBalancer',
    key: keyFor('loadBalancer'),
    name: lb.name,
    alias: undefined,
    id: lb.id,
    parent: undefined,
    within: undefined,
    identities: [],
    roles: ['the load balancer'],
    health: [],
    fields: {
      verdict: told,
      sku: plain(lb.sku),
      tier: plain(lb.tier),
      location: plain(lb.location),
      owner: plain(lb.owner),
      ...Object.fromEntries(Object.entries(lb.tags).map(([name, value]) => [`tag ${name}`, plain(value)])),
    },
  };
}

function symbolsOf({ frontends, pools }: LoadBalancer): ReadonlyMap<string, string> {
  const symbols = new Map<string, string>();
  for (const { members } of pools) {
    for (const member of members) {
      const subnet = knownOr(member.subnet, undefined);
      if (subnet !== undefined && !subnet.gone)
        for (const prefix of subnet.addressPrefixes) symbols.set(prefix, "the members' subnet");
      const address = addressOf(member);
      if (address !== undefined) symbols.set(address, "a member's address");
    }
  }
  for (const { privateIPAddress } of frontends)
    if (privateIPAddress !== undefined) symbols.set(privateIPAddress, "the frontend's address");
  return symbols;
}

function partialIn({ pools }: LoadBalancer): ReadonlySet<Kind> {
  const members = pools.flatMap((pool) => pool.members);
  const isUnread = (reading: Reading<unknown>) => 'gaps' in open(reading);
  return new Set<Kind>([
    ...(members.some(({ configuredFilter }) => isUnread(configuredFilter))
      ? (['securityGroup', 'securityRule'] as const)
      : []),
    ...(members.some(({ machine }) => isUnread(machine)) ? (['scaleSet'] as const) : []),
  ]);
}
