import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { httpTimeout, intervalOf, timeoutOf } from '../../topology/probe-timing.ts';
import { probedRules } from '../../topology/subjects.ts';
import { setOnProbe } from '../set-on-probe.ts';

export default defineRule({
  id: 'http-probe-interval-exceeds-timeout',
  layer: 'advice',
  kind: 'advice',
  severity: 'info',
  title: 'An HTTP probe has an interval that gives no more time to answer',
  why: 'The answer to an HTTP probe must come within 30 seconds. A longer interval (as for TCP, where it is the time-out) only makes failures show later.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#probe-down-behavior',
  about: probedRules,
  check: ({ probe }) => {
    if (intervalOf(probe) <= timeoutOf(probe)) return undefined;
    const facts = { protocol: cite(probe, 'protocol'), interval: cite(probe, 'intervalInSeconds') };
    return { facts, detail: undefined };
  },
  message: ({ interval }, { probe }) =>
    `Probe ${probe.name} asks every ${interval} seconds, but must be answered within ${httpTimeout}.`,
  fix: ({ interval }, subject) =>
    setOnProbe(
      subject,
      { intervalInSeconds: httpTimeout },
      { intervalInSeconds: interval ?? null },
      `See that every member answers its probe within ${httpTimeout} seconds`,
    ),
});
