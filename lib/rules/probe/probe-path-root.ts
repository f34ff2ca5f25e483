import { is } from '../../azure/words.ts';
import { cite } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import { probedRules } from '../../topology/subjects.ts';

export default defineRule({
  id: 'probe-path-root',
  layer: 'advice',
  kind: 'advice',
  severity: 'low',
  title: 'A probe asks for the home page',
  why: 'A page for people may redirect, want a login or come from a cache: each makes the probe say something else than whether the member can serve.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-best-practices',
  about: probedRules,
  check: ({ probe }) => {
    if (is(probe.protocol, 'Tcp') || probe.requestPath !== '/') return undefined;
    return { facts: { path: cite(probe, 'requestPath') }, detail: undefined };
  },
  message: (_, { probe }) => `Probe ${probe.name} asks for "/", which need not tell whether a member can serve.`,
  fix: (_, { probe, loadBalancer }) => [
    // A path that is guessed takes every member out that doesn't answer it.
    notice(
      `Give the application a path that answers 200 only while it can serve. When every member answers it, set requestPath of ${probe.name} to it`,
    ),
    checkWithTriage(loadBalancer.id),
  ],
});
