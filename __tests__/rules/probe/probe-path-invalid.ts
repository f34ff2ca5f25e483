import { addedToLb, healthDenied, healthReason, listenerStopped, metricsDenied, probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

/** Beside a probe without a path two that have one. */
const withOthers = (...paths: readonly string[]) =>
  change(
    healthyWorld(),
    probe({ path: null, protocol: 'Https' }),
    ...paths.map((requestPath, index) =>
      addedToLb('probes', {
        name: `other-${index}`,
        properties: { protocol: 'Http', port: 8443, requestPath, intervalInSeconds: 15, numberOfProbes: 1 },
      }),
    ),
  );

export default {
  fires: [
    {
      when: 'a TCP probe has a path that would be wrong for HTTP, and no member answers',
      world: () =>
        change(healthyWorld({ members: 1 }), probe({ protocol: 'Tcp', path: 'healthz' }), listenerStopped('web-1')),
      severity: 'low',
      kind: 'advice',
      says: 'is TCP; its path healthz',
      explains: [],
    },

    {
      when: 'there is no path, and nothing tells one',
      world: () => change(healthyWorld(), probe({ path: null, protocol: 'Https' })),
      severity: 'high',
      kind: 'fault',
      says: '(Https) has no path',
      types: '# Ask who runs the application which path answers 200, and set it as the path of probe web-probe',
    },
    {
      when: 'there is no path, and the other probes ask for one',
      undoes: "--set 'requestPath=null'",
      world: () => withOthers('/ready', '/ready'),
      says: '(Https) has no path',
      types: ['# See first that members answer 200 to /ready, which another probe asks for', '--path=/ready'],
    },
    {
      when: 'there is no path, and the other probes ask for two',
      world: () => withOthers('/ready', '/live'),
      says: '(Https) has no path',
      types: '# Ask who runs the application',
    },
    {
      when: 'health and metrics are denied',
      world: () => change(healthyWorld(), probe({ path: '' }), healthDenied(), metricsDenied()),
      severity: 'high',
      kind: 'fault',
    },
    {
      when: 'there is no path and a member is up all the same',
      world: () => change(healthyWorld(), probe({ path: '' }), healthReason('web-1', 'Up_Probe_Success')),
      severity: 'medium',
      kind: 'risk',
      says: 'a member answers all the same',
      explains: [],
    },
    {
      when: 'a TCP probe has a path',
      world: () => change(healthyWorld(), probe({ protocol: 'Tcp' })),
      severity: 'low',
      kind: 'advice',
      says: 'is TCP; its path /healthz',
      explains: [],
      types: ["--set 'requestPath=null'", '--path=/healthz'],
    },
  ],
  silent: [
    { when: 'a TCP probe has none', world: () => change(healthyWorld(), probe({ protocol: 'Tcp', path: null })) },
    {
      when: "the path is relative, as in Azure's own examples, and nobody answers to it",
      world: () => change(healthyWorld(), probe({ path: 'healthcheck.aspx' })),
    },
    {
      when: 'the path is relative, and the metric alone says that no member answers',
      world: () => change(healthyWorld(), probe({ path: 'healthcheck.aspx' }), healthDenied()),
    },
    { when: 'the path is the root', world: () => change(healthyWorld(), probe({ path: '/' })) },
  ],
} satisfies RuleWorlds;
