import { afterAction } from '../world/arm-act.ts';
import { refusedState } from '../world/arm-refused.ts';
import { write } from '../world/arm-write.ts';
import { parse } from '../world/az-in-memory.ts';
import { isObject, itemsAt, type Json, type JsonObject, objectAt, textAt, withValueAt } from '../world/json.ts';
import { addressName, childId, idOf, ipConfigurations, sameId } from '../world/relations.ts';
import { asResource, type World, withResource } from '../world/world.ts';

type Options = ReadonlyMap<string, readonly string[]>;
type Command = (world: World, options: Options) => World;

/** The world after a printed az command was run in it, with what az 2.91 writes for it. */
export function applied(world: World, argv: readonly string[]): World {
  const { command, options } = parse(argv.slice(1));
  const run = commands[command];
  if (argv[0] !== 'az' || run === undefined) throw new Error(`No such change is known: ${argv.join(' ')}`);
  const after = run(world, options);
  const refused = refusedState(world, after);
  if (refused) throw new Error(JSON.stringify(refused.body));
  return after;
}

function one(options: Options, name: string): string {
  const [value, ...more] = options.get(name) ?? [];
  if (value === undefined || more.length > 0) throw new Error(`--${name} has no single value`);
  return value;
}
const some = (options: Options, name: string): string | undefined => options.get(name)?.[0];

const under = (options: Options, type: string, name = 'name'): string =>
  `/subscriptions/${one(options, 'subscription')}/resourceGroups/${one(options, 'resource-group')}/providers/Microsoft.${type}/${one(options, name)}`;

const put = (world: World, id: string, body: JsonObject): World => sent(world, 'PUT', id, body);

function sent(world: World, method: string, path: string, body?: Json): World {
  const result = write(world, method, path, body);
  if ('status' in result && result.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(result.body)}`);
  return 'world' in result ? result.world : world;
}

function existing(world: World, id: string): JsonObject {
  const found = world.resources.get(id.toLowerCase());
  if (found === undefined) throw new Error(`(ResourceNotFound) ${id}`);
  return found;
}

/** The fields that az's child commands of a load balancer, at API 2023-04-01, don't send back. */
function withoutNewFields(lb: JsonObject): JsonObject {
  const less = (list: string, ...fields: readonly string[]) =>
    itemsAt(lb, 'properties', list).map((each) => ({
      ...each,
      properties: Object.fromEntries(
        Object.entries(objectAt(each, 'properties')).filter(([field]) => !fields.includes(field)),
      ),
    }));
  const { scope: _, ...properties } = objectAt(lb, 'properties');
  return {
    ...lb,
    properties: {
      ...properties,
      probes: less('probes', 'noHealthyBackendsBehavior'),
      loadBalancingRules: less('loadBalancingRules', 'enableConnectionTracking'),
    },
  };
}

const numeric = /^-?\d+$/;
const typed = (value: string): Json =>
  numeric.test(value) ? Number(value) : value === 'true' ? true : value === 'false' ? false : value;

/** Options of `az network lb probe|rule update|create` with the properties that they set. */
const childOptions: Readonly<Record<string, (lbId: string, value: string) => readonly [string, Json]>> = {
  port: (_, value) => ['port', Number(value)],
  protocol: (_, value) => ['protocol', value],
  path: (_, value) => ['requestPath', value],
  interval: (_, value) => ['intervalInSeconds', Number(value)],
  'probe-threshold': (_, value) => ['probeThreshold', Number(value)],
  'number-of-probes': (_, value) => ['numberOfProbes', Number(value)],
  'frontend-port': (_, value) => ['frontendPort', Number(value)],
  'backend-port': (_, value) => ['backendPort', Number(value)],
  'idle-timeout': (_, value) => ['idleTimeoutInMinutes', Number(value)],
  'load-distribution': (_, value) => ['loadDistribution', value],
  'enable-tcp-reset': (_, value) => ['enableTcpReset', value === 'true'],
  'enable-floating-ip': (_, value) => ['enableFloatingIP', value === 'true'],
  'disable-outbound-snat': (_, value) => ['disableOutboundSnat', value === 'true'],
  'outbound-ports': (_, value) => ['allocatedOutboundPorts', Number(value)],
  'probe-name': (lbId, value) => ['probe', { id: reference(lbId, 'probes', value) }],
  'frontend-ip': (lbId, value) => [
    'frontendIPConfiguration',
    { id: reference(lbId, 'frontendIPConfigurations', value) },
  ],
  'backend-pools-name': (lbId, value) => [
    'backendAddressPools',
    [{ id: reference(lbId, 'backendAddressPools', value) }],
  ],
};

const reference = (lbId: string, list: string, value: string): string =>
  value.startsWith('/') ? value : `${lbId}/${list}/${value}`;

/** Azure refuses a change of a probe by which a scale set judges its instances. */
function isHeld(world: World, probeId: string): boolean {
  const at = ['virtualMachineProfile', 'networkProfile', 'healthProbe', 'id'] as const;
  return [...world.resources.values()].some(
    ({ properties }) => textAt(properties, ...at)?.toLowerCase() === probeId.toLowerCase(),
  );
}

function changeChild(list: string): Command {
  return (world, options) => {
    const id = under(options, 'Network/loadBalancers', 'lb-name');
    const lb = withoutNewFields(existing(world, id));
    const name = one(options, 'name');
    if (!itemsAt(lb, 'properties', list).some((each) => textAt(each, 'name') === name))
      throw new Error(`(ResourceNotFound) ${list} ${name}`);
    if (isHeld(world, `${id}/${list}/${name}`))
      throw new Error(`(CannotModifyProbeUsedByVMSS) ${name} is used as a health probe by a scale set`);
    let changed = lb;
    const place = `properties.${list}[${name}].properties`;
    for (const [option, [value = '']] of options) {
      const made = childOptions[option]?.(id, value);
      if (made) changed = withValueAt(changed, `${place}.${made[0]}`, made[1]);
    }
    // az keeps the one pool of the singular field in step.
    const pool = some(options, 'backend-pools-name');
    if (pool)
      changed = withValueAt(changed, `${place}.backendAddressPool`, { id: reference(id, 'backendAddressPools', pool) });
    for (const assignment of options.get('set') ?? []) {
      const [field = '', value = ''] = split(assignment);
      changed = withValueAt(changed, `${place}.${field}`, value === 'null' ? undefined : typed(value));
    }
    return put(world, id, changed);
  };
}

function split(assignment: string): readonly [string, string] {
  // An equals sign in brackets selects by name.
  const at = assignment.search(/=(?![^[]*\])/);
  return [assignment.slice(0, at), assignment.slice(at + 1)];
}

/** `--set probes[name=P].port=1` on a load balancer: the flat path as az has it, to the raw one. */
function setWhole(resource: JsonObject, assignment: string): JsonObject {
  const [flat, value] = split(assignment);
  const path = flat.startsWith('tags.') ? flat : rawPath(flat);
  if (value === 'null') return withValueAt(resource, path, undefined);
  if (value === '[]' || value.startsWith('{')) return withValueAt(resource, path, JSON.parse(value));
  // Below what was taken off the model az finds no place (2.91).
  if (flat.endsWith('.healthProbe.id') && textAt(resource, ...path.split('.')) === undefined)
    throw new Error(`Couldn't find '${flat}'`);
  return withValueAt(resource, path, flat.startsWith('tags.') ? value : typed(value));
}

