import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { isCluster } from '../../topology/owner.ts';
import { thresholdOf } from '../../topology/probe-timing.ts';
import { type ProbedRule, probedRules } from '../../topology/subjects.ts';
import { onEdge } from '../flapping.ts';
import { setOnProbe } from '../set-on-probe.ts';

export default defineRule({
  id: 'number-of-probes-ignored',
  layer: 'probe',
  kind: 'advice',
  severity: 'low',
  title: 'A probe counts on numberOfProbes, which Azure ignores',
  why: 'The platform goes by probeThreshold alone. With that at 1 a single lost probe takes a member out, however many numberOfProbes asks for.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/whats-new#known-issues',
  explains: ['probe-flapping'],
  about: probedRules,
  // AKS sets probeThreshold alone, and would write anything else back.
  when: ({ probe, loadBalancer }) =>
    !isCluster(loadBalancer.owner) && (probe.numberOfProbes ?? 1) > 1 && thresholdOf(probe) === 1,
  wants: { health: ({ rule }: ProbedRule) => rule.reasons },
  check: ({ probe }, _, { health }) => {
    const edge = onEdge(health);
    return {
      ...(edge.length > 0 ? { kind: 'risk', severity: 'medium' } : {}),
      facts: {
        asked: cite(probe, 'numberOfProbes'),
        threshold: cite(probe, 'probeThreshold'),
        onEdge: derive(health && edge.length, ...edge.map((item) => cite(item, 'reason'))),
      },
      detail: undefined,
    };
  },
  message: ({ asked }, { probe }) =>
    `Probe ${probe.name} asks for ${asked} probes (numberOfProbes), but one is enough to change a member's state: probeThreshold decides, and is 1.`,
  fix: ({ asked }, subject) =>
    setOnProbe(
      subject,
      { probeThreshold: asked ?? 2 },
      { probeThreshold: 1 },
      `A dead member will be found after ${asked} probes instead of one: see that clients can bear that`,
    ),
});
