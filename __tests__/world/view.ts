import { itemsAt, type JsonObject, objectAt, textAt, withValueAt } from './json.ts';
import {
  addressesOf,
  childId,
  idOf,
  idsOf,
  ipConfigurations,
  machineOf,
  nics,
  poolIdsOf,
  sameId,
} from './relations.ts';
import { defaultSecurityRules } from './security.ts';
import { type Resource, resourcesOf, type World } from './world.ts';

/** What a GET of the resource answers: what is stored and what Azure derives from other resources. */
export function view(world: World, resource: Resource, expandInstanceView = false): JsonObject {
  const derive = views[resource.type.toLowerCase()];
  const shown = derive === undefined ? resource : derive(world, resource, expandInstanceView);
  return answered(world, resource.id, shown);
}

/** An answer as Azure gives it in spite of what is stored. */
export const answered = (world: World, what: string, shown: JsonObject): JsonObject =>
  world.answers
    .filter(([id]) => id === what.toLowerCase())
    .reduce<JsonObject>((answer, [, path, value]) => withValueAt(answer, path, value), shown);

const views: Readonly<Record<string, (world: World, resource: Resource, expandInstanceView: boolean) => JsonObject>> = {
  'microsoft.network/loadbalancers': loadBalancerView,
  'microsoft.network/networkinterfaces': nicView,
  'microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces': nicView,
  'microsoft.network/virtualnetworks': networkView,
  'microsoft.network/networksecuritygroups': securityGroupView,
  'microsoft.network/publicipaddresses': publicIpView,
  'microsoft.network/natgateways': natGatewayView,
  'microsoft.compute/virtualmachines': machineView,
  'microsoft.compute/virtualmachinescalesets/virtualmachines': machineView,
};

function loadBalancerView(world: World, lb: Resource): JsonObject {
  const balancingRules = itemsAt(lb.properties, 'loadBalancingRules');
  const outboundRules = itemsAt(lb.properties, 'outboundRules');
  const natRules = itemsAt(lb.properties, 'inboundNatRules');
  const references = (collection: string, children: readonly JsonObject[], uses: (child: JsonObject) => boolean) => {
    const found = children.filter(uses).map((child) => ({ id: childId(lb, collection, textAt(child, 'name')) }));
    return found.length === 0 ? {} : { [collection]: found };
  };
  const usedBy = (property: string, id: string) => ({
    ...references('loadBalancingRules', balancingRules, (rule) =>
      sameId(idOf(objectAt(rule, 'properties')[property]), id),
    ),
    ...references('inboundNatRules', natRules, (rule) => sameId(idOf(objectAt(rule, 'properties')[property]), id)),
  });
  const children = (collection: string, derive: (child: JsonObject, id: string) => JsonObject) =>
    lb.properties[collection] === undefined
      ? {}
      : {
          [collection]: itemsAt(lb.properties, collection).map((child) => {
            const id = childId(lb, collection, textAt(child, 'name'));
            return childView(lb, collection, child, { provisioningState: 'Succeeded', ...derive(child, id) });
          }),
        };
  return {
    ...lb,
    properties: {
      ...lb.properties,
      ...children('frontendIPConfigurations', (_, id) => ({
        ...usedBy('frontendIPConfiguration', id),
        ...references('outboundRules', outboundRules, (rule) =>
          idsOf(itemsAt(rule, 'properties', 'frontendIPConfigurations')).some((each) => sameId(each, id)),
        ),
      })),
      ...children('backendAddressPools', (pool, id) => ({
        ...members(world, pool, id),
        ...references('loadBalancingRules', balancingRules, (rule) => poolIdsOf(rule).some((each) => sameId(each, id))),
        ...references('outboundRules', outboundRules, (rule) =>
          sameId(idOf(objectAt(rule, 'properties').backendAddressPool), id),
        ),
        ...references('inboundNatRules', natRules, (rule) =>
          sameId(idOf(objectAt(rule, 'properties').backendAddressPool), id),
        ),
      })),
      ...children('probes', (_, id) =>
        references('loadBalancingRules', balancingRules, (rule) =>
          sameId(idOf(objectAt(rule, 'properties').probe), id),
        ),
      ),
      ...children('loadBalancingRules', (rule) => {
        const [first, ...others] = poolIdsOf(rule);
        return first === undefined
          ? {}
          : { backendAddressPool: { id: first }, backendAddressPools: [first, ...others].map((id) => ({ id })) };
      }),
      ...children('outboundRules', () => ({})),
      ...children('inboundNatRules', () => ({})),
      ...children('inboundNatPools', () => ({})),
    },
  };
}

