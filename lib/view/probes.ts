import type { ProbedLoadBalancer, Probes, ShownProbe } from '../../schemas/probes.generated.ts';
import type { LoadBalancer, Probe } from '../topology/model.ts';
import { pathAsked } from '../topology/probe-path.ts';
import { comparablePorts, isUnrelated } from '../topology/probe-port.ts';
import { intervalOf, thresholdOf } from '../topology/probe-timing.ts';
import type { Looked } from './look.ts';
import { headOf, viewed } from './viewed.ts';

/** What each probe really does, whatever its fields say. */
export function probesOf(looked: Looked): Probes {
  return viewed(
    looked,
    looked.loadBalancers.map(({ topology: { loadBalancer } }): ProbedLoadBalancer => {
      const isProbedByItself = loadBalancer.tier.toLowerCase() === 'global';
      return {
        loadBalancer: headOf(loadBalancer),
        probes: loadBalancer.probes.map((probe) => shown(probe, loadBalancer)),
        unprobedBalancingRules: isProbedByItself
          ? []
          : loadBalancer.balancingRules.filter(({ probe }) => probe === undefined).map(({ name }) => name),
      };
    }),
  );
}

/** An HTTP answer must come within this many seconds, whatever the interval (load-balancer-custom-probe-overview). */
const httpTimeout = 30;

function shown(probe: Probe, loadBalancer: LoadBalancer): ShownProbe {
  const interval = intervalOf(probe);
  const threshold = thresholdOf(probe);
  return {
    id: probe.id,
    name: probe.name,
    protocol: probe.protocol,
    port: probe.port,
    path: isTcp(probe) ? null : pathAsked(probe),
    answer: answerTo(probe),
    intervalInSeconds: interval,
    probeThreshold: threshold,
    timeoutSeconds: isTcp(probe) ? interval : httpTimeout,
    secondsUntilDown: interval * threshold,
    secondsUntilUp: interval * threshold,
    usedBy: probe.balancingRules.map(({ name, protocol, backendPort }) => ({
      balancingRule: name,
      protocol,
      backendPort: backendPort ?? null,
    })),
    ignored: ignoredOf(probe),
    unusual: unusualOf(probe, loadBalancer),
  };
}

function isTcp({ protocol }: Probe): boolean {
  return protocol.toLowerCase() === 'tcp';
}

function answerTo(probe: Probe): string {
  const { protocol, port } = probe;
  if (isTcp(probe)) return `a TCP connection to port ${port} is accepted; what the application says is never looked at`;
  const secure = protocol.toLowerCase() === 'https' ? ', with a certificate signed with SHA-256 or better' : '';
  return `GET ${protocol.toLowerCase()}://MEMBER:${port}${pathAsked(probe)} is answered with status 200, exactly${secure}; a redirect or 204 is a failure`;
}

function ignoredOf(probe: Probe): ShownProbe['ignored'] {
  const { numberOfProbes, requestPath } = probe;
  return [
    ...(numberOfProbes === undefined
      ? []
      : [{ field: 'numberOfProbes', value: numberOfProbes, why: 'Azure goes by probeThreshold alone' }]),
    ...(requestPath !== undefined && isTcp(probe)
      ? [{ field: 'requestPath', value: requestPath, why: 'a TCP probe asks for no path' }]
      : []),
  ];
}

function unusualOf(probe: Probe, loadBalancer: LoadBalancer): readonly string[] {
  const { protocol, port, balancingRules, noHealthyBackendsBehavior, requestPath, probeThreshold } = probe;
  const interval = intervalOf(probe);
  const isHttps = protocol.toLowerCase() === 'https';
  const ports = comparablePorts(probe);
  const seen: readonly (readonly [boolean, string])[] = [
    [balancingRules.length === 0, 'No balancing rule uses it: it decides nothing.'],
    [
      noHealthyBackendsBehavior?.toLowerCase() === 'allprobedup',
      'When no member answers, all are reported up and get traffic (noHealthyBackendsBehavior AllProbedUp): a total outage stays hidden.',
    ],
    [
      isUnrelated({ probe, loadBalancer }),
      `Its port ${port} carries no traffic: its balancing rules send to ${ports.join(', ')}. What answers there need not be what serves.`,
    ],
    [ports.length > 1, `Balancing rules of different backend ports (${ports.join(', ')}) share its verdict.`],
    [
      balancingRules.some((rule) => rule.protocol.toLowerCase() === 'udp'),
      'It is TCP although it decides about UDP: something must listen there beside what serves.',
    ],
    [
      !isTcp(probe) && interval > httpTimeout,
      `It asks every ${interval} seconds, and yet an answer must come within ${httpTimeout}.`,
    ],
    [!isTcp(probe) && requestPath === undefined, 'It has no path: an HTTP probe needs one.'],
    [isHttps, 'It shows no client certificate: a member that asks for one is down.'],
    [isHttps && loadBalancer.sku.toLowerCase() === 'basic', 'A Basic load balancer has no HTTPS probes.'],
    [probeThreshold === undefined, 'It has no probeThreshold, which is then 1: one lost probe takes a member out.'],
    [probe.intervalInSeconds === undefined, 'Its interval was not read: 15 seconds are taken for it.'],
  ];
  return seen.flatMap(([applies, sentence]) => (applies ? [sentence] : []));
}