/** `properties` stands between a resource's or a list item's name and its fields. */
function rawPath(flat: string): string {
  return `properties.${flat
    .replaceAll(/\[name=([^\]]*)\]/g, '[$1]')
    .replaceAll(/(\[[^\]]*\])\.(?!id$)/g, '$1.properties.')}`;
}

const updateLoadBalancer: Command = (world, options) => {
  const id = under(options, 'Network/loadBalancers');
  return put(world, id, generic(existing(world, id), options));
};

function generic(resource: JsonObject, options: Options): JsonObject {
  let changed = resource;
  for (const assignment of options.get('set') ?? []) changed = setWhole(changed, assignment);
  const [path, added] = options.get('add') ?? [];
  if (path !== undefined && added !== undefined) {
    const raw = rawPath(path);
    const item = added.startsWith('{') ? JSON.parse(added) : Object.fromEntries([split(added)]);
    const list = listAt(changed, raw);
    changed = withValueAt(changed, raw, [...list, item]);
  }
  const [from, position] = options.get('remove') ?? [];
  if (from !== undefined) {
    if (position === undefined)
      changed = withValueAt(changed, from.startsWith('tags.') ? from : rawPath(from), undefined);
    else {
      const raw = rawPath(from);
      const list = listAt(changed, raw);
      if (Number(position) >= list.length) throw new Error(`--remove ${from} ${position}: out of range`);
      changed = withValueAt(
        changed,
        raw,
        list.filter((_, at) => at !== Number(position)),
      );
    }
  }
  return changed;
}

