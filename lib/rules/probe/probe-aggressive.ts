import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { intervalOf, thresholdOf } from '../../topology/probe-timing.ts';
import { type ProbedRule, probedRules } from '../../topology/subjects.ts';
import { onEdge } from '../flapping.ts';
import { setOnProbe } from '../set-on-probe.ts';

export default defineRule({
  id: 'probe-aggressive',
  layer: 'probe',
  kind: 'advice',
  severity: 'low',
  title: 'One slow answer within five seconds takes a member out',
  why: 'With an interval of 5 seconds and a threshold of 1, a pause for garbage collection or a lost packet counts as an outage of the member, and its connections may break.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
  explains: ['probe-flapping'],
  about: probedRules,
  when: ({ probe }) => intervalOf(probe) <= 5 && thresholdOf(probe) <= 1,
  wants: { health: ({ rule }: ProbedRule) => rule.reasons },
  check: ({ probe }, _, { health }) => {
    const edge = onEdge(health);
    return {
      ...(edge.length > 0 ? { kind: 'risk', severity: 'high' } : {}),
      facts: {
        interval: cite(probe, 'intervalInSeconds'),
        threshold: cite(probe, 'probeThreshold'),
        onEdge: derive(health && edge.length, ...edge.map((item) => cite(item, 'reason'))),
      },
      detail: undefined,
    };
  },
  message: ({ interval }, { probe }) =>
    `Probe ${probe.name} takes a member out after one probe that is not answered within ${interval} seconds.`,
  fix: ({ interval, threshold }, subject) =>
    setOnProbe(
      subject,
      { intervalInSeconds: 15, probeThreshold: 2 },
      { intervalInSeconds: interval ?? null, probeThreshold: threshold ?? 1 },
      `A dead member will be found within 30 seconds instead of ${interval}: see that clients can bear that`,
    ),
});
