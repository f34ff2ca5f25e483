import { guarded } from './change.ts';
import type { Step } from './step.ts';
import { nameOf, nameOptions, option, within } from './where.ts';

interface ProbeFields {
  readonly protocol: string;
  readonly port: number;
  readonly requestPath?: string | undefined;
  readonly intervalInSeconds?: number | undefined;
  readonly probeThreshold?: number | undefined;
  readonly numberOfProbes?: number | undefined;
  readonly noHealthyBackendsBehavior?: string | undefined;
}

interface ProbeOf {
  readonly loadBalancerId: string;
  readonly probe: ProbeFields & { readonly name: string };
  /** Where it stands, or will stand, in the load balancer's list of probes: az removes by position only. */
  readonly position: number;
  /** As with every change of a child: its own command would drop fields that the load balancer uses. */
  readonly keepsNewFields: boolean;
}

export function addProbe(change: ProbeOf): Step[] {
  const { name, protocol, port } = change.probe;
  return guarded(change.loadBalancerId, [
    {
      title: `Add probe ${name} (${protocol}, port ${port}), which no balancing rule uses yet`,
      argv: adding(change),
      undo: { title: `Remove probe ${name} again${seeingFirst(change)}`, argv: removing(change) },
    },
  ]);
}

/** Of a probe that nothing uses. */
export function removeProbe(change: ProbeOf): Step[] {
  const { name } = change.probe;
  return guarded(change.loadBalancerId, [
    {
      title: `Remove probe ${name}${seeingFirst(change)}`,
      argv: removing(change),
      undo: { title: `Add probe ${name} again`, argv: adding(change) },
    },
  ]);
}

function seeingFirst({ keepsNewFields, position }: ProbeOf): string {
  return keepsNewFields ? ` (see first that probes[${position}] is it)` : '';
}

function adding({ loadBalancerId, probe, keepsNewFields }: ProbeOf): readonly string[] {
  const { name, protocol, port, requestPath, intervalInSeconds, probeThreshold, numberOfProbes } = probe;
  if (keepsNewFields) {
    // A flat object would lose all its fields: az wants them below "properties" here (2.91).
    const { noHealthyBackendsBehavior } = probe;
    const timing = { intervalInSeconds, probeThreshold, numberOfProbes };
    const properties = { protocol, port, requestPath, ...timing, noHealthyBackendsBehavior };
    return [...whole(loadBalancerId), '--add', 'probes', JSON.stringify({ name, properties })];
  }
  const others = {
    path: requestPath,
    interval: intervalInSeconds,
    'probe-threshold': probeThreshold,
    'number-of-probes': numberOfProbes,
  };
  return [
    ...child('create', loadBalancerId, name),
    ...[option('protocol', protocol), option('port', port)],
    ...Object.entries(others).flatMap(([key, value]) => (value === undefined ? [] : [option(key, value)])),
  ];
}

function removing({ loadBalancerId, probe, position, keepsNewFields }: ProbeOf): readonly string[] {
  if (keepsNewFields) return [...whole(loadBalancerId), '--remove', 'probes', String(position)];
  return child('delete', loadBalancerId, probe.name);
}

function whole(loadBalancerId: string): readonly string[] {
  return ['network', 'lb', 'update', ...nameOptions(loadBalancerId)];
}

function child(verb: 'create' | 'delete', loadBalancerId: string, name: string): readonly string[] {
  const where = [...within(loadBalancerId), option('lb-name', nameOf(loadBalancerId)), option('name', name)];
  return ['network', 'lb', 'probe', verb, ...where];
}
