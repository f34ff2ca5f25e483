import { parseId } from '../../azure/ids.ts';
import { commandIn, type Options } from './command.ts';

/** A right that a command needs, and the id of what it is needed on. */
export interface Write {
  /** As roles name it: `Microsoft.Network/networkSecurityGroups/securityRules/write`. */
  readonly action: string;
  readonly id: string;
}

/** By the words of a command that az has (2.91): what it sends its PUT, POST or DELETE to, and the verbs that are no write. */
const commands: readonly (readonly [words: string, path: string, verbs?: Readonly<Record<string, string>>])[] = [
  ['network lb address-pool address', 'Microsoft.Network/loadBalancers/{lb-name}/backendAddressPools/{pool-name}'],
  [
    'network lb address-pool',
    'Microsoft.Network/loadBalancers/{lb-name}/backendAddressPools/{name}',
    { delete: 'delete' },
  ],
  // They send the whole load balancer, to delete one of its parts as well.
  ...['probe', 'rule', 'outbound-rule', 'inbound-nat-rule', 'inbound-nat-pool', 'frontend-ip'].map(
    (part) => [`network lb ${part}`, 'Microsoft.Network/loadBalancers/{lb-name}'] as const,
  ),
  ['network lb', 'Microsoft.Network/loadBalancers/{name}', { delete: 'delete' }],
  ['network nic ip-config', 'Microsoft.Network/networkInterfaces/{nic-name}'],
  ['network nic', 'Microsoft.Network/networkInterfaces/{name}', { delete: 'delete' }],
  ['network nsg rule', 'Microsoft.Network/networkSecurityGroups/{nsg-name}/securityRules/{name}', { delete: 'delete' }],
  ['network nsg', 'Microsoft.Network/networkSecurityGroups/{name}', { delete: 'delete' }],
  ['network vnet subnet', 'Microsoft.Network/virtualNetworks/{vnet-name}/subnets/{name}', { delete: 'delete' }],
  ['network route-table route', 'Microsoft.Network/routeTables/{route-table-name}/routes/{name}', { delete: 'delete' }],
  ['network public-ip', 'Microsoft.Network/publicIPAddresses/{name}', { delete: 'delete' }],
  ['network private-link-service', 'Microsoft.Network/privateLinkServices/{name}', { delete: 'delete' }],
  [
    'vm',
    'Microsoft.Compute/virtualMachines/{name}',
    { start: 'start/action', stop: 'powerOff/action', deallocate: 'deallocate/action', restart: 'restart/action' },
  ],
  [
    'vmss',
    'Microsoft.Compute/virtualMachineScaleSets/{name}',
    {
      start: 'start/action',
      stop: 'powerOff/action',
      deallocate: 'deallocate/action',
      restart: 'restart/action',
      'update-instances': 'manualUpgrade/action',
      'set-orchestration-service-state': 'setOrchestrationServiceState/action',
    },
  ],
  ['aks nodepool', 'Microsoft.ContainerService/managedClusters/{cluster-name}/agentPools/{name}', { delete: 'delete' }],
  ['aks', 'Microsoft.ContainerService/managedClusters/{name}', { start: 'start/action', stop: 'stop/action' }],
];

/** Of what a command refers to by its id: the right to do so. */
const joins: Readonly<Record<string, string>> = {
  'microsoft.network/loadbalancers/backendaddresspools': 'join/action',
  'microsoft.network/natgateways': 'join/action',
  'microsoft.network/networksecuritygroups': 'join/action',
  'microsoft.network/publicipaddresses': 'join/action',
  'microsoft.network/routetables': 'join/action',
  'microsoft.network/virtualnetworks': 'joinLoadBalancer/action',
};

const methods: Readonly<Record<string, string>> = { put: 'write', patch: 'write', delete: 'delete', post: 'action' };

/** What a command of az changes in Azure, and refers to; undefined for one that is not known here. */
export function writesOf(argv: readonly string[]): readonly Write[] | undefined {
  if (argv[0] !== 'az') return argv.length === 0 ? [] : undefined;
  const { words, options } = commandIn(argv);
  if (words === 'rest') return restWrites(options);
  const command = commands.find(([name]) => words.startsWith(`${name} `));
  if (command === undefined) return undefined;
  const [, path, verbs = {}] = command;
  const verb = words.slice(words.lastIndexOf(' ') + 1);
  const own = written(path, options).map((id) => right(id, verbs[verb] ?? 'write'));
  // What is taken out or deleted refers to nothing any more.
  const refers = verb !== 'remove' && verb !== 'delete' && !options.has('remove');
  const joined = refers ? argv.flatMap((word) => joinOf(word.slice(word.indexOf('=') + 1))) : [];
  const isOwn = (id: string): boolean => own.some((each) => each.id.toLowerCase().startsWith(id.toLowerCase()));
  return [...own, ...joined.filter(({ id }) => !isOwn(id))];
}

function written(path: string, options: Options): readonly string[] {
  const ids = options.get('ids');
  if (ids !== undefined) return ids;
  const one = (name: string): string => options.get(name)?.[0] ?? '';
  const names = path.replaceAll(/\{(.*?)\}/g, (_, option: string) => one(option));
  return [`/subscriptions/${one('subscription')}/resourceGroups/${one('resource-group')}/providers/${names}`];
}

function right(id: string, verb: string): Write {
  return { action: `${parseId(id)?.type ?? ''}/${verb}`, id };
}

function joinOf(id: string): readonly Write[] {
  const verb = joins[parseId(id)?.type.toLowerCase() ?? ''];
  return verb === undefined ? [] : [right(id, verb)];
}

function restWrites(options: Options): readonly Write[] | undefined {
  const verb = methods[options.get('method')?.[0]?.toLowerCase() ?? ''];
  const id = (options.get('url')?.[0] ?? '').replace(/\?.*/s, '');
  return verb === undefined || verb === 'action' || parseId(id) === undefined ? undefined : [right(id, verb)];
}
