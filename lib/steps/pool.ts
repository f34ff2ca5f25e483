import { guarded, type Reversible } from './change.ts';
import { backup, backupOfLoadBalancer } from './looking.ts';
import type { Step } from './step.ts';
import { nameOf, nameOptions, option, partsOf, within } from './where.ts';

const leaves = 'The member gets no new connections; established ones stay.';
const joins = 'The member gets traffic as soon as its probe is up.';

export type AdminState = 'None' | 'Up' | 'Down';

const adminStateEffects = {
  None: null,
  Up: 'The member gets traffic whether its probe is up or not.',
  Down: leaves,
} as const;

/** Of one pool address: `poolId` is the pool's, `address` the address's name in it. */
export function setAdminState(change: {
  readonly poolId: string;
  readonly address: string;
  readonly to: AdminState;
  readonly from: AdminState;
}): Step[] {
  const { poolId, address, to, from } = change;
  const write = (state: AdminState) => addressCommand('update', poolId, address, option('admin-state', state));
  return guarded(loadBalancerOf(poolId), [
    {
      title: `Set the admin state of ${address} to ${to}`,
      argv: write(to),
      disruptive: adminStateEffects[to],
      undo: { title: `Set it to ${from} again`, argv: write(from), disruptive: adminStateEffects[from] },
    },
  ]);
}

function loadBalancerOf(poolId: string): string {
  return poolId.slice(0, poolId.lastIndexOf('/', poolId.lastIndexOf('/') - 1));
}

function addressCommand(verb: string, poolId: string, address: string, ...more: readonly string[]): readonly string[] {
  const [loadBalancer = '', pool = ''] = partsOf(poolId).names;
  const where = [option('lb-name', loadBalancer), option('pool-name', pool), option('name', address)];
  return ['network', 'lb', 'address-pool', 'address', verb, ...within(poolId), ...where, ...more];
}

interface IpMember {
  readonly poolId: string;
  readonly address: string;
  readonly ip: string;
  /** Where it is: by its subnet or by its network, as it is kept. */
  readonly virtualNetworkId?: string | undefined;
  readonly subnetId?: string | undefined;
  readonly adminState?: string | undefined;
}

export function addAddress(member: IpMember): Step[] {
  const { added, removed } = addressChanges(member);
  return guarded(loadBalancerOf(member.poolId), [{ ...added, undo: removed }]);
}

/** Of an IP pool; a NIC pool refuses changes from the pool's side. */
export function removeAddress(member: IpMember): Step[] {
  const { added, removed } = addressChanges(member);
  return guarded(loadBalancerOf(member.poolId), [{ ...removed, undo: added }]);
}

function addressChanges({ poolId, address, ip, virtualNetworkId, subnetId, adminState }: IpMember) {
  const network = [
    ...(virtualNetworkId === undefined ? [] : [option('vnet', virtualNetworkId)]),
    ...(subnetId === undefined ? [] : [option('subnet', subnetId)]),
    ...(adminState === undefined ? [] : [option('admin-state', adminState)]),
  ];
  const pool = nameOf(poolId);
  return {
    added: {
      title: `Put ${ip} into pool ${pool}`,
      argv: addressCommand('add', poolId, address, option('ip-address', ip), ...network),
      disruptive: joins,
    },
    removed: {
      title: `Take ${address} out of pool ${pool}`,
      argv: addressCommand('remove', poolId, address),
      disruptive: leaves,
    },
  };
}

/** Says in which virtual network an address is that has none. */
export function placeAddress(change: {
  readonly poolId: string;
  readonly address: string;
  readonly virtualNetworkId: string;
}): Step[] {
  const { poolId, address, virtualNetworkId } = change;
  const title = `Set the virtual network of ${address} to ${nameOf(virtualNetworkId)}`;
  const argv = addressCommand('update', poolId, address, option('vnet', virtualNetworkId));
  return guarded(loadBalancerOf(poolId), [{ title, argv, disruptive: joins, undo: null }]);
}

interface NicMember {
  readonly poolId: string;
  /** Id of the network interface's IP configuration. */
  readonly ipConfigurationId: string;
}

export function addNic(member: NicMember): Step[] {
  const { added, removed } = nicChanges(member);
  return guarded(loadBalancerOf(member.poolId), [{ ...added, undo: removed }], nicBackups(member));
}

