import {
  adminState,
  balancingRule,
  deallocated,
  listenerStopped,
  listens,
  nicDenies,
  set,
  subnetDenies,
} from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { appliances } from '../world/shapes/appliances.ts';
import { availabilityGroup, availabilityGroups, centralServices, fileCluster, hana } from '../world/shapes/clusters.ts';
import { forwarding } from '../world/shapes/parts.ts';
import { change } from '../world/world.ts';
import { silent } from './a-kubernetes.ts';
import type { Expected, Row } from './row.ts';

const passiveIsFine: Expected = {
  ...silent,
  owner: 'user',
  never: ['capacity-floor', 'rule-partially-down', 'path-clear-app-suspect', 'tcp-probe-timeout'],
};
const bothUp: Expected = {
  exitCode: 1,
  first: 'active-passive-both-up',
  finds: [{ rule: 'active-passive-both-up', severity: 'high' }],
};
const noneUp: Expected = {
  verdict: 'down',
  exitCode: 1,
  says: [/ProbePort|azure-lb|load.?balancer resource/i],
};
/** A fault of the node that has nothing now: there is nothing to fail over to. */
const passiveAtFault: Expected = { verdict: ['at-risk', 'degraded'], never: ['rule-all-down', 'capacity-floor'] };

/** Clusters of which one node is active, and appliances, which all are. */
export const clusters: readonly Row[] = [
  {
    row: 'A SQL availability group, healthy',
    world: () => availabilityGroup(),
    expect: {
      ...passiveIsFine,
      view: [
        { command: 'wait', exitCode: 0 },
        { command: 'members', exitCode: 0, has: [/passive|standby|by design/i] },
        { command: 'show', exitCode: 0, has: [/passive|standby|by design/i] },
      ],
    },
  },
  {
    row: 'A SQL availability group, three nodes, the second active',
    world: () => availabilityGroup({ size: 3, active: [2] }),
    expect: passiveIsFine,
  },
  {
    row: 'A SQL availability group, members by address',
    world: () => availabilityGroup({ membership: 'ip' }),
    expect: passiveIsFine,
  },
  {
    row: 'A SQL availability group, several listeners, each active on another node',
    world: () => availabilityGroups(),
    expect: { ...passiveIsFine, view: [{ command: 'wait', exitCode: 0 }] },
  },
  {
    row: 'A SQL availability group, three listeners of which two are on one node',
    world: () => availabilityGroups([[1], [2], [1]], 3),
    expect: passiveIsFine,
  },
  { row: 'A SAP central services', world: () => centralServices(), expect: passiveIsFine },
  {
    row: 'A SAP central services, both on one node, one zone',
    world: () => centralServices({ ascs: [2], ers: [2], zones: ['1'] }),
    expect: passiveIsFine,
  },
  { row: 'A SAP HANA', world: () => hana(), expect: passiveIsFine },
  {
    row: 'A SAP HANA, the second active, no zones',
    world: () => hana({ active: [2], zones: [] }),
    expect: passiveIsFine,
  },
  { row: 'A WSFC on an IP pool', world: () => fileCluster(), expect: passiveIsFine },
  {
    row: 'A WSFC with interfaces',
    world: () => fileCluster({ membership: 'nic', active: [1], size: 4 }),
    expect: passiveIsFine,
  },

  { row: 'A SQL availability group, two up', world: () => availabilityGroup({ active: [1, 2] }), expect: bothUp },
  {
    row: 'A SQL availability group, two of three up',
    world: () => availabilityGroup({ size: 3, active: [1, 3] }),
    expect: bothUp,
  },
  {
    row: 'A SQL availability group, several listeners, one answered by both nodes',
    world: () => availabilityGroups([[1, 2], [2]]),
    expect: { ...bothUp, finds: [{ rule: 'active-passive-both-up', says: /ag1|59999/ }], nowhere: [/ag2|59998/] },
  },
  { row: 'A SAP HANA, two up', world: () => hana({ active: [1, 2] }), expect: bothUp },
  {
    row: 'A SAP central services, ERS answered by both',
    world: () => centralServices({ ers: [1, 2] }),
    expect: bothUp,
  },
  { row: 'A WSFC on an IP pool, two up', world: () => fileCluster({ active: [1, 2] }), expect: bothUp },

  {
    row: 'A SQL availability group, none up',
    world: () => availabilityGroup({ active: [] }),
    expect: { ...noneUp, says: [/ProbePort/] },
  },
  { row: 'A SAP HANA, none up', world: () => hana({ active: [] }), expect: noneUp },
  {
    row: 'A WSFC on an IP pool, none up',
    world: () => fileCluster({ active: [] }),
    expect: { ...noneUp, says: [/ProbePort/] },
  },
  {
    row: 'A SQL availability group, several listeners, one up nowhere',
    world: () => availabilityGroups([[], [2]]),
    expect: { ...noneUp, says: [/ProbePort/] },
  },
  {
    row: 'A SQL availability group, the active node is off and nobody took over',
    world: () => change(availabilityGroup(), deallocated('sql-1')),
    expect: { verdict: 'down', exitCode: 1, causes: ['member-vm-not-running'] },
  },
  {
    row: 'A SQL availability group, the probe is denied',
    world: () => change(availabilityGroup(), subnetDenies({ name: 'closed', priority: 150, port: 59999 })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-probe', never: ['path-clear-app-suspect'] },
  },
  {
    row: 'A SQL availability group, the passive node is off',
    world: () => change(availabilityGroup(), deallocated('sql-2')),
    expect: { ...passiveAtFault, finds: [{ rule: 'member-vm-not-running' }] },
  },
  {
    row: 'A SAP HANA, the group of the passive node denies the probe: the next failover fails',
    world: () => change(hana(), nicDenies('hn1-db-2', { name: 'closed', port: 62503 })),
    expect: { ...passiveAtFault, finds: [{ rule: 'nsg-blocks-probe', says: 'closed' }] },
  },
  {
    row: 'A SQL availability group, clients are denied',
    world: () =>
      change(
        availabilityGroup(),
        subnetDenies({ name: 'closed', priority: 150, port: 1433, source: 'VirtualNetwork' }),
      ),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-data' },
  },
  {
    row: 'A SQL availability group, the passive node is set down by an administrator',
    world: () => change(availabilityGroup(), adminState('sql-2', 'Down')),
    expect: { ...passiveAtFault, finds: [{ rule: 'admin-state-down' }] },
  },

  {
    row: 'A appliances, both up',
    world: () => appliances(),
    expect: { ...silent, nowhere: ['active-passive-both-up'] },
  },
  {
    row: 'A appliances, three by address',
    world: () => appliances({ size: 3, membership: 'ip' }),
    expect: { ...silent, nowhere: ['active-passive-both-up'] },
  },
  {
    row: 'A appliances, one down: degraded, not a passive one',
    world: () => change(appliances(), listenerStopped('fw-2')),
    expect: { verdict: 'degraded', exitCode: 1, first: 'path-clear-app-suspect' },
  },
  {
    row: 'A appliances, none up',
    world: () => change(appliances(), listenerStopped('fw-1'), listenerStopped('fw-2')),
    expect: { verdict: 'down', exitCode: 1 },
  },
  {
    row: 'A appliances with floating IP forward: both may be up',
    world: () => change(hana({ active: [1, 2] }), forwarding),
    expect: { ...silent, nowhere: ['active-passive-both-up'] },
  },
  {
    row: 'A appliances with floating IP, one down',
    world: () => change(hana({ active: [1] }), forwarding),
    expect: { verdict: 'degraded', exitCode: 1 },
  },
  {
    row: 'A cluster without floating IP is a pool like any other: one down',
    world: () => change(availabilityGroup(), balancingRule({ enableFloatingIP: false })),
    expect: { verdict: 'degraded', exitCode: 1 },
  },
  {
    row: 'A internal pool with floating IP that is probed where it serves: both up is right',
    world: () =>
      healthyWorld({
        internal: true,
        members: 2,
        probes: [{ name: 'web-probe', protocol: 'Tcp', port: 1433 }],
        balancingRules: [{ name: 'sql', frontendPort: 1433, backendPort: 1433, floatingIp: true }],
      }),
    expect: { ...silent, nowhere: ['active-passive-both-up'] },
  },
  {
    row: 'A internal pool with floating IP that is probed where it serves: one down is down',
    world: () =>
      change(
        healthyWorld({
          internal: true,
          probes: [{ name: 'web-probe', protocol: 'Tcp', port: 1433 }],
          balancingRules: [{ name: 'sql', frontendPort: 1433, backendPort: 1433, floatingIp: true }],
        }),
        listenerStopped('web-2'),
      ),
    expect: { verdict: 'degraded', exitCode: 1, first: 'path-clear-app-suspect' },
  },
  {
    row: 'A internal pool with floating IP, HTTP probe on a port of its own, one of two down: no cluster',
    world: () =>
      change(
        healthyWorld({
          internal: true,
          members: 2,
          probes: [{ name: 'health', protocol: 'Http', port: 8081, path: '/healthz' }],
          balancingRules: [{ name: 'web', frontendPort: 443, backendPort: 443, floatingIp: true }],
        }),
        listens('web-2', { port: 8081, speaks: 'http', statuses: { '/healthz': 500 } }),
      ),
    expect: { verdict: 'degraded', exitCode: 1, finds: [{ rule: 'http-status-error' }] },
  },
  {
    row: 'A public frontend with floating IP and a probe port of its own, two up',
    world: () =>
      change(
        healthyWorld({ members: 2, probes: [{ name: 'p', protocol: 'Tcp', port: 59999 }] }),
        balancingRule({ enableFloatingIP: true }),
        set('web-lb', 'tags.app', 'x'),
      ),
    expect: { nowhere: ['active-passive-both-up'], verdict: ['ok', 'at-risk'], exitCode: 0 },
  },
];