function listAt(resource: JsonObject, raw: string): readonly JsonObject[] {
  let found: Json[] | undefined;
  // Reads the place through the writer, which knows the paths.
  const parts = [...raw.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map((match) => match[1] ?? match[0]);
  let here: unknown = resource;
  for (const part of parts) {
    here = Array.isArray(here)
      ? (here[Number(part)] ?? here.find((each) => each?.name === part))
      : (here as Record<string, unknown> | undefined)?.[part];
  }
  if (Array.isArray(here)) found = here;
  return (found ?? []) as JsonObject[];
}

function memberByNic(world: World, poolId: string, name: string): JsonObject | undefined {
  const found = ipConfigurations(world).find(
    (each) =>
      addressName(each) === name &&
      itemsAt(each.properties, 'loadBalancerBackendAddressPools').some((pool) => sameId(idOf(pool), poolId)),
  );
  return found && { name, properties: { networkInterfaceIPConfiguration: { id: found.id } } };
}

const poolAddress =
  (verb: 'add' | 'update' | 'remove'): Command =>
  (world, options) => {
    const id = under(options, 'Network/loadBalancers', 'lb-name');
    const poolId = childId({ id }, 'backendAddressPools', one(options, 'pool-name'));
    const lb = existing(world, id);
    const name = one(options, 'name');
    const pool = itemsAt(lb, 'properties', 'backendAddressPools').find(
      (each) => textAt(each, 'name') === one(options, 'pool-name'),
    );
    if (pool === undefined) throw new Error(`(ResourceNotFound) ${poolId}`);
    const kept = itemsAt(pool, 'properties', 'loadBalancerBackendAddresses');
    const given = {
      ...(some(options, 'ip-address') && { ipAddress: one(options, 'ip-address') }),
      ...(some(options, 'vnet') && { virtualNetwork: { id: one(options, 'vnet') } }),
      ...(some(options, 'subnet') && { subnet: { id: one(options, 'subnet') } }),
      ...(some(options, 'admin-state') && { adminState: one(options, 'admin-state') }),
      ...(some(options, 'frontend-ip-address') && {
        loadBalancerFrontendIPConfiguration: { id: one(options, 'frontend-ip-address') },
      }),
    };
    const others = kept.filter((each) => textAt(each, 'name') !== name);
    // A NIC pool keeps of a member only what is no default.
    const own = kept.find((each) => textAt(each, 'name') === name) ?? memberByNic(world, poolId, name);
    if (verb !== 'add' && own === undefined) throw new Error(`(ResourceNotFound) ${poolId} ${name}`);
    const cleared = (options.get('set') ?? []).flatMap((each) => (split(each)[1] === 'null' ? [split(each)[0]] : []));
    const fields = Object.fromEntries(
      Object.entries({ ...objectAt(own, 'properties'), ...given }).filter(([field]) => !cleared.includes(field)),
    );
    const list =
      verb === 'remove'
        ? others
        : verb === 'add'
          ? [...others, { name, properties: given }]
          : fields.adminState === 'None' && memberByNic(world, poolId, name) !== undefined
            ? others
            : [...others, { name, properties: fields }];
    const path = `properties.backendAddressPools[${one(options, 'pool-name')}].properties.loadBalancerBackendAddresses`;
    return withResource(world, asResource(withValueAt(lb, path, list)));
  };

const nicPool =
  (verb: 'add' | 'remove'): Command =>
  (world, options) => {
    const nicId = under(options, 'Network/networkInterfaces', 'nic-name');
    const poolId = one(options, 'address-pool');
    const nic = existing(world, nicId);
    const configuration = one(options, 'ip-config-name');
    const found = itemsAt(nic, 'properties', 'ipConfigurations').find((each) => textAt(each, 'name') === configuration);
    if (!found) throw new Error(`(ResourceNotFound) ${nicId} ${configuration}`);
    const pools = itemsAt(found, 'properties', 'loadBalancerBackendAddressPools');
    const left = pools.filter((each) => !sameId(idOf(each), poolId));
    const path = `properties.ipConfigurations[${configuration}].properties.loadBalancerBackendAddressPools`;
    return withResource(world, asResource(withValueAt(nic, path, verb === 'add' ? [...left, { id: poolId }] : left)));
  };

const groupRule =
  (verb: 'create' | 'update' | 'delete'): Command =>
  (world, options) => {
    const id = under(options, 'Network/networkSecurityGroups', 'nsg-name');
    const group = existing(world, id);
    const name = one(options, 'name');
    const rules = itemsAt(group, 'properties', 'securityRules');
    const own = rules.find((each) => textAt(each, 'name') === name);
    const others = rules.filter((each) => each !== own);
    if (verb !== 'create' && own === undefined) throw new Error(`(ResourceNotFound) ${id} ${name}`);
    if (verb === 'delete')
      return withResource(world, asResource(withValueAt(group, 'properties.securityRules', others)));
    const lists = Object.assign(
      {},
      ...(
        [
          ['source-address-prefixes', 'sourceAddressPrefix', 'sourceAddressPrefixes'],
          ['destination-port-ranges', 'destinationPortRange', 'destinationPortRanges'],
          ['destination-address-prefixes', 'destinationAddressPrefix', 'destinationAddressPrefixes'],
        ] as const
      ).map(([option, single, many]) => {
        const values = options.get(option);
        if (values === undefined) return {};
        return values.length === 1 ? { [single]: values[0], [many]: [] } : { [single]: undefined, [many]: values };
      }),
    );
    const defaults =
      verb === 'create'
        ? { sourcePortRange: '*', sourceAddressPrefix: '*', destinationAddressPrefix: '*', destinationPortRange: '80' }
        : objectAt(own, 'properties');
    const properties = {
      ...defaults,
      ...(some(options, 'priority') && { priority: Number(one(options, 'priority')) }),
      ...(some(options, 'access') && { access: one(options, 'access') }),
      ...(some(options, 'protocol') && { protocol: one(options, 'protocol') }),
      ...(some(options, 'direction') && { direction: one(options, 'direction') }),
      ...lists,
    };
    const clash = others.find(
      (each) =>
        objectAt(each, 'properties').priority === properties.priority &&
        textAt(each, 'properties', 'direction') === properties.direction,
    );
    if (clash) throw new Error(`(SecurityRuleConflict) ${name} and ${textAt(clash, 'name')} have one priority`);
    const rule = { name, properties };
    const changed = own ? rules.map((each) => (each === own ? rule : each)) : [...rules, rule];
    return withResource(world, asResource(withValueAt(group, 'properties.securityRules', changed)));
  };

const updateSubnet: Command = (world, options) => {
  const id = under(options, 'Network/virtualNetworks', 'vnet-name');
  const fields = { nsg: 'networkSecurityGroup', 'nat-gateway': 'natGateway', 'route-table': 'routeTable' };
  let network = existing(world, id);
  for (const [option, field] of Object.entries(fields)) {
    const value = some(options, option);
    if (value === undefined) continue;
    const type = option === 'nsg' ? 'networkSecurityGroups' : option === 'nat-gateway' ? 'natGateways' : 'routeTables';
    const target = value.startsWith('/')
      ? value
      : `${id.split('/providers/')[0]}/providers/Microsoft.Network/${type}/${value}`;
    const path = `properties.subnets[${one(options, 'name')}].properties.${field}`;
    network = withValueAt(network, path, value === 'null' ? undefined : { id: target });
  }
  return put(world, id, network);
};

const machines =
  (action: string): Command =>
  (world, options) =>
    (options.get('ids') ?? [under(options, 'Compute/virtualMachines')]).reduce(
      (changed, id) => acted(changed, `${id}/${action}`),
      world,
    );

const instances =
  (action: string): Command =>
  (world, options) =>
    acted(world, `${under(options, 'Compute/virtualMachineScaleSets')}/${action}`, {
      instanceIds: options.get('instance-ids') ?? [],
    });

function acted(world: World, path: string, body?: Json): World {
  const changed = afterAction(world, path, body);
  if (changed === undefined) throw new Error(`(ResourceNotFound) ${path}`);
  return changed;
}

/** The set's model: `virtualMachineProfile.networkProfile…` flat as az has it for compute, where only items are nested. */
const updateScaleSet: Command = (world, options) => {
  const id = under(options, 'Compute/virtualMachineScaleSets');
  return put(world, id, generic(existing(world, id), options));
};

const scale: Command = (world, options) => {
  const id = under(options, 'Compute/virtualMachineScaleSets');
  return put(world, id, withValueAt(existing(world, id), 'sku.capacity', Number(one(options, 'new-capacity'))));
};

const updateNic: Command = (world, options) => {
  const id = under(options, 'Network/networkInterfaces');
  const changed = generic(existing(world, id), options);
  const forwarding = some(options, 'ip-forwarding');
  return put(
    world,
    id,
    forwarding === undefined ? changed : withValueAt(changed, 'properties.enableIPForwarding', forwarding === 'true'),
  );
};

/** A write that goes through is a write that succeeded, its parts with it. */
const withState =
  (run: Command, type: string): Command =>
  (world, options) => {
    const id = under(options, type).toLowerCase();
    // An answer that said Failed said so of the write before.
    const answers = world.answers.filter(([of, path]) => of !== id || !path.endsWith('provisioningState'));
    const changed = { ...run(world, options), answers };
    return withResource(
      changed,
      asResource(objectAt({ all: succeeded(existing(changed, under(options, type))) }, 'all')),
    );
  };

function succeeded(value: Json): Json {
  if (Array.isArray(value)) return value.map(succeeded);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === 'provisioningState' ? 'Succeeded' : each === undefined ? undefined : succeeded(each),
    ]),
  );
}

