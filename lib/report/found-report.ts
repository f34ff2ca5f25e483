import type {
  Found,
  FoundFrontend,
  FoundMachine,
  FoundMembership,
  FoundMissing,
  FoundThing,
} from '../../schemas/found.generated.ts';
import { clean, cleanAll } from './clean.ts';
import { triageLine } from './diagnoses-text.ts';
import { columns, someOf, wrap } from './layout.ts';
import { paint } from './paint.ts';
import type { Report } from './render.ts';
import { callsLine } from './text-calls.ts';
import { healthText, stateWords, worstState } from './text-members.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { natRuleText, outboundRuleText, portText } from './tree-report.ts';
import { notReadLines, textOf } from './view-text.ts';

export const foundReport = (value: Found, options: TextOptions): Report => ({
  value,
  rows: () => rows(value),
  text: () => text(value, options),
});

function text(raw: Found, options: TextOptions): string {
  const found = cleanAll(raw);
  const style = { ...options, paint: paint(options.colour) };
  const { candidates, frontends, machines, notRead } = found;
  return textOf([
    candidates.length === 0 ? [] : columns(candidates.map(candidateCells), '  '),
    ...frontends.map((frontend) => frontendLines(frontend, found, style)),
    ...machineParts(found, style),
    frontends.length + machines.length === 0 && found.thing !== null ? [nowhere(found.thing)] : [],
    notReadLines(notRead, style),
    [style.paint.dim(callsLine({ ...found, az: null }))],
  ]);
}

function rows({ frontends, machines, candidates }: Found): readonly unknown[] {
  const row = (name: string, how: string, of: string, pool: string, state: string, why: string): unknown => ({
    Name: name,
    How: how,
    LoadBalancer: of,
    Pool: pool,
    State: state,
    Why: why,
  });
  return [
    ...candidates.map(({ kind, id, name }) => row(name, 'candidate', '', '', kind, id ?? '')),
    ...frontends.flatMap(({ name, loadBalancer, balancingRules }) =>
      balancingRules.map((rule) =>
        row(
          name,
          `rule ${rule.name}`,
          loadBalancer.name,
          rule.pools.join(' '),
          `${rule.members.up}/${rule.members.total} up`,
          '',
        ),
      ),
    ),
    ...machines.flatMap(({ name, pools, missing }) => [
      ...pools.map((each) =>
        row(name, 'in', each.loadBalancer.name, each.pool, worstState(each), healthText(each.health)),
      ),
      ...missing.map((each) => row(name, 'missing', each.loadBalancer.name, each.pool, each.reason, each.why)),
      ...(pools.length + missing.length === 0 ? [row(name, 'in no pool', '', '', '', '')] : []),
    ]),
  ];
}

const kindWords = {
  machine: 'machine',
  instance: 'scale-set instance',
  'scale-set': 'scale set',
  interface: 'network interface of no machine',
  'public-ip': 'public IP',
  frontend: 'frontend',
  'load-balancer': 'load balancer',
  address: 'address that no interface is known to have',
} as const satisfies Record<FoundThing['kind'], string>;

const candidateCells = ({ kind, name, id }: FoundThing): readonly string[] => [name, kindWords[kind], id ?? ''];

const nowhere = ({ kind, name }: FoundThing): string =>
  kind === 'scale-set'
    ? `Scale set ${name} has no instances.`
    : `${kindWords[kind]} ${name} is put on no frontend and no interface.`;

function frontendLines(
  { loadBalancer, name, kind, address, fqdn, listens, balancingRules, natRules, outboundRules }: FoundFrontend,
  { port }: Found,
  { paint: { bold, yellow } }: TextStyle,
): readonly string[] {
  const where = [`${kind} ${address ?? ''}`.trimEnd(), fqdn ?? ''].filter((part) => part !== '').join(', ');
  return [
    `${bold(loadBalancer.name)}, group ${loadBalancer.resourceGroup}: frontend ${name}, ${where}`,
    ...(listens === false ? [yellow(`  ✗ No rule listens on port ${port}.`)] : []),
    ...balancingRules.map((rule) => `  ${ruleText(rule)}`),
    ...natRules.map((rule) => `  ${natRuleText(rule)}`),
    ...outboundRules.map((rule) => `  ${outboundRuleText(rule)}`),
    ...(balancingRules.length + natRules.length + outboundRules.length === 0 && listens === null
      ? ['  No rule uses it.']
      : []),
  ];
}

