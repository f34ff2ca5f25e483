import { parseId } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { type Evidence, reading } from '../evidence/evidence.ts';
import { managedCluster } from '../evidence/questions/managed-cluster.ts';
import { Reading } from '../evidence/reading.ts';
import type { Cluster } from './model.ts';

/** The id of the AKS cluster, where that is what manages the load balancer's group. */
export function clusterId(managedBy: string | undefined): string | undefined {
  const type = managedBy === undefined ? undefined : parseId(managedBy)?.type;
  return is(type, 'Microsoft.ContainerService/managedClusters') ? managedBy : undefined;
}

/** Only what a remedy looks like depends on it: where it can't be read, that makes nothing else less sure. */
export function clusterReading(evidence: Evidence, managedBy: string | undefined): Reading<Cluster | undefined> {
  const id = clusterId(managedBy);
  if (id === undefined) return Reading.known(undefined);
  return reading(evidence, managedCluster, id)
    .map((read): Cluster | undefined =>
      read.gone
        ? undefined
        : {
            id: read.value.id,
            isStopped: is(read.value.powerState?.code, 'Stopped'),
            nodePools: (read.value.agentPoolProfiles ?? []).map(({ name, powerState }) => ({
              name,
              isStopped: is(powerState?.code, 'Stopped'),
            })),
          },
    )
    .orElse(() => Reading.known(undefined));
}
