import type { Step } from './step.ts';
import { nameOf, nameOptions, option, partsOf, within } from './where.ts';

/** A fact to take in before going on, with nothing to run. */
export function notice(title: string): Step {
  return { kind: 'look', title, argv: [], disruptive: null };
}

/** A line or two of what az prints, not its pages. */
export function look(title: string, query: string, ...argv: readonly string[]): Step {
  return { kind: 'look', title, argv: ['az', ...argv, option('query', query), '--output=tsv'], disruptive: null };
}

export function lookAtSecurityRules(nicId: string): Step {
  const title = `See which security rules are in force on ${nameOf(nicId)} (its machine must run)`;
  return look(
    title,
    "value[].effectiveSecurityRules[]|[?direction=='Inbound'].[priority,access,protocol,sourceAddressPrefix,destinationPortRange,name]",
    'network',
    'nic',
    'list-effective-nsg',
    ...nameOptions(nicId),
  );
}

export function lookAtRoutes(nicId: string): Step {
  const title = `See which routes are in force on ${nameOf(nicId)} (its machine must run)`;
  return look(
    title,
    "value[].[join(' ',addressPrefix),nextHopType,join(' ',nextHopIpAddress)]",
    'network',
    'nic',
    'show-effective-route-table',
    ...nameOptions(nicId),
  );
}

export function lookAtNic(nicId: string): Step {
  return look(
    `See the network interface ${nameOf(nicId)}`,
    '[provisioningState,virtualMachine.id,networkSecurityGroup.id]',
    'network',
    'nic',
    'show',
    ...nameOptions(nicId),
  );
}

export function lookAtMachine(machineId: string): Step {
  return look(
    `See what state ${nameOf(machineId)} is in`,
    'instanceView.statuses[].code',
    'vm',
    'get-instance-view',
    ...nameOptions(machineId),
  );
}

export function lookAtSecurityGroup(groupId: string): Step {
  const title = `See the rules of ${nameOf(groupId)}, and which subnets and interfaces it guards`;
  return look(
    title,
    "[securityRules[].join(' ',[to_string(priority),direction,access,protocol,name]),subnets[].id,networkInterfaces[].id][]",
    'network',
    'nsg',
    'show',
    ...nameOptions(groupId),
  );
}

export function lookAtLoadBalancer(loadBalancerId: string): Step {
  return look(
    `See ${nameOf(loadBalancerId)} as it is now`,
    'loadBalancingRules[].[name,provisioningState,backendPort]',
    'network',
    'lb',
    'show',
    ...nameOptions(loadBalancerId),
  );
}

/** Runs a script inside the machine: as root there, so it must only read. */
export function lookInsideGuest(machineId: string, os: 'Linux' | 'Windows', script: string): Step {
  const commandId = os === 'Linux' ? 'RunShellScript' : 'RunPowerShellScript';
  const title = `Executes inside ${nameOf(machineId)}, as ${os === 'Linux' ? 'root' : 'SYSTEM'}: ${script}`;
  const options = [...nameOptions(machineId), option('command-id', commandId), option('scripts', script)];
  return look(title, 'value[].message', 'vm', 'run-command', 'invoke', ...options);
}

/** The whole load balancer in a file: the old value of everything a change touches. */
export function backupOfLoadBalancer(loadBalancerId: string): Step {
  return backup(loadBalancerId);
}

/** By type, the newest version of which every field is kept: what `az … show` prints is flattened, and can't be put back. */
const versions: Readonly<Record<string, string>> = {
  'microsoft.network/loadbalancers': '2025-07-01',
  'microsoft.network/virtualnetworks/subnets': '2024-07-01',
  'microsoft.compute/virtualmachinescalesets': '2024-07-01',
};

/** The raw resource, as it can be put back. */
export function backup(id: string): Step {
  const name = nameOf(id);
  const version = versions[partsOf(id).type.toLowerCase()] ?? '2024-05-01';
  // az encodes what else a URL can't hold (2.50 to 2.91); cmd has no sure form of a `%`.
  const url = `${id.replaceAll('%', '%25')}?api-version=${version}`;
  return {
    kind: 'backup',
    title: `Save ${name} as it is now. To put it back: az rest --method put with the same --url and --body "@FILE"`,
    argv: ['az', 'rest', '--method=get', option('url', url)],
    saveTo: `${name}-before.json`,
    saves: id,
    disruptive: null,
  };
}

/** azlb itself is the check: az has no command for health. An undo is spoken of only where there is one. */
export function checkWithTriage(loadBalancerId: string, undo?: 'all' | 'some'): Step {
  const argv = ['azlb', 'triage', ...nameOptions(loadBalancerId)];
  const then =
    undo === undefined
      ? ''
      : `; where it isn't better within a minute or two, undo at once${undo === 'all' ? '' : ' what can be undone'}`;
  const title = `Check ${nameOf(loadBalancerId)}${then}`;
  return { kind: 'check', title, argv, disruptive: null };
}

/** What is wrong with another load balancer. */
export function triageOf(loadBalancerId: string): Step {
  const argv = ['azlb', 'triage', ...nameOptions(loadBalancerId)];
  return { kind: 'look', title: `See what is wrong with ${nameOf(loadBalancerId)}`, argv, disruptive: null };
}

/** Who changed it lately; Azure keeps 90 days. */
export function lookAtChanges(resourceId: string): Step {
  const title = `See who changed ${nameOf(resourceId)} in the last week`;
  return look(
    title,
    '[].[eventTimestamp,caller,operationName.localizedValue,status.value]',
    ...['monitor', 'activity-log', 'list', option('subscription', partsOf(resourceId).subscriptionId)],
    // A group, also one from az's own defaults, would silently take the place of the id; and 50 events are all unless more are asked for (az 2.91).
    ...[
      option('resource-group', ''),
      option('resource-id', resourceId),
      option('offset', '7d'),
      option('max-events', 1000),
    ],
  );
}

/** The scale sets and the interfaces in a resource's group: where those that belong into a pool are likely to be. */
export function lookAtScaleSets(id: string): Step {
  return look(
    'See the scale sets of the same group',
    '[].[name,sku.capacity,upgradePolicy.mode]',
    'vmss',
    'list',
    ...within(id),
  );
}

export function lookAtInterfaces(id: string): Step {
  return look(
    'See the network interfaces of the same group',
    '[].[name,ipConfigurations[0].privateIPAddress,virtualMachine.id]',
    'network',
    'nic',
    'list',
    ...within(id),
  );
}

export function lookAtScaleSet(scaleSetId: string): Step {
  return look(
    `See the model of ${nameOf(scaleSetId)}`,
    'virtualMachineProfile.networkProfile.networkInterfaceConfigurations[].ipConfigurations[].[name,to_string(loadBalancerBackendAddressPools[].id)]',
    'vmss',
    'show',
    ...nameOptions(scaleSetId),
  );
}

export function lookAtNodes(): Step {
  const argv = ['kubectl', 'get', 'nodes', '--output=wide'];
  return { kind: 'look', title: 'See the nodes of the cluster', argv, disruptive: null };
}
