import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { intervalOf } from '../../topology/probe-timing.ts';
import { probedRules } from '../../topology/subjects.ts';
import { setOnProbe } from '../set-on-probe.ts';

/** Seconds in which an HTTP probe must be answered, whatever its interval (the document below). */
const timeout = 30;

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
    if (is(probe.protocol, 'Tcp') || intervalOf(probe) <= timeout) return undefined;
    const facts = { protocol: cite(probe, 'protocol'), interval: cite(probe, 'intervalInSeconds') };
    return { facts, detail: undefined };
  },
  message: ({ interval }, { probe }) =>
    `Probe ${probe.name} asks every ${interval} seconds, but must be answered within ${timeout}.`,
  fix: ({ interval }, subject) =>
    setOnProbe(
      subject,
      { intervalInSeconds: timeout },
      { intervalInSeconds: interval ?? null },
      `See that every member answers its probe within ${timeout} seconds`,
    ),
});
