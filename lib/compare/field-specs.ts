import type { Kind, Plain } from './description.ts';
import { type Grade, harmless, helps, risks, stops } from './grade.ts';
import type { Mode } from './pair.ts';

interface Totals {
  readonly before: number;
  readonly after: number;
}

interface About {
  /** The pool or group it belongs to. */
  readonly within: string;
  readonly after: Plain;
  /** All members of the balancing rule, on the left and on the right. */
  readonly totals: Totals;
}

/** What is said of a field that changed, and what that risks. Values are told as people call them. */
export interface FieldSpec {
  readonly label: string;
  /** After the thing's name: `is now without a probe`. */
  readonly now?: (before: string, after: string, about: About) => string;
  readonly grade: (before: Plain, after: Plain, totals: Totals) => Grade;
  /** Two environments differ in it as they do in names. */
  readonly isLocal?: true;
  readonly onlyIn?: readonly Mode[];
  /** It follows from others, which say why it is not known. */
  readonly isConclusion?: true;
  /** Names, of which between environments only the number counts. */
  readonly isNames?: true;
  /** Letter case counts. */
  readonly isExact?: true;
}

const always = (grade: Grade) => (): Grade => grade;
const isNone = (value: Plain): boolean => value === null || (Array.isArray(value) && value.length === 0);
const says = (value: Plain, word: string): boolean => typeof value === 'string' && value.toLowerCase() === word;
const lost =
  (grade: Grade, gained: Grade = helps, other: Grade = grade) =>
  (before: Plain, after: Plain) =>
    isNone(after) ? grade : isNone(before) ? gained : other;
const turned =
  (worse: Grade, better: Grade = helps) =>
  (_: Plain, after: Plain) =>
    after === true ? worse : better;

const verdicts = ['down', 'masked', 'degraded', 'at-risk', 'ok'];
const rank = (verdict: Plain): number => verdicts.indexOf(String(verdict));

function verdictGrade(before: Plain, after: Plain): Grade {
  if (rank(after) > rank(before)) return helps;
  if (rank(after) <= 1) return stops('critical');
  return rank(after) === 2 ? stops('high') : risks('medium');
}

function healthyGrade(before: Plain, after: Plain, totals: Totals): Grade {
  if (Number(after) > Number(before)) return helps;
  if (Number(after) === 0) return stops('critical');
  // Fewer, and no more of them in trouble than before: someone scaled in.
  return totals.after - Number(after) <= totals.before - Number(before) ? risks('medium') : stops('high');
}

function adminGrade(before: Plain, after: Plain): Grade {
  if (says(after, 'down')) return stops('high');
  if (says(after, 'up')) return risks('high');
  return says(before, 'down') ? helps : harmless;
}

function powerGrade(before: Plain, after: Plain): Grade {
  if (says(after, 'running')) return helps;
  return says(before, 'running') ? stops('high') : risks('low');
}

const thereGrade = (_: Plain, after: Plain): Grade => (says(after, 'there') ? helps : stops('high'));

const zonesGrade = (before: Plain, after: Plain): Grade =>
  Array.isArray(before) && Array.isArray(after) && after.length < before.length ? risks('medium') : harmless;

const outsideGrade = (before: Plain, after: Plain): Grade =>
  Array.isArray(before) && Array.isArray(after) && after.length >= before.length ? risks('high') : helps;

function outsiders(names: Plain): string {
  const count = Array.isArray(names) ? names.length : 0;
  return count === 1 ? '1 instance exists and is' : `${count} instances exist and are`;
}

const field = (label: string, grade: FieldSpec['grade'], more: Omit<FieldSpec, 'label' | 'grade'> = {}): FieldSpec => ({
  label,
  grade,
  ...more,
});
const local = { isLocal: true } as const;

const natSpecs = {
  protocol: field('protocol', always(risks('medium'))),
  frontend: field('frontend', always(risks('medium'))),
  frontendPorts: field('frontend port', always(risks('medium'))),
  backendPort: field('backend port', always(risks('medium'))),
  pools: field('pool', always(risks('medium'))),
  target: field('target', always(risks('medium')), local),
};

