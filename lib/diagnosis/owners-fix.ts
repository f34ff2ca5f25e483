import { parseId } from '../az/ids.ts';
import { checkWithTriage, notice } from '../steps/looking.ts';
import type { Step } from '../steps/step.ts';
import { named, nameOf, option } from '../steps/where.ts';
import type { LoadBalancer } from '../topology/model.ts';
import { platformOf } from '../topology/owner.ts';

type Writes = 'power' | 'membership' | 'probe' | 'other';

/** A fix as the load balancer's owner must make it: what a platform writes is changed through the platform. */
export function ownersFix(loadBalancer: LoadBalancer, steps: readonly Step[]): readonly Step[] {
  const written = steps.filter((step) => isPlatforms(step, loadBalancer));
  const [first] = written.map(kindOfWrite);
  if (first === undefined) return steps;
  const looks = steps.filter((step) => step.kind === 'look' && !isPlatforms(step, loadBalancer));
  return [...looks, ...remedy(first, written, loadBalancer), checkWithTriage(loadBalancer.id)];
}

/** What az writes in the platform's own group; elsewhere, as a network and its security groups often are, it is the user's. */
function isPlatforms({ kind, argv }: Step, { owner, resourceGroup, subscriptionId }: LoadBalancer): boolean {
  if (owner === 'user' || (kind !== 'change' && kind !== 'undo') || argv[0] !== 'az') return false;
  const command = argv.slice(1, 4).join(' ');
  // A cluster of one's own has machines of one's own: its controller writes the load balancer alone.
  const own = owner === 'kubernetes' ? /^(network (lb|nic|nsg)|vmss update)/ : /^(network (lb|nic|nsg|vnet)|vmss|vm) /;
  if (!own.test(command)) return false;
  const group = `/subscriptions/${subscriptionId}/resourcegroups/${resourceGroup}/`.toLowerCase();
  const isInGroup = argv.some((word) => word.toLowerCase() === `--resource-group=${resourceGroup}`.toLowerCase());
  return isInGroup || argv.some((word) => word.toLowerCase().startsWith(group));
}

function kindOfWrite({ argv }: Step): Writes {
  const command = argv.slice(1).join(' ');
  if (/^vm(ss)? (start|restart|stop|deallocate)\b/.test(command)) return 'power';
  if (/^network nic|^network lb address-pool|^vmss /.test(command)) return 'membership';
  if (/^network lb (probe |update .*probes)/.test(command)) return 'probe';
  return 'other';
}

function remedy(writes: Writes, written: readonly Step[], loadBalancer: LoadBalancer): readonly Step[] {
  const { owner } = loadBalancer;
  if (owner === 'aks' && writes === 'power') return startNodes(written, loadBalancer);
  if (owner === 'aks' && writes === 'membership') return reconcile(loadBalancer);
  if (owner === 'aks' || owner === 'kubernetes') return changeService(writes, loadBalancer);
  const platform = platformOf(loadBalancer);
  return [change(`Change it through ${platform}: what az writes here is undone, or not supported`)];
}

const change = (title: string, ...argv: readonly string[]): Step => ({ kind: 'change', title, argv, disruptive: null });

/** A node that is off: the whole cluster was stopped, or its node pool was, or the node alone. */
function startNodes(written: readonly Step[], loadBalancer: LoadBalancer): readonly Step[] {
  const cluster = clusterOf(loadBalancer);
  if (cluster === undefined) {
    return [
      findCluster(loadBalancer),
      notice(
        'Where its powerState is Stopped, start the cluster; else start the node pool of these nodes (az aks nodepool start), or let AKS mend it (az aks update with nothing else)',
      ),
    ];
  }
  const pools = [...new Set(written.flatMap(({ argv }) => argv.flatMap(nodePoolIn)))];
  const where = clusterOptions(cluster);
  return [
    {
      kind: 'look',
      title: `See whether the whole cluster ${nameOf(cluster)} is Stopped: only then start the cluster`,
      argv: ['az', 'aks', 'show', ...named(cluster), option('query', 'powerState.code'), '--output=tsv'],
      disruptive: null,
    },
    ...(pools.length === 0
      ? [
          change(
            'Where the cluster runs: let AKS bring its nodes to what they should be',
            ...['az', 'aks', 'update', ...named(cluster)],
          ),
        ]
      : pools.map((pool) =>
          change(
            `Where the cluster runs: start its node pool ${pool}`,
            ...['az', 'aks', 'nodepool', 'start', ...where, option('nodepool-name', pool)],
          ),
        )),
  ];
}

/** `az aks update` with nothing else brings a cluster's resources back to what AKS wants them to be. */
function reconcile(loadBalancer: LoadBalancer): readonly Step[] {
  const cluster = clusterOf(loadBalancer);
  const title = 'Let AKS put its nodes into the pools again: an update of the cluster that changes nothing';
  if (cluster === undefined) return [findCluster(loadBalancer), notice(`${title} (az aks update)`)];
  return [change(title, 'az', 'aks', 'update', ...named(cluster))];
}

function changeService(writes: Writes, loadBalancer: LoadBalancer): readonly Step[] {
  const platform = platformOf(loadBalancer);
  const how =
    writes === 'probe'
      ? 'the path by annotation service.beta.kubernetes.io/azure-load-balancer-health-probe-request-path, others by azure-load-balancer-health-probe-*'
      : 'annotations service.beta.kubernetes.io/azure-*';
  return [
    {
      kind: 'look',
      title: `${platform} writes this load balancer: find the Service behind it`,
      argv: ['kubectl', 'get', 'services', '--all-namespaces', '--field-selector=spec.type=LoadBalancer'],
      disruptive: null,
    },
    change(`Change it on that Service (${how}); ${platform} undoes what az writes here`),
  ];
}

/** The cluster's id, where its node group says what manages it. */
function clusterOf({ managedBy }: LoadBalancer): string | undefined {
  return managedBy !== undefined && /\/managedClusters\//i.test(managedBy) && parseId(managedBy)
    ? managedBy
    : undefined;
}

function clusterOptions(cluster: string): readonly string[] {
  return named(cluster).map((word) => word.replace(/^--name=/, '--cluster-name='));
}

function findCluster({ resourceGroup, subscriptionId }: LoadBalancer): Step {
  const query = `[?nodeResourceGroup=='${resourceGroup.replaceAll("'", "\\'")}'].[resourceGroup,name,powerState.code]`;
  return {
    kind: 'look',
    title: 'Find the cluster: its group, its name, and whether it runs',
    argv: ['az', 'aks', 'list', option('subscription', subscriptionId), option('query', query), '--output=tsv'],
    disruptive: null,
  };
}

/** AKS names a node pool's scale set `aks-POOL-NUMBER-vmss`. */
function nodePoolIn(word: string): readonly string[] {
  const pool = /(?:^--name=|\/virtualMachine(?:ScaleSet)?s\/)aks-([a-z0-9]+)-\d+-vms/i.exec(word)?.[1];
  return pool === undefined ? [] : [pool];
}
