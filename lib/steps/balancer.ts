import { guarded } from './change.ts';
import type { Step } from './step.ts';
import { nameOf, nameOptions, option, within } from './where.ts';

type Value = string | number | boolean | null;

interface ChildChange<F extends string> {
  readonly loadBalancerId: string;
  readonly name: string;
  /** The fields with their new values, null to clear one; and the same fields as they are now, null where there is no way back. */
  readonly to: Readonly<Partial<Record<F, Value>>>;
  readonly from: Readonly<Partial<Record<F, Value>>> | null;
  /**
   * The load balancer uses fields that child commands drop: they send it back at API 2023-04-01, without
   * noHealthyBackendsBehavior, enableConnectionTracking and scope (az 2.91).
   */
  readonly keepsNewFields: boolean;
  readonly disruptive?: string | null;
  /** The same of the way back. */
  readonly disruptiveBack?: string | null;
}

interface ChildKind<F extends string> {
  readonly command: string;
  readonly word: string;
  readonly list: string;
  readonly options: Readonly<Record<F, string>>;
  /** Fields that refer to another resource by id. */
  readonly references: readonly string[];
}

const probes = {
  command: 'probe',
  word: 'probe',
  list: 'probes',
  options: {
    port: 'port',
    protocol: 'protocol',
    requestPath: 'path',
    intervalInSeconds: 'interval',
    probeThreshold: 'probe-threshold',
    numberOfProbes: 'number-of-probes',
    // No child command knows it: only ever written through the load balancer.
    noHealthyBackendsBehavior: '',
  },
  references: [],
} as const;

const balancingRules = {
  command: 'rule',
  word: 'balancing rule',
  list: 'loadBalancingRules',
  options: {
    protocol: 'protocol',
    frontendPort: 'frontend-port',
    backendPort: 'backend-port',
    probe: 'probe-name',
    idleTimeoutInMinutes: 'idle-timeout',
    loadDistribution: 'load-distribution',
    enableTcpReset: 'enable-tcp-reset',
    enableFloatingIP: 'enable-floating-ip',
    disableOutboundSnat: 'disable-outbound-snat',
    frontendIPConfiguration: 'frontend-ip',
  },
  references: ['probe', 'frontendIPConfiguration'],
} as const;

export type ProbeChange = ChildChange<keyof typeof probes.options>;
export type BalancingRuleChange = ChildChange<keyof typeof balancingRules.options>;

export function changeProbe(change: ProbeChange): Step[] {
  return changeChild(probes, change);
}

export function changeBalancingRule(change: BalancingRuleChange): Step[] {
  return changeChild(balancingRules, change);
}

function changeChild<F extends string>(kind: ChildKind<F>, change: ChildChange<F>): Step[] {
  const { loadBalancerId, name, disruptive = null } = change;
  const what = `${kind.word} ${name}`;
  return guarded(loadBalancerId, [
    {
      title: `Set ${said(change.to)} on ${what}`,
      argv: childWrite(kind, change, change.to),
      disruptive,
      undo: change.from && {
        title: `Set ${said(change.from)} on ${what} again`,
        argv: childWrite(kind, change, change.from),
        disruptive: change.disruptiveBack ?? null,
      },
    },
  ]);
}

function said(values: Readonly<Partial<Record<string, Value>>>): string {
  return entries(values)
    .map(([field, value]) => (value === null ? `no ${field}` : `${field} ${value}`))
    .join(', ');
}

function entries<F extends string>(values: Readonly<Partial<Record<F, Value>>>): readonly (readonly [string, Value])[] {
  return Object.entries<Value | undefined>(values).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value] as const],
  );
}

function childWrite<F extends string>(
  kind: ChildKind<F>,
  change: ChildChange<F>,
  values: Readonly<Partial<Record<F, Value>>>,
): readonly string[] {
  const { loadBalancerId, name } = change;
  const options = new Map<string, string>(Object.entries(kind.options));
  const wanted = entries(values);
  if (change.keepsNewFields || wanted.some(([field]) => !options.get(field))) {
    const child = `${kind.list}[name=${name}]`;
    return wholeWrite(
      loadBalancerId,
      wanted.map(([field, value]) => {
        const reference = kind.references.includes(field) && value !== null;
        return `${child}.${field}${reference ? '.id' : ''}=${value}`;
      }),
    );
  }
  const set = wanted.flatMap(([field, value]) => (value === null ? [`${field}=null`] : []));
  return [
    ...['network', 'lb', kind.command, 'update', ...within(loadBalancerId)],
    ...[option('lb-name', nameOf(loadBalancerId)), option('name', name)],
    ...wanted.flatMap(([field, value]) => (value === null ? [] : [option(options.get(field) ?? field, value)])),
    ...(set.length === 0 ? [] : ['--set', ...set]),
  ];
}

/** `az network lb update --set`: keeps every field of the load balancer, but not the NIC reference of pool addresses (az 2.91). */
export function wholeWrite(loadBalancerId: string, assignments: readonly string[]): readonly string[] {
  return ['network', 'lb', 'update', ...nameOptions(loadBalancerId), '--set', ...assignments];
}

/** Sends a balancing rule's traffic to another pool, now for new connections; from none, there is nothing to go back to. */
export function repointBalancingRule(change: {
  readonly loadBalancerId: string;
  readonly name: string;
  readonly toPoolId: string;
  readonly fromPoolId: string | null;
  /** That it names a pool now, though none to go back to. */
  readonly hasPool?: boolean;
  readonly keepsNewFields: boolean;
}): Step[] {
  const { loadBalancerId, name, toPoolId, fromPoolId } = change;
  const write = (poolId: string): readonly string[] => {
    const balancingRule = `loadBalancingRules[name=${name}]`;
    return change.keepsNewFields
      ? // Both fields in one command: one alone sends a body that contradicts itself (az 2.91). An empty list has no [0].
        wholeWrite(loadBalancerId, [
          `${balancingRule}.backendAddressPool.id=${poolId}`,
          ...(fromPoolId === null && !change.hasPool ? [] : [`${balancingRule}.backendAddressPools[0].id=${poolId}`]),
        ])
      : [
          ...['network', 'lb', 'rule', 'update', ...within(loadBalancerId)],
          ...[option('lb-name', nameOf(loadBalancerId)), option('name', name), option('backend-pools-name', poolId)],
        ];
  };
  const disruptive = 'New connections go to the other pool at once; established ones stay where they are.';
  return guarded(loadBalancerId, [
    {
      title: `Point balancing rule ${name} at pool ${nameOf(toPoolId)}`,
      argv: write(toPoolId),
      disruptive,
      undo:
        fromPoolId === null
          ? null
          : { title: `Point it at ${nameOf(fromPoolId)} again`, argv: write(fromPoolId), disruptive },
    },
  ]);
}

/** Writes the load balancer back as it is, by a tag: what heals a failed provisioning state. */
export function writeBack(loadBalancerId: string): Step[] {
  const update = ['network', 'lb', 'update', ...nameOptions(loadBalancerId)];
  return guarded(loadBalancerId, [
    {
      title: `Write ${nameOf(loadBalancerId)} back unchanged but for a tag`,
      argv: [...update, '--set', 'tags.triage=reput'],
      undo: { title: 'Take the tag off', argv: [...update, '--remove', 'tags.triage'] },
    },
  ]);
}