function ruleText({
  name,
  protocol,
  frontendPort,
  backendPort,
  probe,
  pools,
  members,
}: FoundFrontend['balancingRules'][number]): string {
  const to = pools.length === 0 ? 'no pool' : `pool ${pools.join(' and ')} port ${portText(backendPort)}`;
  const unknown = members.unknown === 0 ? '' : `, ${members.unknown} unknown`;
  return `rule ${name}, ${protocol} ${portText(frontendPort)} → ${to}, ${probe === null ? 'no probe' : `probe ${probe}`}: ${members.up} of ${members.total} up${unknown}`;
}

const machineParts = ({ machines }: Found, style: TextStyle): readonly (readonly string[])[] =>
  machines.map((machine) => [headText(machine, style), ...machineLines(machine, style)]);

function headText(
  { kind, name, scaleSetId, availabilitySetId, zone, powerState, latestModelApplied }: FoundMachine,
  { paint: { bold, dim } }: TextStyle,
): string {
  const parts = [
    kindWords[kind],
    scaleSetId === null ? '' : `of scale set ${lastOf(scaleSetId)}`,
    availabilitySetId === null ? '' : `in availability set ${lastOf(availabilitySetId)}`,
    zone === null ? '' : `zone ${zone}`,
    powerState ?? '',
    latestModelApplied === false ? "not at its set's latest model" : '',
  ];
  return `${bold(name)}  ${dim(parts.filter((part) => part !== '').join(', '))}`;
}

const machineLines = ({ pools, missing, interfaces }: FoundMachine, style: TextStyle): readonly string[] => [
  ...pools.map((membership) => memberText(membership, style)),
  ...missing.flatMap((each) => missingLines(each, style)),
  ...(pools.length + missing.length === 0 ? ['  - in no pool', ...interfaces.map(interfaceText)] : []),
];

function memberText(membership: FoundMembership, { paint }: TextStyle): string {
  const { loadBalancer, pool, through, adminState, health } = membership;
  const { sign, colour } = stateWords[worstState(membership)];
  const { nicId, ipConfiguration, address } = through;
  const by = [nicId === null ? '' : `${lastOf(nicId)}/${ipConfiguration ?? ''}`, address ?? ''];
  const admin = adminState === null ? '' : `, admin state ${adminState}`;
  return `  ${paint[colour](sign)} in ${pool} of ${loadBalancer.name} through ${by.filter((part) => part !== '').join(' ')}: ${healthText(health)}${admin}`;
}

function missingLines(
  { loadBalancer, pool, balancingRules, siblings, reason, why }: FoundMissing,
  style: TextStyle,
): readonly string[] {
  const { kind, of, inPool, total } = siblings;
  const set =
    kind === 'name' ? `the ${total} machines called ${of}` : `the ${total} others of ${kind.replace('-', ' ')} ${of}`;
  const serving = balancingRules.length === 0 ? 'no balancing rule' : balancingRules.join(', ');
  const [, , subscriptionId = ''] = loadBalancer.id.split('/');
  return [
    ...wrap(
      `${style.paint.red('✗')} not in ${pool} of ${loadBalancer.name} (${serving}): ${inPool.length} of ${set} ${inPool.length === 1 ? 'is' : 'are'} (${someOf(inPool, style.verbose ? Number.POSITIVE_INFINITY : 5)}).`,
      style.width,
      '  ',
      '    ',
    ),
    ...wrap(`Why: ${why}.`, style.width, '    '),
    ...(reason.startsWith('model-')
      ? [style.paint.dim(`    What to do: ${triageLine({ ...loadBalancer, subscriptionId }, style)}`)]
      : []),
  ];
}

const interfaceText = ({ name, ipConfigurations }: FoundMachine['interfaces'][number]): string =>
  `    ${name}: ${ipConfigurations.map((each) => `${each.name} ${each.address ?? ''}`.trimEnd()).join(', ')}`;

const lastOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1);

/** For stderr, what keeps a target from being found; undefined where it was. */
export function foundNote({ target, candidates, thing, scope, notRead }: Found): string | undefined {
  if (candidates.length > 0)
    return `${clean(target)} is the name of ${candidates.length} things. Name one by its id, or its group with -g.`;
  if (thing !== null) return undefined;
  const where = scope.subscription === null ? 'the active subscription' : `subscription ${clean(scope.subscription)}`;
  if (notRead.length > 0) return `${clean(target)} was not found in ${where}, of which not all could be read.`;
  return `Nothing in ${where} is called ${clean(target)}, or has that address. Name another with --subscription.`;
}
