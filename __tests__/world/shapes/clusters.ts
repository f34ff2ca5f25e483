import type { World } from '../world.ts';
import { clusterWorld, type Listener } from './cluster.ts';

export interface ClusterOptions {
  /** The numbers of the nodes that answer the (first) probe. */
  readonly active?: readonly number[];
  readonly size?: number;
  readonly zones?: readonly string[];
  readonly membership?: 'nic' | 'ip';
}

/** A SQL Server availability group: the listener's port and the probe port 59999 of its IP resource. */
export const availabilityGroup = ({ active = [1], ...options }: ClusterOptions = {}): World =>
  clusterWorld({
    name: 'sql-lb',
    group: 'sql-rg',
    nodes: 'sql',
    ...options,
    listeners: [{ name: 'ag', probePort: 59999, port: 1433, active }],
    // Every replica's instance listens, whether it is primary or not.
    services: [1433, 5022],
  });

/** Several availability groups on the same nodes, each with a listener, a frontend and a probe port of its own. */
export const availabilityGroups = (active: readonly (readonly number[])[] = [[1], [2]], size = 2): World =>
  clusterWorld({
    name: 'sql-lb',
    group: 'sql-rg',
    nodes: 'sql',
    size,
    listeners: active.map(
      (own, index): Listener => ({
        name: `ag${index + 1}`,
        probePort: 59999 - index,
        port: 1433,
        active: own,
      }),
    ),
    services: [1433, 5022],
  });

/** SAP central services: ASCS on one node, ERS on the other, both behind all ports. */
export const centralServices = ({
  ascs = [1],
  ers = [2],
  ...options
}: Omit<ClusterOptions, 'active'> & {
  readonly ascs?: readonly number[];
  readonly ers?: readonly number[];
} = {}): World =>
  clusterWorld({
    name: 'nw1-ascs-lb',
    group: 'sap-rg',
    nodes: 'nw1-cl',
    ...options,
    listeners: [
      { name: 'ascs', probePort: 62000, active: ascs },
      { name: 'ers', probePort: 62102, active: ers },
    ],
    services: [22],
  });

/** SAP HANA system replication: the primary answers on 625 and the instance number. */
export const hana = ({ active = [1], ...options }: ClusterOptions = {}): World =>
  clusterWorld({
    name: 'hn1-lb',
    group: 'sap-rg',
    nodes: 'hn1-db',
    ...options,
    listeners: [{ name: 'hana', probePort: 62503, active }],
    services: [22, 30313, 30315],
  });

/** A file server on Windows Server Failover Clustering, its pool made of addresses. */
export const fileCluster = ({ active = [2], membership = 'ip', ...options }: ClusterOptions = {}): World =>
  clusterWorld({
    name: 'files-lb',
    group: 'files-rg',
    nodes: 'fs',
    membership,
    ...options,
    listeners: [{ name: 'smb', probePort: 59998, port: 445, active }],
    services: [445],
  });