const createProbe: Command = (world, options) => {
  const id = under(options, 'Network/loadBalancers', 'lb-name');
  const lb = withoutNewFields(existing(world, id));
  const fields = [...options].flatMap(([option, [value = '']]) => {
    const made = childOptions[option]?.(id, value);
    return made ? [made] : [];
  });
  const probe = { name: one(options, 'name'), properties: Object.fromEntries(fields) };
  const others = itemsAt(lb, 'properties', 'probes').filter((each) => textAt(each, 'name') !== probe.name);
  return put(world, id, withValueAt(lb, 'properties.probes', [...others, probe]));
};

const createRule: Command = (world, options) => {
  const id = under(options, 'Network/loadBalancers', 'lb-name');
  const lb = withoutNewFields(existing(world, id));
  const fields = [...options].flatMap(([option, [value = '']]) => {
    const made = childOptions[option]?.(id, value);
    return made ? [made] : [];
  });
  const name = one(options, 'name');
  const others = itemsAt(lb, 'properties', 'loadBalancingRules').filter((each) => textAt(each, 'name') !== name);
  // What az 2.91 sends where nothing is said.
  const rule = { name, properties: { loadDistribution: 'Default', ...Object.fromEntries(fields) } };
  return put(world, id, withValueAt(lb, 'properties.loadBalancingRules', [...others, rule]));
};