const childView = (parent: Resource, collection: string, child: JsonObject, derived: JsonObject): JsonObject => ({
  name: child.name,
  id: childId(parent, collection, textAt(child, 'name')),
  etag: parent.etag,
  type: `${parent.type}/${collection}`,
  ...child,
  properties: { ...objectAt(child, 'properties'), ...derived },
});

function members(world: World, pool: JsonObject, poolId: string): JsonObject {
  const addresses = addressesOf(world, pool, poolId);
  const configurations = addresses.flatMap(({ configurationId }) =>
    configurationId === undefined ? [] : [{ id: configurationId }],
  );
  return {
    loadBalancerBackendAddresses: addresses.map(({ name, properties }) => ({ name, properties })),
    ...(configurations.length === 0 ? {} : { backendIPConfigurations: configurations }),
  };
}

function nicView(world: World, nic: Resource): JsonObject {
  const machine = machineOf(world, nic.id);
  const nicsOfMachine = machine === undefined ? [] : itemsAt(machine.properties, 'networkProfile', 'networkInterfaces');
  const own = nicsOfMachine.find((each) => sameId(idOf(each), nic.id));
  return {
    ...nic,
    properties: {
      ...nic.properties,
      ipConfigurations: itemsAt(nic.properties, 'ipConfigurations').map((each) =>
        childView(nic, 'ipConfigurations', each, { provisioningState: 'Succeeded' }),
      ),
      ...(machine === undefined ? {} : { virtualMachine: { id: machine.id } }),
      ...(own === undefined
        ? {}
        : { primary: nicsOfMachine.length === 1 || objectAt(own, 'properties').primary === true }),
    },
  };
}

function networkView(world: World, network: Resource): JsonObject {
  const users = ipConfigurations(world);
  const frontends = resourcesOf(world, 'Microsoft.Network/loadBalancers').flatMap((lb) =>
    itemsAt(lb.properties, 'frontendIPConfigurations').map((frontend) => ({
      id: childId(lb, 'frontendIPConfigurations', textAt(frontend, 'name')),
      properties: objectAt(frontend, 'properties'),
    })),
  );
  return {
    ...network,
    properties: {
      ...network.properties,
      subnets: itemsAt(network.properties, 'subnets').map((subnet) => {
        const id = childId(network, 'subnets', textAt(subnet, 'name'));
        const inside = [...users, ...frontends].filter(({ properties }) => sameId(idOf(properties.subnet), id));
        return childView(network, 'subnets', subnet, {
          provisioningState: 'Succeeded',
          ...(inside.length === 0 ? {} : { ipConfigurations: inside.map((each) => ({ id: each.id })) }),
        });
      }),
    },
  };
}

function securityGroupView(world: World, group: Resource): JsonObject {
  const onNics = nics(world).filter((nic) => sameId(idOf(nic.properties.networkSecurityGroup), group.id));
  const onSubnets = resourcesOf(world, 'Microsoft.Network/virtualNetworks').flatMap((network) =>
    itemsAt(network.properties, 'subnets')
      .filter((subnet) => sameId(idOf(objectAt(subnet, 'properties').networkSecurityGroup), group.id))
      .map((subnet) => ({ id: childId(network, 'subnets', textAt(subnet, 'name')) })),
  );
  const rules = (collection: string, list: readonly JsonObject[]) =>
    list.map((rule) => childView(group, collection, rule, { provisioningState: 'Succeeded' }));
  return {
    ...group,
    properties: {
      ...group.properties,
      securityRules: rules('securityRules', itemsAt(group.properties, 'securityRules')),
      defaultSecurityRules: rules('defaultSecurityRules', defaultSecurityRules),
      ...(onNics.length === 0 ? {} : { networkInterfaces: onNics.map(({ id }) => ({ id })) }),
      ...(onSubnets.length === 0 ? {} : { subnets: onSubnets }),
    },
  };
}

