import { adminState, fault, healthDenied, listenerStopped, probe, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { clusterWorld } from '../../world/shapes/cluster.ts';
import { type Change, change, type World } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const cluster = (active: readonly number[], size = 2, port?: number): World =>
  clusterWorld({
    name: 'web-lb',
    group: 'shop-rg',
    nodes: 'web',
    size,
    listeners: [{ name: 'ag', probePort: 59999, active, ...(port !== undefined && { port }) }],
    services: [1433],
  });
const forwards = (machine: string): Change => set(`${machine}-nic`, 'properties.enableIPForwarding', true);

export default {
  fires: [
    {
      when: 'both nodes answer',
      world: () => cluster([1, 2], 2, 1433),
      on: '/loadBalancingRules/ag-rule',
      affects: ['ag-rule', 'web-pool/web-1-nic', 'web-pool/web-2-nic'],
      kind: 'fault',
      severity: 'high',
      data: { up: 2, port: 59999, floatingIP: true },
      says: "web-1-nic and web-2-nic answer the cluster's probe port 59999 of ag-rule at the same time",
      types: ['ProbePort', 'ss -ltnp'],
      explains: [],
    },
    { when: 'every port is balanced', world: () => cluster([1, 2]) },
    {
      when: 'the third is passive, as it should be',
      world: () => cluster([1, 3], 3),
      affects: ['ag-rule', 'web-pool/web-1-nic', 'web-pool/web-3-nic'],
    },
    { when: 'only the metric tells', world: () => change(cluster([1, 2]), healthDenied()) },
  ],
  silent: [
    { when: 'one node is active', world: () => cluster([2]) },
    { when: 'none is', world: () => cluster([]) },
    {
      when: 'one is up by decree, and the other by its probe',
      world: () => change(cluster([1, 2]), adminState('web-1', 'Up')),
    },
    { when: 'they forward: a pair of appliances', world: () => change(cluster([1, 2]), forwards('web-1')) },
    {
      when: 'an interface can not be read, so that it could forward',
      world: () =>
        change(
          cluster([1, 2]),
          fault({ on: /networkInterfaces/, kind: 'denied' }),
          fault({ on: /list-nic/, kind: 'denied' }),
        ),
    },
    { when: 'the probe asks where traffic goes', world: () => change(cluster([1, 2], 2, 1433), probe({ port: 1433 })) },
    { when: 'nothing is a cluster', world: () => healthyWorld({ internal: true }) },
    {
      when: 'a platform writes it',
      world: () => change(cluster([1, 2]), set('web-lb', 'tags', { 'aks-managed-cluster-name': 'shop' })),
    },
    { when: 'one node stopped answering', world: () => change(cluster([1, 2]), listenerStopped('web-1', 59999)) },
  ],
} satisfies RuleWorlds;
