import type { ProbedLoadBalancer, Probes, ShownProbe } from '../../schemas/probes.generated.ts';
import { is } from '../azure/words.ts';
import { wrap } from './layout.ts';
import type { Report } from './render.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { headLine, viewText } from './view-text.ts';

export const probesReport = (value: Probes, options: TextOptions): Report => ({
  value,
  rows: () =>
    value.loadBalancers.flatMap(({ loadBalancer, probes }) => probes.map((each) => row(loadBalancer.name, each))),
  text: () =>
    viewText(value, options, ({ loadBalancers }, style) => loadBalancers.flatMap((each) => parts(each, style))),
});

const row = (loadBalancer: string, probe: ShownProbe): unknown => ({
  LoadBalancer: loadBalancer,
  Name: probe.name,
  Protocol: probe.protocol,
  Port: probe.port,
  Path: probe.path,
  Interval: probe.intervalInSeconds,
  Threshold: probe.probeThreshold,
  Timeout: probe.timeoutSeconds,
  SecondsUntilDown: probe.secondsUntilDown,
  SecondsUntilUp: probe.secondsUntilUp,
  UsedBy: probe.usedBy.map(({ balancingRule }) => balancingRule).join(' '),
  Unusual: probe.unusual.length,
});

function parts(probed: ProbedLoadBalancer, style: TextStyle): readonly (readonly string[])[] {
  const { loadBalancer, probes } = probed;
  return [
    [headLine(loadBalancer, style), ...(probes.length === 0 ? ['  It has no probes.'] : [])],
    ...probes.map((probe) => probeLines(probe, style)),
    unprobedLines(probed, style),
  ];
}

/** What is said of balancing rules without a probe, and the names of those of which nothing is. */
function unprobedLines(probed: ProbedLoadBalancer, { paint, width }: TextStyle): readonly string[] {
  const { unprobedBalancingRules, otherFindings } = probed;
  const others = unprobedBalancingRules.filter((name) => otherFindings.every(({ affects }) => !affects.includes(name)));
  const lines = [
    ...otherFindings.map(({ message }) => `${paint.yellow('!')} ${message}`),
    ...(others.length === 0 ? [] : [`Without a probe: ${others.join(', ')}.`]),
  ];
  return lines.flatMap((line) => wrap(line, width, '  ', '    '));
}

function probeLines(probe: ShownProbe, { paint, width }: TextStyle): readonly string[] {
  const { name, protocol, port, path, usedBy, unusual } = probe;
  const lines = [
    `Up when ${probe.answer}.`,
    timingLine(probe),
    ...(usedBy.length === 0 ? [] : [`Used by ${usedBy.map(userText).join(', ')}.`]),
    ...ignoredBeside(probe).map(({ field, value, why }) => paint.dim(`Ignored: ${field} ${value}; ${why}.`)),
    ...unusual.map((sentence) => `${paint.yellow('!')} ${sentence}`),
  ];
  return [
    `  ${paint.bold(name)}  ${protocol} port ${port}${path === null ? '' : ` ${path}`}`,
    ...lines.flatMap((line) => wrap(line, width, '    ', '      ')),
  ];
}

function timingLine(probe: ShownProbe): string {
  const { intervalInSeconds: interval, probeThreshold: threshold, timeoutSeconds, assumed } = probe;
  const times = threshold === 1 ? 'one is enough' : `${threshold} in a row`;
  const taken = assumed.length === 0 ? '' : ` Azure does not say ${assumed.join(' or ')}: the default is taken.`;
  return `Asked every ${interval} s, answered within ${timeoutSeconds} s; ${times}: down after ${probe.secondsUntilDown} s, up after ${probe.secondsUntilUp} s.${taken}`;
}

/** But for what a sentence below cites and so tells already. */
function ignoredBeside({ ignored, findings, unusual }: ShownProbe): ShownProbe['ignored'] {
  const cited = findings
    .filter(({ message }) => unusual.includes(message))
    .flatMap(({ evidence }) => evidence.flatMap((citation) => ('path' in citation ? [citation.path] : [])));
  return ignored.filter(({ field }) => !cited.some((path) => path.endsWith(`.${field}`)));
}

function userText({ balancingRule, protocol, backendPort }: ShownProbe['usedBy'][number]): string {
  const port = backendPort === null ? '?' : backendPort === 0 ? 'any' : String(backendPort);
  // A probe asks by TCP whatever it decides about.
  const kind = is(protocol, 'Udp') ? 'UDP port' : 'port';
  return `${balancingRule} (to ${kind} ${port})`;
}