export function removeNic(member: NicMember): Step[] {
  const { added, removed } = nicChanges(member);
  return guarded(loadBalancerOf(member.poolId), [{ ...removed, undo: added }], nicBackups(member));
}

function nicBackups({ poolId, ipConfigurationId }: NicMember): readonly Step[] {
  const nicId = loadBalancerOf(ipConfigurationId);
  return [backupOfLoadBalancer(loadBalancerOf(poolId)), backup(nicId)];
}

function nicChanges({ poolId, ipConfigurationId }: NicMember) {
  const [nic = '', configuration = ''] = partsOf(ipConfigurationId).names;
  const command = (verb: string): readonly string[] => [
    ...['network', 'nic', 'ip-config', 'address-pool', verb, ...within(ipConfigurationId)],
    // The pool by its id: by name az looks for the load balancer in the interface's own group.
    ...[option('nic-name', nic), option('ip-config-name', configuration), option('address-pool', poolId)],
  ];
  const pool = nameOf(poolId);
  return {
    added: { title: `Put ${nic} into pool ${pool}`, argv: command('add'), disruptive: joins },
    removed: { title: `Take ${nic} out of pool ${pool}`, argv: command('remove'), disruptive: leaves },
  };
}

interface ScaleSetPool {
  readonly scaleSetId: string;
  readonly poolId: string;
  /** Where the pool goes, or stands, in the set's model. */
  readonly networkInterface: number;
  readonly ipConfiguration: number;
  /** How many pools that IP configuration has; of one that goes, where it stands among them. */
  readonly position: number;
  /** Of a pool that goes: there is no other. */
  readonly isOnlyPool?: boolean;
  /** The instances to bring to the new model. */
  readonly instanceIds: readonly string[];
}

export function addScaleSetToPool(change: ScaleSetPool): Step[] {
  const { added, addedFirst, removed } = modelChanges(change);
  return changeModel(change, { ...(change.position === 0 ? addedFirst : added), undo: removed });
}

/** All its instances leave. */
export function removeScaleSetFromPool(change: ScaleSetPool): Step[] {
  const { added, addedFirst, removed } = modelChanges(change);
  const isOnly = change.position === 0 && change.isOnlyPool === true;
  return changeModel(change, { ...removed, undo: isOnly ? addedFirst : added });
}

function modelChanges({ scaleSetId, poolId, networkInterface, ipConfiguration, position }: ScaleSetPool) {
  const update = ['vmss', 'update', ...nameOptions(scaleSetId)];
  const pools = [
    `virtualMachineProfile.networkProfile.networkInterfaceConfigurations[${networkInterface}]`,
    `ipConfigurations[${ipConfiguration}]`,
    'loadBalancerBackendAddressPools',
  ].join('.');
  const pool = nameOf(poolId);
  const set = nameOf(scaleSetId);
  const title = `Put pool ${pool} into the model of ${set}`;
  const add = ['--add', pools, `id=${poolId}`];
  return {
    added: { title, argv: [...update, ...add] },
    // A model without pools has no list of them, and --add fails where there is none (az 2.91).
    addedFirst: { title, argv: [...update, '--set', `${pools}=[]`, ...add] },
    removed: {
      title: `Take pool ${pool} out of the model of ${set}`,
      argv: [...update, '--remove', pools, `${position}`],
    },
  };
}

function changeModel({ scaleSetId, poolId, instanceIds }: ScaleSetPool, model: Reversible): Step[] {
  const lb = loadBalancerOf(poolId);
  const backups = [backupOfLoadBalancer(lb), backup(scaleSetId)];
  if (instanceIds.length === 0) return guarded(lb, [model], backups);
  const apply = instanceUpdate(scaleSetId, instanceIds);
  const steps = guarded(lb, [model, { ...apply, undo: null }], backups);
  // The way back is in the same order as the way there: the model first, then the instances.
  const applied = steps.findLast(({ kind }) => kind === 'change');
  return [
    ...steps,
    { kind: 'undo', title: apply.title, argv: ['az', ...apply.argv], disruptive: apply.disruptive, undoes: applied },
  ];
}

export function instanceUpdate(scaleSetId: string, instanceIds: readonly string[]) {
  return {
    title: `Bring ${instanceIds.length === 1 ? 'instance' : 'instances'} ${instanceIds.join(', ')} to the model`,
    argv: ['vmss', 'update-instances', ...nameOptions(scaleSetId), '--instance-ids', ...instanceIds],
    disruptive: 'May restart these instances.',
  };
}
