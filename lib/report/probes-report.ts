import type { ProbedLoadBalancer, Probes, ShownProbe } from '../../schemas/probes.generated.ts';
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

const parts = (
  { loadBalancer, probes, unprobedBalancingRules }: ProbedLoadBalancer,
  style: TextStyle,
): readonly (readonly string[])[] => [
  [headLine(loadBalancer, style), ...(probes.length === 0 ? ['  It has no probes.'] : [])],
  ...probes.map((probe) => probeLines(probe, style)),
  unprobedBalancingRules.length === 0
    ? []
    : wrap(
        `! Without a probe: ${unprobedBalancingRules.join(', ')}. Members get traffic whether or not anything answers.`,
        style.width,
        '  ',
        '    ',
      ),
];

function probeLines(probe: ShownProbe, { paint, width }: TextStyle): readonly string[] {
  const { name, protocol, port, path, intervalInSeconds: interval, probeThreshold: threshold, usedBy } = probe;
  const users = usedBy.map(({ balancingRule, backendPort }) => `${balancingRule} (to port ${portText(backendPort)})`);
  const times = threshold === 1 ? 'one is enough' : `${threshold} in a row`;
  const wrapped = (text: string): readonly string[] => wrap(text, width, '    ', '      ');
  return [
    `  ${paint.bold(name)}  ${protocol} port ${port}${path === null ? '' : ` ${path}`}`,
    ...wrapped(`Up when ${probe.answer}.`),
    ...wrapped(
      `Asked every ${interval} s, answered within ${probe.timeoutSeconds} s; ${times}: down after ${probe.secondsUntilDown} s, up after ${probe.secondsUntilUp} s.`,
    ),
    ...wrapped(`Used by ${users.length === 0 ? 'no balancing rule' : users.join(', ')}.`),
    ...probe.ignored.flatMap(({ field, value, why }) => wrapped(paint.dim(`Ignored: ${field} ${value}; ${why}.`))),
    ...probe.unusual.flatMap((sentence) => wrapped(`${paint.yellow('!')} ${sentence}`)),
  ];
}

const portText = (port: number | null): string => (port === null ? '?' : port === 0 ? 'any' : String(port));
