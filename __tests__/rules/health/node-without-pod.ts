import { healthDenied, listenerStopped, listens, probe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { type Change, change, type World } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const noPod = (...machines: readonly string[]): readonly Change[] =>
  machines.map((machine) => listens(machine, { port: 31_764, speaks: 'http', statuses: { '/healthz': 503 } }));
const service = (tags: Readonly<Record<string, string>>, ...changes: readonly Change[]): World =>
  change(
    healthyWorld({ tags, probes: [{ name: 'web-probe', protocol: 'Http', port: 31_764, path: '/healthz' }] }),
    ...changes,
  );
const aks = { 'aks-managed-cluster-name': 'shop' };

export default {
  fires: [
    {
      when: 'AKS has a pod on one of three nodes',
      world: () => service(aks, ...noPod('web-2', 'web-3')),
      on: '/loadBalancingRules/https',
      affects: ['https'],
      kind: 'advice',
      severity: 'info',
      data: { without: 2, port: 31_764 },
      says: '2 of the 3 nodes run no pod of https (node port 31764 answers so)',
      cites: '.reason',
    },
    { when: 'it is a cluster of its own', world: () => service({ 'k8s-azure-service': 'a/b' }, ...noPod('web-2')) },
    { when: 'only the metric tells', world: () => service(aks, ...noPod('web-2'), healthDenied()) },
  ],
  silent: [
    { when: 'every node has one', world: () => service(aks) },
    { when: 'no node has one: the Service is down', world: () => service(aks, ...noPod('web-1', 'web-2', 'web-3')) },
    { when: 'a node does not answer at all', world: () => service(aks, listenerStopped('web-2')) },
    { when: 'the application itself is asked', world: () => service(aks, probe({ path: '/' }), ...noPod('web-2')) },
    { when: 'people write it', world: () => service({}, ...noPod('web-2')) },
    {
      when: 'the port is no node port',
      world: () => service(aks, probe({ port: 8443 }), listens('web-2', { port: 8443, speaks: 'http', statuses: {} })),
    },
  ],
} satisfies RuleWorlds;
