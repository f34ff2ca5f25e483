import type { MachineAnswer } from '../../schemas/az/machine.generated.ts';
import type { ScaleSetAnswer } from '../../schemas/az/scale-set.generated.ts';
import type { ScaleSetInstancesAnswer } from '../../schemas/az/scale-set-instances.generated.ts';
import { is } from '../azure/words.ts';
import { commandOf, type Evidence, type Read, reading } from '../evidence/evidence.ts';
import { machine } from '../evidence/questions/machine.ts';
import { scaleSet } from '../evidence/questions/scale-set.ts';
import { scaleSetInstances } from '../evidence/questions/scale-set-instances.ts';
import { Reading } from '../evidence/reading.ts';
import type { Source } from '../evidence/source.ts';
import { contradicted, unlessGone } from './gone.ts';
import type { AgentStatus, Gone, Instance, Machine, PowerStatus, ScaleSet } from './model.ts';

const powerPrefix = 'powerstate/';

type View = MachineAnswer['instanceView'] | undefined;

function powerFrom(view: View, source: Source): PowerStatus | undefined {
  const statuses = view?.statuses ?? [];
  const index = statuses.findIndex(({ code }) => code.toLowerCase().startsWith(powerPrefix));
  const code = statuses[index]?.code;
  if (code === undefined) return undefined;
  return { source: { parent: { parent: source, key: 'instanceView' }, key: 'statuses', index }, code };
}

function stateOf(power: PowerStatus | undefined): string | undefined {
  return power?.code.slice(powerPrefix.length).toLowerCase();
}

function agentFrom(view: View, source: Source): AgentStatus | undefined {
  const displayStatus = view?.vmAgent?.statuses?.[0]?.displayStatus;
  if (displayStatus === undefined) return undefined;
  const parent: Source = { parent: { parent: source, key: 'instanceView' }, key: 'vmAgent' };
  return { source: { parent, key: 'statuses', index: 0 }, displayStatus };
}

function machineFrom({ answer, value }: Read<MachineAnswer>): Machine {
  const source: Source = { answer };
  const power = powerFrom(value.instanceView, source);
  return {
    source,
    id: value.id,
    name: value.name,
    power,
    powerState: stateOf(power),
    provisioningState: value.provisioningState,
    osType: value.storageProfile?.osDisk?.osType,
    agent: agentFrom(value.instanceView, source),
    priority: value.priority,
    zones: value.zones,
    zone: value.zones?.[0],
    scaleSetId: value.virtualMachineScaleSet?.id,
    availabilitySetId: value.availabilitySet?.id,
    nicIds: (value.networkProfile?.networkInterfaces ?? []).map(({ id }) => id),
    instance: undefined,
    latestModelApplied: undefined,
  };
}

/** A machine of its own, or a Flexible scale set's. */
export function machineReading(evidence: Evidence, id: string): Reading<Machine | Gone> {
  return reading(evidence, machine, id).map((answer) => unlessGone(answer, machineFrom));
}

const instanceLists = new WeakMap<object, readonly Machine[]>();

function instancesFrom({ answer, value }: Read<ScaleSetInstancesAnswer>, id: string, name: string): readonly Machine[] {
  const known = instanceLists.get(answer);
  if (known) return known;
  const made = value.map((item, index): Machine => {
    const source: Source = { parent: { answer }, key: '', index };
    const power = powerFrom(item.instanceView, source);
    const instanceId = item.instanceId ?? item.name.slice(item.name.lastIndexOf('_') + 1);
    return {
      source,
      id: item.id,
      name: item.name,
      power,
      powerState: stateOf(power),
      provisioningState: item.provisioningState,
      osType: item.storageProfile?.osDisk?.osType,
      agent: agentFrom(item.instanceView, source),
      priority: undefined,
      zones: item.zones,
      zone: item.zones?.[0],
      scaleSetId: id,
      availabilitySetId: undefined,
      nicIds: (item.networkProfile?.networkInterfaces ?? []).map((nic) => nic.id),
      instance: { scaleSetId: id, scaleSet: name, instanceId },
      latestModelApplied: item.latestModelApplied,
    };
  });
  instanceLists.set(answer, made);
  return made;
}