function publicIpView(world: World, address: Resource): JsonObject {
  const frontends = resourcesOf(world, 'Microsoft.Network/loadBalancers').flatMap((lb) =>
    itemsAt(lb.properties, 'frontendIPConfigurations')
      .filter((frontend) => sameId(idOf(objectAt(frontend, 'properties').publicIPAddress), address.id))
      .map((frontend) => childId(lb, 'frontendIPConfigurations', textAt(frontend, 'name'))),
  );
  const onNics = ipConfigurations(world).filter(({ properties }) =>
    sameId(idOf(properties.publicIPAddress), address.id),
  );
  const gateway = resourcesOf(world, 'Microsoft.Network/natGateways').find(({ properties }) =>
    idsOf(itemsAt(properties, 'publicIpAddresses')).some((id) => sameId(id, address.id)),
  );
  const [user] = [...frontends, ...onNics.map(({ id }) => id)];
  return {
    ...address,
    properties: {
      ...address.properties,
      ...(user === undefined ? {} : { ipConfiguration: { id: user } }),
      ...(gateway === undefined ? {} : { natGateway: { id: gateway.id } }),
    },
  };
}

function natGatewayView(world: World, gateway: Resource): JsonObject {
  const subnets = resourcesOf(world, 'Microsoft.Network/virtualNetworks').flatMap((network) =>
    itemsAt(network.properties, 'subnets')
      .filter((subnet) => sameId(idOf(objectAt(subnet, 'properties').natGateway), gateway.id))
      .map((subnet) => ({ id: childId(network, 'subnets', textAt(subnet, 'name')) })),
  );
  return { ...gateway, properties: { ...gateway.properties, ...(subnets.length === 0 ? {} : { subnets }) } };
}

const POWER_NAMES = {
  running: 'VM running',
  starting: 'VM starting',
  stopping: 'VM stopping',
  stopped: 'VM stopped',
  deallocating: 'VM deallocating',
  deallocated: 'VM deallocated',
} as const;

function machineView(world: World, machine: Resource, expandInstanceView: boolean): JsonObject {
  if (!expandInstanceView) return machine;
  return { ...machine, properties: { ...machine.properties, instanceView: instanceView(world, machine) } };
}

function instanceView(world: World, machine: Resource): JsonObject {
  const guest = world.guests.get(machine.id.toLowerCase());
  const power = guest?.power ?? 'running';
  const provisioning = textAt(machine.properties, 'provisioningState') ?? 'Succeeded';
  return {
    ...(power === 'running' && { vmAgent: agent(world, guest?.agentReady ?? true) }),
    statuses: [
      {
        code: `ProvisioningState/${provisioning.toLowerCase()}`,
        level: provisioning === 'Failed' ? 'Error' : 'Info',
        displayStatus: `Provisioning ${provisioning.toLowerCase()}`,
        time: '2026-06-20T08:11:52.1938470+00:00',
      },
      { code: `PowerState/${power}`, level: 'Info', displayStatus: POWER_NAMES[power] },
    ],
  };
}

const agent = ({ clock }: World, ready: boolean): JsonObject => ({
  vmAgentVersion: ready ? '2.11.1.4' : 'Unknown',
  statuses: [
    {
      code: ready ? 'ProvisioningState/succeeded' : 'ProvisioningState/Unavailable',
      level: ready ? 'Info' : 'Warning',
      displayStatus: ready ? 'Ready' : 'Not Ready',
      message: ready ? 'Guest Agent is running' : 'VM status blob is found but not yet populated.',
      time: clock,
    },
  ],
});
