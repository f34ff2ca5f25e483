import type { PublicAddressesAnswer } from '../../../schemas/az/public-addresses.generated.ts';
import type { ScaleSetAnswer } from '../../../schemas/az/scale-set.generated.ts';
import { idKey, parseId, sameId, scaleSetInstance } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { type Evidence, readBy, reading } from '../../evidence/evidence.ts';
import { knownOr } from '../../evidence/open.ts';
import { machine } from '../../evidence/questions/machine.ts';
import { networkInterface } from '../../evidence/questions/network-interface.ts';
import { publicAddresses } from '../../evidence/questions/public-addresses.ts';
import { scaleSet } from '../../evidence/questions/scale-set.ts';
import { scaleSetInstances } from '../../evidence/questions/scale-set-instances.ts';
import { instancesReading, machineReading } from '../../topology/compute.ts';
import { present } from '../../topology/gone.ts';
import type { LoadBalancer, Machine, Nic } from '../../topology/model.ts';
import { nicFrom } from '../../topology/network.ts';
import { normalize } from '../../topology/normalize.ts';

/** All that was read, whichever question answered it. */
export interface Inventory {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly units: readonly Unit[];
  readonly scaleSets: readonly KnownScaleSet[];
  readonly publicAddresses: readonly PublicAddress[];
}

/** A machine, an instance of a Uniform scale set, or an interface that belongs to neither. */
export interface Unit {
  readonly kind: 'machine' | 'instance' | 'interface';
  readonly id: string;
  readonly name: string;
  /** Undefined where only its interface tells of it. */
  readonly machine: Machine | undefined;
  readonly interfaces: readonly Nic[];
}

export interface KnownScaleSet {
  readonly id: string;
  readonly name: string;
  readonly isUniform: boolean;
  /** Ids of the pools that its model names; undefined where it has no model of interfaces. */
  readonly modelPools: readonly string[] | undefined;
}

export type PublicAddress = PublicAddressesAnswer[number];

export function inventoryOf(evidence: Evidence, loadBalancerIds: readonly string[]): Inventory {
  return {
    loadBalancers: loadBalancerIds.flatMap((id) => {
      const topology = knownOr(normalize(evidence, id), undefined);
      return topology === undefined || 'gone' in topology ? [] : [topology.loadBalancer];
    }),
    units: unitsOf(readBy(evidence, networkInterface).map(nicFrom), machinesIn(evidence)),
    scaleSets: readBy(evidence, scaleSet).map(({ value }) => scaleSetFrom(value)),
    publicAddresses: readBy(evidence, publicAddresses).flatMap(({ value }) => value),
  };
}

function machinesIn(evidence: Evidence): readonly Machine[] {
  const machines = readBy(evidence, machine).flatMap(({ id }) => knownOr(machineReading(evidence, id), []));
  const instances = readBy(evidence, scaleSetInstances).flatMap(({ id }) => {
    const set = present(knownOr(reading(evidence, scaleSet, id), undefined))?.value;
    const list = knownOr(instancesReading(evidence, set?.id ?? id, set?.name ?? parseId(id)?.name ?? ''), []);
    return 'gone' in list ? [] : list;
  });
  return [...machines, ...instances].filter((machine) => !machine.gone);
}

/** Each machine with its interfaces; what an interface says of a machine that no list has is a machine too. */
function unitsOf(nics: readonly Nic[], machines: readonly Machine[]): readonly Unit[] {
  const byOwner = new Map<string, Nic[]>();
  const declared = new Map(machines.flatMap(({ id, nicIds }) => nicIds.map((nicId) => [idKey(nicId), id] as const)));
  const loose: Nic[] = [];
  for (const nic of nics) {
    const owner = scaleSetInstance(nic.id)?.id ?? nic.machineId ?? declared.get(idKey(nic.id));
    if (owner === undefined) loose.push(nic);
    else byOwner.set(idKey(owner), [...(byOwner.get(idKey(owner)) ?? []), nic]);
  }
  const known = new Set(machines.map(({ id }) => idKey(id)));
  const told = [...byOwner.values()].flatMap(([first, ...others]): readonly Unit[] => {
    const id = first && (scaleSetInstance(first.id)?.id ?? first.machineId);
    if (first === undefined || id === undefined || known.has(idKey(id))) return [];
    return [{ ...named(id), machine: undefined, interfaces: [first, ...others] }];
  });
  return [
    ...machines.map((machine): Unit => {
      const { kind } = named(machine.id);
      return { kind, id: machine.id, name: machine.name, machine, interfaces: byOwner.get(idKey(machine.id)) ?? [] };
    }),
    ...told,
    ...loose.map(
      (nic): Unit => ({ kind: 'interface', id: nic.id, name: nic.name, machine: undefined, interfaces: [nic] }),
    ),
  ];
}

function named(id: string): { readonly kind: 'machine' | 'instance'; readonly id: string; readonly name: string } {
  const instance = scaleSetInstance(id);
  if (instance === undefined) return { kind: 'machine', id, name: id.slice(id.lastIndexOf('/') + 1) };
  return { kind: 'instance', id, name: `${instance.scaleSet}_${instance.instanceId}` };
}

function scaleSetFrom({ id, name, orchestrationMode, virtualMachineProfile }: ScaleSetAnswer): KnownScaleSet {
  const interfaces = virtualMachineProfile?.networkProfile?.networkInterfaceConfigurations;
  const configurations = interfaces?.flatMap(({ ipConfigurations = [] }) => ipConfigurations);
  return {
    id,
    name,
    isUniform: !is(orchestrationMode, 'Flexible'),
    modelPools: configurations?.flatMap(({ loadBalancerBackendAddressPools: pools = [] }) =>
      pools.map((pool) => pool.id),
    ),
  };
}

/** The set that a unit is of. */
export function scaleSetOf({ id, machine }: Unit, { scaleSets }: Inventory): KnownScaleSet | undefined {
  const setId = machine?.scaleSetId ?? scaleSetInstance(id)?.scaleSetId;
  return scaleSets.find((set) => sameId(set.id, setId));
}