const deleteRule: Command = (world, options) => {
  const id = under(options, 'Network/loadBalancers', 'lb-name');
  const lb = withoutNewFields(existing(world, id));
  const all = itemsAt(lb, 'properties', 'loadBalancingRules');
  const others = all.filter((each) => textAt(each, 'name') !== one(options, 'name'));
  return put(world, id, withValueAt(lb, 'properties.loadBalancingRules', others));
};

const deleteProbe: Command = (world, options) => {
  const id = under(options, 'Network/loadBalancers', 'lb-name');
  const lb = withoutNewFields(existing(world, id));
  const others = itemsAt(lb, 'properties', 'probes').filter((each) => textAt(each, 'name') !== one(options, 'name'));
  return put(world, id, withValueAt(lb, 'properties.probes', others));
};

const updatePrivateLink: Command = (world, options) => {
  const id = under(options, 'Network/privateLinkServices');
  const on = one(options, 'enable-proxy-protocol') === 'true';
  return put(world, id, withValueAt(existing(world, id), 'properties.enableProxyProtocol', on));
};

/** What is printed as a change or a way back. */
export const changing = (): readonly string[] => Object.keys(commands);

const commands: Readonly<Record<string, Command>> = {
  'network lb probe update': changeChild('probes'),
  'network lb probe create': createProbe,
  'network lb probe delete': deleteProbe,
  'network lb rule update': changeChild('loadBalancingRules'),
  'network lb rule create': createRule,
  'network lb rule delete': deleteRule,
  'network lb outbound-rule update': changeChild('outboundRules'),
  'network lb update': withState(updateLoadBalancer, 'Network/loadBalancers'),
  'network lb address-pool address add': poolAddress('add'),
  'network lb address-pool address update': poolAddress('update'),
  'network lb address-pool address remove': poolAddress('remove'),
  'network nic ip-config address-pool add': nicPool('add'),
  'network nic ip-config address-pool remove': nicPool('remove'),
  'network nic update': withState(updateNic, 'Network/networkInterfaces'),
  'network nsg rule create': groupRule('create'),
  'network nsg rule update': groupRule('update'),
  'network nsg rule delete': groupRule('delete'),
  'network nsg create': (world, options) =>
    put(world, under(options, 'Network/networkSecurityGroups'), {
      location: one(options, 'location'),
      properties: { securityRules: [] },
    }),
  'network nsg delete': (world, options) => sent(world, 'DELETE', under(options, 'Network/networkSecurityGroups')),
  'network vnet subnet update': updateSubnet,
  'network private-link-service update': updatePrivateLink,
  'vm start': machines('start'),
  'vm stop': machines('powerOff'),
  'vm deallocate': machines('deallocate'),
  'vm restart': machines('restart'),
  'vmss start': instances('start'),
  'vmss stop': instances('powerOff'),
  'vmss deallocate': instances('deallocate'),
  'vmss update-instances': instances('manualUpgrade'),
  'vmss update': updateScaleSet,
  'vmss scale': scale,
};
