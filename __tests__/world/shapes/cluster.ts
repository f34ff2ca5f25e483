import { listenerStopped, listens } from '../change-guests.ts';
import { healthyWorld } from '../healthy.ts';
import type { Shape } from '../shape.ts';
import { change, type World } from '../world.ts';

/** One address of a cluster, which one node has at a time: the one that answers its probe port. */
export interface Listener {
  readonly name: string;
  /** Where the cluster answers the probe, on the node that is active. */
  readonly probePort: number;
  /** What clients connect to; all ports without it. */
  readonly port?: number;
  /** The numbers of the nodes that answer the probe. */
  readonly active: readonly number[];
  readonly idleTimeout?: number;
  /** Seconds. */
  readonly interval?: number;
}

export interface Cluster {
  readonly name: string;
  readonly group: string;
  /** The nodes are `<nodes>-1`, `<nodes>-2`, …. */
  readonly nodes: string;
  readonly size?: number;
  readonly membership?: 'nic' | 'ip';
  readonly zones?: readonly string[];
  /** Each has a frontend of its own. */
  readonly listeners: readonly Listener[];
  /** What runs on every node, active or not. */
  readonly services?: readonly number[];
}

/**
 * A cluster of which one node is active: internal, floating IP, and a TCP probe on a port where only the cluster's
 * resource answers, on the node that has it (load-balancer-floating-ip; availability-group-load-balancer-portal-configure).
 */
export function clusterWorld({ name, group, nodes, size = 2, membership, zones, listeners, services }: Cluster): World {
  const pool = `${nodes}-pool`;
  const shape: Shape = {
    name,
    group,
    internal: true,
    members: size,
    ...(membership && { membership }),
    ...(zones && { zones }),
    pools: [{ name: pool }],
    probes: listeners.map((each) => ({
      name: `${each.name}-probe`,
      protocol: 'Tcp',
      port: each.probePort,
      interval: each.interval ?? 5,
    })),
    balancingRules: listeners.map((each, index) => ({
      name: `${each.name}-rule`,
      frontendPort: each.port ?? 0,
      backendPort: each.port ?? 0,
      protocol: each.port === undefined ? 'All' : 'Tcp',
      floatingIp: true,
      probe: `${each.name}-probe`,
      idleTimeout: each.idleTimeout ?? 30,
      // The first frontend of a healthy world has its own name.
      ...(index > 0 && { frontend: `${each.name}-frontend` }),
    })),
  };
  const numbers = Array.from({ length: size }, (_, index) => index + 1);
  const passive = numbers.flatMap((number) =>
    listeners
      .filter(({ active }) => !active.includes(number))
      .map(({ probePort }) => listenerStopped(`${nodes}-${number}`, probePort)),
  );
  const running = numbers.flatMap((number) =>
    (services ?? []).map((port) => listens(`${nodes}-${number}`, { port, speaks: 'tcp' })),
  );
  return change(healthyWorld(shape), ...passive, ...running);
}
