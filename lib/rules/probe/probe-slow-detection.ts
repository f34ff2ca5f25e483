import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { intervalOf, thresholdOf } from '../../topology/probe-timing.ts';
import { probedRules } from '../../topology/subjects.ts';
import { setOnProbe } from '../set-on-probe.ts';

/** Longer than clients usually wait and retry. */
const bearable = 60;

export default defineRule({
  id: 'probe-slow-detection',
  layer: 'advice',
  kind: 'advice',
  severity: 'low',
  title: 'A dead member goes unnoticed for more than a minute',
  why: 'Until the probe has failed as often as its threshold says, the member gets its share of new flows, and each of them fails.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
  about: probedRules,
  check: ({ probe }) => {
    const seconds = intervalOf(probe) * thresholdOf(probe);
    if (seconds <= bearable) return undefined;
    const interval = cite(probe, 'intervalInSeconds');
    const threshold = cite(probe, 'probeThreshold');
    return { facts: { seconds: derive(seconds, interval, threshold), interval, threshold }, detail: undefined };
  },
  message: ({ seconds }, { probe }) => `Probe ${probe.name} notices a dead member only after ${seconds} seconds.`,
  fix: ({ interval, threshold }, subject) =>
    setOnProbe(
      subject,
      { intervalInSeconds: 15, probeThreshold: 2 },
      { intervalInSeconds: interval ?? null, probeThreshold: threshold ?? null },
      'See that every member answers its probe at once: one that is slow now and then will be taken out',
    ),
});
