import { is } from '../azure/words.ts';
import { isClusterShaped } from './active-passive.ts';
import type { LoadBalancer, Probe } from './model.ts';
import { isCluster } from './owner.ts';

/**
 * Where the platform sends no HTTP probe
 * (https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview#http-https-probe).
 */
const blocked = [19, 21, 25, 70, 110, 119, 143, 220, 993];

/** Whether the probe is said never to be sent; the document names HTTP alone, and HTTPS may go the same way. */
export function isBlocked({ protocol, port }: Probe): boolean {
  return !is(protocol, 'Tcp') && blocked.includes(port);
}

/** The ports to which a probe's balancing rules send traffic; none where its port is chosen freely. */
export function comparablePorts({ balancingRules }: Probe): readonly number[] {
  // Every port is balanced (a network appliance), or a cluster answers its probe on a port of its own.
  if (balancingRules.some((rule) => !rule.backendPort || isClusterShaped(rule))) return [];
  // The probe is TCP, so what serves UDP must answer it elsewhere.
  const tcp = balancingRules.filter(({ protocol }) => !is(protocol, 'Udp'));
  return [...new Set(tcp.flatMap(({ backendPort }) => backendPort ?? []))];
}

/** Whether the probe asks at a port that carries no traffic. */
export function isUnrelated({
  probe,
  loadBalancer,
}: {
  readonly probe: Probe;
  readonly loadBalancer: LoadBalancer;
}): boolean {
  // A cluster probes its node's health port (10256, or a Service's healthCheckNodePort) on purpose.
  if (isCluster(loadBalancer.owner) || comparablePorts(probe).length === 0) return false;
  return probe.balancingRules.every(({ backendPort }) => backendPort !== probe.port);
}