export const fieldSpecs: Readonly<Record<Kind, Readonly<Record<string, FieldSpec>>>> = {
  loadBalancer: {
    verdict: field('verdict', verdictGrade, { isConclusion: true }),
    sku: field('SKU', always(risks('high'))),
    tier: field('tier', always(risks('high'))),
    location: field('location', always(harmless)),
    owner: field('owner', always(risks('medium')), {
      now: (before, after) => `is now owned by ${after}, was by ${before}`,
    }),
  },
  frontend: {
    kind: field('kind', always(risks('high'))),
    version: field('address family', always(risks('medium'))),
    address: field('address', lost(stops('high')), {
      ...local,
      now: (before, after) => `now has the address ${after}, had ${before}: clients of the old one reach nothing`,
    }),
    publicAddress: field('public address', lost(stops('high')), {
      ...local,
      now: (before, after) =>
        `now has the public address ${after}, had ${before}: clients of the old one reach nothing`,
    }),
    subnet: field('subnet', always(risks('medium')), local),
    zones: field('zones', zonesGrade),
  },
  pool: {
    membership: field('members by', always(risks('medium'))),
    syncMode: field('sync mode', always(risks('low'))),
    network: field('virtual network', always(risks('high')), local),
    // Over time, who joined and left says it.
    members: field('number of members', always(harmless), { onlyIn: ['between-load-balancers', 'between-pools'] }),
    behind: field('balancing rules', always(harmless), { onlyIn: ['between-pools'] }),
  },
  probe: {
    protocol: field('protocol', always(risks('high')), {
      now: (before, after) => `now speaks ${after}, spoke ${before}`,
    }),
    port: field('port', always(risks('high')), { now: (before, after) => `now asks port ${after}, asked ${before}` }),
    path: field('path', always(risks('high')), {
      isExact: true,
      now: (before, after) => `now asks ${after}, asked ${before}`,
    }),
    interval: field('seconds between probes', always(risks('low'))),
    threshold: field('probes that decide', always(risks('low'))),
    // The platform ignores it and goes by the threshold.
    numberOfProbes: field('numberOfProbes (ignored by Azure)', always(harmless)),
    whenAllDown: field('behaviour when every member is down', (_, after) =>
      says(after, 'allprobedup') ? risks('high') : helps,
    ),
  },
  balancingRule: {
    protocol: field('protocol', always(stops('high'))),
    frontend: field('frontend', always(stops('high')), {
      now: (before, after) => `now listens on ${after}, listened on ${before}`,
    }),
    frontendPort: field('frontend port', always(stops('high')), {
      now: (before, after) => `now listens on port ${after}, listened on ${before}`,
    }),
    backendPort: field('backend port', always(risks('high')), {
      now: (before, after) => `now sends to port ${after}, sent to ${before}`,
    }),
    pools: field('pool', lost(stops('critical'), helps, risks('high')), {
      now: (before, after) =>
        after === 'none' ? `is now without a pool, had ${before}` : `now sends to ${after}, sent to ${before}`,
    }),
    probe: field('probe', lost(risks('high'), helps, risks('medium')), {
      now: (before, after) =>
        after === 'none'
          ? `is now without a probe, had ${before}`
          : before === 'none'
            ? `now has the probe ${after}, had none`
            : `now has the probe ${after}, had ${before}`,
    }),
    healthy: field('healthy members', healthyGrade, {
      now: (before, after, { totals }) =>
        `: healthy members went from ${before} of ${totals.before} to ${after} of ${totals.after}`,
    }),
    stickiness: field('distribution', always(risks('medium'))),
    idleTimeout: field('idle time-out in minutes', always(risks('low'))),
    floatingIP: field('floating IP', always(risks('high'))),
    tcpReset: field('TCP reset', always(risks('low'))),
    outboundSnat: field('outbound connections through it', turned(harmless, risks('medium'))),
  },
  member: {
    adminState: field('admin state', adminGrade),
    interface: field('network interface', thereGrade),
    machine: field('machine', thereGrade),
    machineId: field('machine', always(risks('medium')), {
      ...local,
      now: (before, after) => `is now the machine ${after}, was ${before}`,
    }),
    power: field('power', powerGrade, { now: (before, after) => `is now ${after}, was ${before}` }),
    zone: field('zone', always(harmless)),
    interfaces: field('number of network interfaces', always(risks('low'))),
    latestModel: field('follows the latest model', turned(helps, risks('low'))),
    address: field('address', always(risks('low')), local),
    subnet: field('subnet', always(risks('medium')), local),
    applicationGroups: field('application security groups', always(risks('medium')), local),
    securityGroups: field('security groups', always(risks('medium'))),
  },
  scaleSet: {
    exists: field('existence', turned(helps, risks('high')), {
      now: (_, after) => (after === 'yes' ? 'exists again' : 'is gone'),
    }),
    mode: field('orchestration', always(risks('high'))),
    upgradePolicy: field('upgrade policy', always(risks('low'))),
    modelNamesPool: field('model names the pool', turned(helps, risks('high')), {
      now: (_, after, { within }) =>
        after === 'yes' ? `has a model that names ${within} now` : `has a model that does not name ${within} any more`,
    }),
    probe: field('health probe', always(risks('low'))),
    instances: field('number of instances', always(harmless), {
      now: (before, after) => `went from ${before} to ${after} instances`,
    }),
    outside: field('instances that are not in the pool', outsideGrade, {
      isNames: true,
      now: (before, after, { within, after: names }) =>
        after === 'none'
          ? `has every instance in ${within} now, ${before} were not`
          : `: ${outsiders(names)} not in ${within}: ${after}`,
    }),
  },
  securityGroup: {},
  securityRule: {
    direction: field('direction', always(risks('medium'))),
    access: field('access', (_, after) => (says(after, 'deny') ? risks('high') : helps)),
    priority: field('priority', always(risks('medium'))),
    protocol: field('protocol', always(risks('medium'))),
    ports: field('ports', always(risks('medium'))),
    from: field('source', always(risks('medium'))),
    fromPorts: field('source ports', always(risks('medium'))),
    to: field('destination', always(risks('medium'))),
  },
  natRule: natSpecs,
  natPool: natSpecs,
  outboundRule: {
    protocol: field('protocol', always(risks('medium'))),
    portsEach: field('ports for each member', always(risks('medium'))),
    frontends: field('frontends', always(risks('medium'))),
    pools: field('pool', always(risks('high'))),
  },
};

const tag: FieldSpec = { label: 'tag', grade: always(harmless), isLocal: true };

export const specOf = (kind: Kind, name: string): FieldSpec | undefined =>
  name.startsWith('tag ') ? { ...tag, label: name } : fieldSpecs[kind][name];
