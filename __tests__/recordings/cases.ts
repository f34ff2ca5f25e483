import * as changes from '../world/changes.ts';
import { healthyWorld, type Shape } from '../world/healthy.ts';
import { availabilityGroup } from '../world/shapes/clusters.ts';
import { kubernetesWorld } from '../world/shapes/kubernetes.ts';
import { type Change, change, type World } from '../world/world.ts';

/** One recording: an incident or a healthy load balancer, told by what differs from a healthy world. */
export interface Case {
  /** Its folder in recorded-outputs/. */
  readonly folder: string;
  readonly title: string;
  readonly world: () => World;
}

const made = (folder: string, title: string, shape: Shape, ...differences: readonly Change[]): Case => ({
  folder,
  title,
  world: () => change(healthyWorld(shape), ...differences),
});

const {
  adminState,
  allProbedUp,
  answersHttp,
  deallocated,
  emptyPool,
  instanceBehindModel,
  listenerStopped,
  listens,
  metricsDenied,
  modelLacksPool,
  nicDenies,
  nicGone,
  probe,
  readerOnly,
  stopped,
  subnetAllows,
  subnetDenies,
  withoutProbe,
} = changes;

const denyAll = { name: 'DenyAll', priority: 200 } as const;

export const cases: readonly Case[] = [
  made('healthy-public', 'A public load balancer that works', {}),
  made('healthy-internal', 'An internal load balancer that works', { internal: true }),
  made(
    'subnet-group-denies-probe',
    "The subnet's security group denies the probe of every member",
    {},
    subnetDenies(denyAll),
  ),
  made(
    'interface-group-denies-one',
    "One interface's security group denies the probe",
    {},
    nicDenies('web-2', denyAll),
  ),
  made(
    'wider-allow-above-deny',
    'A deny that never decides: a wider allow stands above it',
    {},
    subnetDenies(denyAll),
    subnetAllows({ name: 'AllowAll', priority: 150 }),
  ),
  made('machine-deallocated', 'One machine is deallocated', {}, deallocated('web-2')),
  made('interface-gone', 'The network interface of one member is deleted', {}, nicGone('web-2')),
  made(
    'instance-behind-its-model',
    "A scale set's instance does not follow the model and so is not in the pool",
    { membership: 'uniform' },
    instanceBehindModel('web_3'),
  ),
  made(
    'model-lacks-pool',
    "A scale set's model does not refer to the pool that its instances are in",
    { membership: 'uniform' },
    modelLacksPool(),
  ),
  made('probe-answered-404', 'One member answers the HTTP probe with 404', {}, answersHttp('web-2', 404)),
  made(
    'nothing-listens-on-probe-port',
    'Nothing listens on the probe port of one member',
    {},
    listenerStopped('web-2'),
  ),
  made(
    'admin-state-up-over-dead-member',
    'A stopped machine is kept in rotation by its admin state',
    {},
    stopped('web-2'),
    adminState('web-2', 'Up'),
  ),
  made('admin-state-down', 'A member is taken out by its admin state', {}, adminState('web-2', 'Down')),
  made(
    'all-down-under-all-probed-up',
    'Every member is down, and the probe reports all of them up',
    {},
    allProbedUp(),
    answersHttp('web-1', 503),
    answersHttp('web-2', 503),
    answersHttp('web-3', 503),
  ),
  made('rule-without-probe', 'A balancing rule has no probe', {}, withoutProbe()),
  made('empty-pool', 'The pool behind a balancing rule is empty', {}, emptyPool()),
  made(
    'two-faults-on-two-members',
    'One machine is deallocated, another is denied its probe',
    {},
    deallocated('web-1'),
    nicDenies('web-3', denyAll),
  ),
  made('reader-rights', 'A Reader asks: every action is refused, metrics are not', {}, readerOnly()),
  made(
    'reader-rights-without-metrics',
    'A Reader asks, and metrics are refused too',
    {},
    readerOnly(),
    metricsDenied(),
  ),
  made(
    'unhealthy-member-generic-probe',
    'One member is down, and its probe asks a generic port instead of the readiness port',
    {},
    probe({ protocol: 'Tcp', port: 80, path: null }),
    listens('web-1', { port: 80, speaks: 'tcp' }),
    listens('web-3', { port: 80, speaks: 'tcp' }),
  ),
  made('scale-set-healthy', 'A Uniform scale set that works', { membership: 'uniform' }),
  made(
    'flexible-scale-set-machine-stopped',
    'A machine of a Flexible scale set is stopped',
    { membership: 'flexible' },
    stopped('web_2'),
  ),
  made('address-pool-healthy', 'A pool of addresses that works', { membership: 'ip' }),
  {
    folder: 'kubernetes-service',
    title: 'The load balancer of an AKS Service, with floating IP and security rules towards its public address',
    world: () => kubernetesWorld(),
  },
  {
    folder: 'kubernetes-local-policy',
    title: 'A Kubernetes Service with externalTrafficPolicy Local: a node without a pod is down by design',
    world: () => kubernetesWorld({ policy: 'Local', pods: [1, 2] }),
  },
  {
    folder: 'availability-group',
    title: 'A SQL Server availability group: one node answers the probe, the other is passive',
    world: () => availabilityGroup(),
  },
  {
    folder: 'availability-group-both-answer',
    title: 'Both nodes of a SQL Server availability group answer the probe of its listener',
    world: () => availabilityGroup({ active: [1, 2] }),
  },
  made(
    'both-groups-deny',
    "The subnet's security group and an interface's both deny: one is not enough",
    {},
    nicDenies('web-2', denyAll),
    subnetDenies(denyAll),
  ),
];
