/**
 * Azure's own words that something is decided by. ARM and az spell them in different cases (`Tcp` and `TCP`, `Outbound`
 * and `outbound`), so they are compared by `is` only; for citing, each stays as it was written.
 */
interface Words {
  readonly sku: 'Basic' | 'Standard' | 'StandardV2' | 'Gateway' | 'Service';
  readonly tier: 'Regional' | 'Global';
  readonly protocol: 'Tcp' | 'Udp' | 'All' | 'Http' | 'Https';
  readonly adminState: 'None' | 'Up' | 'Down';
  readonly noHealthyBackendsBehavior: 'AllProbedUp' | 'AllProbedDown';
  readonly syncMode: 'Automatic' | 'Manual';
  readonly routeState: 'Active' | 'Invalid';
  readonly nextHopType: 'Internet' | 'None';
  readonly lockLevel: 'ReadOnly' | 'CanNotDelete';
  readonly provisioningState: 'Succeeded' | 'Creating' | 'Updating' | 'Deleting' | 'Failed';
  readonly orchestrationMode: 'Uniform' | 'Flexible';
  readonly upgradeMode: 'Automatic' | 'Manual' | 'Rolling';
  readonly priority: 'Regular' | 'Spot' | 'Low';
  readonly osType: 'Linux' | 'Windows';
  readonly agentStatus: 'Ready' | 'Not Ready';
  readonly powerState: 'Running' | 'Stopped';
  readonly addressVersion: 'IPv4' | 'IPv6';
  readonly access: 'Allow' | 'Deny';
  readonly direction: 'Inbound' | 'Outbound';
  readonly metric: 'DipAvailability';
  readonly type: 'Microsoft.Network/loadBalancers' | 'Microsoft.ContainerService/managedClusters';
}

export type Word = Words[keyof Words];

/** Whether a value of Azure is this word, or one of these. */
export function is(value: string | undefined | null, ...words: readonly Word[]): boolean {
  if (value === undefined || value === null) return false;
  for (const word of words) if (isWord(value, word)) return true;
  return false;
}

/** Asked for each member in each rule, tens of thousands of times: nearly all are told apart by their length. */
export function isWord(value: string, word: string): boolean {
  return value === word || (value.length === word.length && value.toLowerCase() === word.toLowerCase());
}
