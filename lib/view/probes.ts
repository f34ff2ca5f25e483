import type { Finding } from '../../schemas/diagnosis.generated.ts';
import type { ProbedLoadBalancer, Probes, ShownProbe } from '../../schemas/probes.generated.ts';
import { sameId } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import type { Collected } from '../collect/rounds.ts';
import type { Probe } from '../topology/model.ts';
import { knownPath } from '../topology/probe-path.ts';
import { intervalOf, thresholdOf, timeoutOf } from '../topology/probe-timing.ts';
import { diagnosed } from './diagnosed.ts';
import type { Survey } from './survey.ts';
import { headOf, viewed } from './viewed.ts';

/** What each probe really does, whatever its fields say, and what the rules that looked too say of it. */
export function probesOf(survey: Survey): Probes {
  return viewed(
    survey,
    survey.loadBalancers.map((collected) => probedIn(collected, survey)),
  );
}

function probedIn(collected: Collected, survey: Survey): ProbedLoadBalancer {
  const { loadBalancer } = collected.topology;
  const { probes, balancingRules, tier } = loadBalancer;
  const { findings } = diagnosed(collected, survey);
  const shown = probes.map((probe) =>
    shownProbe(
      probe,
      findings.filter((finding) => isAbout(finding, probe)),
    ),
  );
  const told = new Set(shown.flatMap((probe) => probe.findings));
  const isProbedByItself = is(tier, 'Global');
  return {
    loadBalancer: headOf(loadBalancer),
    probes: shown,
    unprobedBalancingRules: isProbedByItself
      ? []
      : balancingRules.filter(({ probe }) => probe === undefined).map(({ name }) => name),
    otherFindings: findings.filter((finding) => !told.has(finding)),
  };
}

/** Filed under it, or about what it decides. */
function isAbout({ on, affects }: Finding, { id, balancingRules }: Probe): boolean {
  return sameId(on, id) || balancingRules.some(({ name }) => affects.includes(name));
}

function shownProbe(probe: Probe, findings: readonly Finding[]): ShownProbe {
  const interval = intervalOf(probe);
  const threshold = thresholdOf(probe);
  return {
    id: probe.id,
    name: probe.name,
    protocol: probe.protocol,
    port: probe.port,
    path: knownPath(probe) ?? null,
    answer: answerTo(probe),
    intervalInSeconds: interval,
    probeThreshold: threshold,
    timeoutSeconds: timeoutOf(probe),
    secondsUntilDown: interval * threshold,
    secondsUntilUp: interval * threshold,
    assumed: assumedOf(probe),
    usedBy: probe.balancingRules.map(({ name, protocol, backendPort }) => ({
      balancingRule: name,
      protocol,
      backendPort: backendPort ?? null,
    })),
    ignored: ignoredOf(probe),
    unusual: findings.filter(({ severity }) => severity !== 'info').map(({ message }) => message),
    findings,
  };
}

function isTcp({ protocol }: Probe): boolean {
  return is(protocol, 'Tcp');
}

function answerTo(probe: Probe): string {
  const { protocol, port } = probe;
  if (isTcp(probe)) return `a TCP connection to port ${port} is accepted; what the application says is never looked at`;
  const secure = is(protocol, 'Https') ? ', with a certificate signed with SHA-256 or better' : '';
  return `GET ${protocol.toLowerCase()}://MEMBER:${port}${knownPath(probe) ?? ''} is answered with status 200, exactly${secure}; a redirect or 204 is a failure`;
}

/** What Azure did not say, and is taken to be as it is by default. */
function assumedOf({ intervalInSeconds, probeThreshold }: Probe): ShownProbe['assumed'] {
  return [
    ...(intervalInSeconds === undefined ? (['intervalInSeconds'] as const) : []),
    ...(probeThreshold === undefined ? (['probeThreshold'] as const) : []),
  ];
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
