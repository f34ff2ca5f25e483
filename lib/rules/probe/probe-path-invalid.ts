import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { type ProbedRule, probedRules } from '../../topology/subjects.ts';
import { isAnsweredSomewhere } from '../answered.ts';
import { setOnProbe } from '../set-on-probe.ts';

const advice = { kind: 'advice', severity: 'low' } as const;
const risk = { kind: 'risk', severity: 'medium' } as const;

export default defineRule({
  id: 'probe-path-invalid',
  layer: 'probe',
  kind: 'fault',
  severity: 'high',
  title: 'A probe has no path that can be asked for',
  why: 'An HTTP probe asks for its requestPath, which may be relative. A TCP probe only connects: a path on it looks like a check that is never made.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#http-https-probe',
  explains: ['http-status-error', 'http-no-response', 'http-endpoint-unreachable', 'member-down'],
  about: probedRules,
  when: ({ probe: { protocol, requestPath = '' } }) => (is(protocol, 'Tcp') ? requestPath !== '' : requestPath === ''),
  wants: { health: ({ rule }: ProbedRule) => rule.health },
  check: ({ probe }, _, { health }) => {
    const facts = { protocol: cite(probe, 'protocol'), path: cite(probe, 'requestPath') };
    const isAnswered = isAnsweredSomewhere(health);
    const detail = { isAnswered };
    const isTcp = is(probe.protocol, 'Tcp');
    if (isTcp) return { facts, ...advice, explains: [], detail };
    return isAnswered ? { facts, ...risk, explains: [], detail } : { facts, detail };
  },
  message: ({ protocol, path }, { probe }, { isAnswered }) =>
    is(protocol, 'Tcp')
      ? `Probe ${probe.name} is TCP; its path ${path} is never asked for.`
      : `Probe ${probe.name} (${protocol}) has no path${isAnswered ? '; a member answers all the same' : ''}.`,
  fix: ({ protocol, path }, subject) => {
    if (is(protocol, 'Tcp'))
      return setOnProbe(
        subject,
        { requestPath: null },
        { requestPath: path ?? null },
        'If HTTP was meant, change the protocol instead',
      );
    const known = pathOfOthers(subject);
    const { probe, loadBalancer } = subject;
    if (known === undefined)
      return [
        notice(`Ask who runs the application which path answers 200, and set it as the path of probe ${probe.name}`),
        checkWithTriage(loadBalancer.id),
      ];
    return setOnProbe(
      subject,
      { requestPath: known },
      { requestPath: path ?? null },
      `See first that members answer 200 to ${known}, which another probe asks for`,
    );
  },
});

/** The path that the other probes ask for, where there is one alone: no path is guessed. */
function pathOfOthers({ probe, loadBalancer }: ProbedRule): string | undefined {
  const paths = loadBalancer.probes.flatMap(({ id, protocol, requestPath }) =>
    id === probe.id || is(protocol, 'Tcp') || !requestPath ? [] : [requestPath],
  );
  const [only, ...others] = [...new Set(paths)];
  return others.length === 0 ? only : undefined;
}
