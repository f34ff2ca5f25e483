import type { Step } from './step.ts';
import { named, nameOf, option, within } from './where.ts';

/** A fact to take in before going on, with nothing to run. */
export function notice(title: string): Step {
  return { kind: 'look', title, argv: [], disruptive: null };
}

function look(title: string, ...argv: readonly string[]): Step {
  return { kind: 'look', title, argv: ['az', ...argv], disruptive: null };
}

export function lookAtSecurityRules(nicId: string): Step {
  const title = `See which security rules are in force on ${nameOf(nicId)} (its machine must run)`;
  return look(title, 'network', 'nic', 'list-effective-nsg', ...named(nicId));
}

export function lookAtRoutes(nicId: string): Step {
  const title = `See which routes are in force on ${nameOf(nicId)} (its machine must run)`;
  return look(title, 'network', 'nic', 'show-effective-route-table', ...named(nicId));
}

export function lookAtNic(nicId: string): Step {
  return look(`See the network interface ${nameOf(nicId)}`, 'network', 'nic', 'show', ...named(nicId));
}

export function lookAtMachine(machineId: string): Step {
  return look(`See what state ${nameOf(machineId)} is in`, 'vm', 'get-instance-view', ...named(machineId));
}

export function lookAtSecurityGroup(groupId: string): Step {
  const title = `See the rules of ${nameOf(groupId)}, and which subnets and interfaces it guards`;
  return look(title, 'network', 'nsg', 'show', ...named(groupId));
}

export function lookAtLoadBalancer(loadBalancerId: string): Step {
  return look(`See ${nameOf(loadBalancerId)} as it is now`, 'network', 'lb', 'show', ...named(loadBalancerId));
}

/** Runs a script inside the machine: as root there, so it must only read. */
export function lookInsideGuest(machineId: string, os: 'Linux' | 'Windows', script: string): Step {
  const commandId = os === 'Linux' ? 'RunShellScript' : 'RunPowerShellScript';
  const title = `Executes inside ${nameOf(machineId)}, as ${os === 'Linux' ? 'root' : 'SYSTEM'}: ${script}`;
  const options = [...named(machineId), option('command-id', commandId), option('scripts', script)];
  return look(title, 'vm', 'run-command', 'invoke', ...options);
}

export function lookAtListeners(machineId: string, os: 'Linux' | 'Windows'): Step {
  return lookInsideGuest(machineId, os, os === 'Linux' ? 'ss -ltn' : 'Get-NetTCPConnection -State Listen');
}

/** The whole load balancer in a file: the old value of everything a change touches. */
export function backupOfLoadBalancer(loadBalancerId: string): Step {
  return backup(loadBalancerId, 'network', 'lb', 'show');
}

export function backup(id: string, ...command: readonly string[]): Step {
  const name = nameOf(id);
  const argv = ['az', ...command, ...named(id), '--output=json'];
  return { kind: 'backup', title: `Save ${name} as it is now`, argv, saveTo: `${name}-before.json`, disruptive: null };
}

/** azlb itself is the check: az has no command for health. */
export function checkWithTriage(loadBalancerId: string): Step {
  const argv = ['azlb', 'triage', ...named(loadBalancerId)];
  const title = `Check ${nameOf(loadBalancerId)}; where it isn't better within a minute or two, undo at once`;
  return { kind: 'check', title, argv, disruptive: null };
}

/** What is wrong with another load balancer. */
export function triageOf(loadBalancerId: string): Step {
  const argv = ['azlb', 'triage', ...named(loadBalancerId)];
  return { kind: 'look', title: `See what is wrong with ${nameOf(loadBalancerId)}`, argv, disruptive: null };
}

/** Who changed it lately; Azure keeps 90 days. */
export function lookAtChanges(resourceId: string): Step {
  const title = `See who changed ${nameOf(resourceId)} in the last week`;
  return look(title, 'monitor', 'activity-log', 'list', option('resource-id', resourceId), option('offset', '7d'));
}

/** The scale sets and the interfaces in a resource's group: where those that belong into a pool are likely to be. */
export function lookAtScaleSets(id: string): Step {
  return look('See the scale sets of the same group', 'vmss', 'list', ...within(id));
}

export function lookAtInterfaces(id: string): Step {
  return look('See the network interfaces of the same group', 'network', 'nic', 'list', ...within(id));
}

export function lookAtScaleSet(scaleSetId: string): Step {
  return look(`See the model of ${nameOf(scaleSetId)}`, 'vmss', 'show', ...named(scaleSetId));
}

export function lookAtNodes(): Step {
  const argv = ['kubectl', 'get', 'nodes', '--output=wide'];
  return { kind: 'look', title: 'See the nodes of the cluster', argv, disruptive: null };
}
