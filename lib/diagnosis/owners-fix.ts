import { knownOr } from '../evidence/open.ts';
import { checkWithTriage, notice } from '../steps/looking.ts';
import type { Step } from '../steps/step.ts';
import { nameOf, nameOptions, option } from '../steps/where.ts';
import { clusterId } from '../topology/managed-cluster.ts';
import type { Cluster, LoadBalancer } from '../topology/model.ts';
import { platformOf } from '../topology/owner.ts';

type Writes = 'power' | 'membership' | 'probe' | 'other';

/** A fix as the load balancer's owner must make it: what a platform writes is changed through the platform. */
export function ownersFix(loadBalancer: LoadBalancer, steps: readonly Step[]): readonly Step[] {
  const written = steps.filter((step) => isPlatforms(step, loadBalancer));
  const [first] = written.map(kindOfWrite);
  if (first === undefined) return steps;
  const looks = steps.filter((step) => step.kind === 'look' && !isPlatforms(step, loadBalancer));
  const mends = remedy(first, written, loadBalancer);
  const undo = mends.filter(({ kind }) => kind === 'undo');
  return [
    ...looks,
    ...mends.filter(({ kind }) => kind !== 'undo'),
    checkWithTriage(loadBalancer.id, undoOf(mends)),
    ...undo,
  ];
}

/** An update that changes nothing has no way back, a start has one. */
function undoOf(mends: readonly Step[]): 'all' | 'some' | undefined {
  const of = (kind: Step['kind']) => mends.filter((step) => step.kind === kind).length;
  if (of('undo') === 0) return undefined;
  return of('undo') < of('change') ? 'some' : 'all';
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
  const id = clusterId(loadBalancer.managedBy);
  if (id === undefined) {
    return [
      findCluster(loadBalancer),
      notice(
        'Where its powerState is Stopped, start the cluster; else start the node pool of these nodes (az aks nodepool start), or let AKS mend it (az aks update with nothing else)',
      ),
    ];
  }
  const cluster = knownOr(loadBalancer.cluster, undefined);
  const sets = [...new Set(written.flatMap(({ argv }) => argv.flatMap(scaleSetIn)))];
  return cluster === undefined ? startUnseen(id, sets) : startSeen(cluster, sets);
}

function startUnseen(id: string, sets: readonly string[]): readonly Step[] {
  const pools = [...new Set(sets.flatMap(nodePoolOf))];
  return [
    {
      kind: 'look',
      title: `See whether the whole cluster ${nameOf(id)} is Stopped: only then start the cluster`,
      argv: ['az', 'aks', 'show', ...nameOptions(id), option('query', 'powerState.code'), '--output=tsv'],
      disruptive: null,
    },
    ...(pools.length === 0
      ? [
          change(
            'Where the cluster runs: let AKS bring its nodes to what they should be',
            ...['az', 'aks', 'update', ...nameOptions(id)],
          ),
        ]
      : pools.map((pool) =>
          change(`Where the cluster runs: start its node pool ${pool}`, ...nodePoolCommand('start', id, pool)),
        )),
  ];
}

function startSeen({ id, isStopped, nodePools }: Cluster, sets: readonly string[]): readonly Step[] {
  if (isStopped) {
    const name = nameOf(id);
    const start = change(
      `Start cluster ${name}: the whole of it is Stopped (billed again from then on)`,
      ...['az', 'aks', 'start', ...nameOptions(id)],
    );
    return [
      start,
      {
        kind: 'undo',
        undoes: start,
        title: `Let cluster ${name} be stopped again`,
        argv: ['az', 'aks', 'stop', ...nameOptions(id)],
        disruptive: 'Stops the whole cluster again.',
      },
    ];
  }
  const pools = nodePools.filter(({ name }) => sets.some((set) => isOfPool(set, name)));
  const stopped = pools.filter((pool) => pool.isStopped);
  const isLeft = stopped.length < pools.length || pools.length === 0;
  const starts = stopped.map(({ name }) => ({
    name,
    start: change(
      `Start node pool ${name} of ${nameOf(id)}, which is Stopped (billed again from then on)`,
      ...nodePoolCommand('start', id, name),
    ),
  }));
  return [
    ...starts.map(({ start }) => start),
    ...(isLeft
      ? [
          change(
            `Let AKS bring the nodes of ${nameOf(id)} to what they should be: an update of the cluster that changes nothing`,
            ...['az', 'aks', 'update', ...nameOptions(id)],
          ),
        ]
      : []),
    ...starts.map(
      ({ name, start }): Step => ({
        kind: 'undo',
        undoes: start,
        title: `Let node pool ${name} be stopped again`,
        argv: nodePoolCommand('stop', id, name),
        disruptive: 'Stops all nodes of the pool again.',
      }),
    ),
  ];
}

function nodePoolCommand(verb: 'start' | 'stop', cluster: string, pool: string): readonly string[] {
  return ['az', 'aks', 'nodepool', verb, ...clusterOptions(cluster), option('nodepool-name', pool)];
}

/** `az aks update` with nothing else brings a cluster's resources back to what AKS wants them to be. */
function reconcile(loadBalancer: LoadBalancer): readonly Step[] {
  const cluster = clusterId(loadBalancer.managedBy);
  const title = 'Let AKS put its nodes into the pools again: an update of the cluster that changes nothing';
  if (cluster === undefined) return [findCluster(loadBalancer), notice(`${title} (az aks update)`)];
  return [change(title, 'az', 'aks', 'update', ...nameOptions(cluster))];
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

function clusterOptions(cluster: string): readonly string[] {
  return nameOptions(cluster).map((word) => word.replace(/^--name=/, '--cluster-name='));
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

/** The scale set that a word of a command names, or whose instances it does. */
function scaleSetIn(word: string): readonly string[] {
  const name = /^--name=(.+)$/.exec(word)?.[1] ?? /\/virtualMachine(?:ScaleSet)?s\/([^/]+)/i.exec(word)?.[1];
  return name === undefined ? [] : [name];
}

/** AKS names a node pool's scale set `aks-POOL-NUMBER-vmss`, its machines `aks-POOL-NUMBER-vms…`. */
function nodePoolOf(set: string): readonly string[] {
  const pool = /^aks-([a-z0-9]+)-\d+-vms/i.exec(set)?.[1];
  return pool === undefined ? [] : [pool];
}

/** A Windows pool's set is called `aksPOOL`. */
function isOfPool(set: string, pool: string): boolean {
  return nodePoolOf(set).includes(pool) || set.toLowerCase() === `aks${pool}`.toLowerCase();
}