/** The instances of a Uniform scale set. */
export function instancesReading(evidence: Evidence, id: string, name: string): Reading<readonly Machine[] | Gone> {
  return reading(evidence, scaleSetInstances, id).map((answer) =>
    answer.gone ? answer : instancesFrom(answer, id, name),
  );
}

/** One instance of a Uniform scale set: gone when the set no longer lists it. */
export function instanceReading(evidence: Evidence, wanted: Instance, id: string): Reading<Machine | Gone> {
  return instancesReading(evidence, wanted.scaleSetId, wanted.scaleSet).map((list) => {
    if ('gone' in list) return { ...list, id };
    const found = list.find(({ instance }) => instance?.instanceId === wanted.instanceId);
    if (found) return found;
    const command = commandOf({ question: scaleSetInstances, id: wanted.scaleSetId });
    return {
      gone: true,
      id,
      refusal: { command, exitCode: 0, error: `${wanted.scaleSet} lists no instance ${wanted.instanceId}.` },
      proof: {
        command,
        path: `$[?(@.instanceId=='${wanted.instanceId}')]`,
        query: `[?instanceId=='${wanted.instanceId}'] | [0]`,
        absent: true,
      },
    };
  });
}

function scaleSetFrom({ answer, value }: Read<ScaleSetAnswer>, instances: readonly Machine[]): ScaleSet {
  const source: Source = { answer };
  const profile: Source = { parent: { parent: source, key: 'virtualMachineProfile' }, key: 'networkProfile' };
  const interfaces = value.virtualMachineProfile?.networkProfile?.networkInterfaceConfigurations ?? [];
  return {
    source,
    id: value.id,
    name: value.name,
    resourceGroup: value.id.split('/')[4] ?? '',
    orchestrationMode: value.orchestrationMode,
    upgradePolicy: value.upgradePolicy?.mode,
    capacity: value.sku?.capacity,
    provisioningState: value.provisioningState,
    healthProbeId: value.virtualMachineProfile?.networkProfile?.healthProbe?.id,
    modelConfigurations: interfaces.flatMap(({ primary: isPrimaryNic, ipConfigurations = [] }, nicAt) => {
      const parent: Source = { parent: profile, key: 'networkInterfaceConfigurations', index: nicAt };
      return ipConfigurations.map((configuration, at) => ({
        source: { parent, key: 'ipConfigurations', index: at },
        name: configuration.name,
        isPrimary: isPrimaryNic === true && configuration.primary === true,
        nicAt,
        at,
        loadBalancerBackendAddressPools: (configuration.loadBalancerBackendAddressPools ?? []).map(({ id }) => id),
      }));
    }),
    instances,
  };
}

/** A scale set's model, with its instances where it is Uniform (a Flexible one's are ordinary machines). */
export function scaleSetReading(evidence: Evidence, id: string): Reading<ScaleSet | Gone> {
  return reading(evidence, scaleSet, id).andThen((answer): Reading<ScaleSet | Gone> => {
    if (answer.gone) return Reading.known(answer);
    if (is(answer.value.orchestrationMode, 'Flexible')) return Reading.known(scaleSetFrom(answer, []));
    const { name, sku, provisioningState, virtualMachineProfile } = answer.value;
    if (virtualMachineProfile === undefined) {
      const command = commandOf({ question: scaleSet, id });
      return Reading.missing({
        kind: 'unreadable',
        because: `${name} is Uniform, and its answer has no model`,
        command,
      });
    }
    return instancesReading(evidence, id, name).andThen((list): Reading<ScaleSet | Gone> => {
      if ('gone' in list) return Reading.known(list);
      const counted = sku?.capacity ?? 0;
      // While a set grows or shrinks the two differ for a time.
      if (is(provisioningState, 'Succeeded') && counted > list.length) {
        const command = commandOf({ question: scaleSetInstances, id });
        return contradicted(`${name} counts ${counted} instances, and lists ${list.length}`, command);
      }
      return Reading.known(scaleSetFrom(answer, list));
    });
  });
}
