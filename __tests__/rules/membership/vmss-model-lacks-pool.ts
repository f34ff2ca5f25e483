import { emptyPool, modelLacksPool, notInPool, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const uniform = () => healthyWorld({ membership: 'uniform' });
const flexible = () => healthyWorld({ membership: 'flexible' });
const interfaces = 'properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations';
const configuration = (name: string, primary: boolean, pools: readonly string[] = []) => ({
  name,
  properties: { primary, loadBalancerBackendAddressPools: pools.map((id) => ({ id })) },
});
const nic = (name: string, primary: boolean, ...ipConfigurations: ReturnType<typeof configuration>[]) => ({
  name,
  properties: { primary, ipConfigurations },
});
const network = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/virtualNetworks/shop-vnet`;
const elsewhere =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/other/backendAddressPools/p';

export default {
  fires: [
    {
      when: 'someone brings instances to a changed model',
      world: () => change(uniform(), modelLacksPool(), set('web', 'properties.upgradePolicy.mode', 'Manual')),
      omits: 'Upgrade policy',
    },
    {
      when: 'the set says nothing of upgrades',
      world: () => change(uniform(), modelLacksPool(), set('web', 'properties.upgradePolicy', undefined)),
      omits: 'Upgrade policy',
    },

    {
      when: 'some instances are in the pool and the model does not name it',
      data: { model: [], members: 2 },
      world: () => change(uniform(), modelLacksPool(), notInPool('web_2')),
      on: '/virtualMachineScaleSets/web',
      severity: 'high',
      kind: 'risk',
      affects: ['https'],
      says: "The model of scale set web does not name web-pool: 2 of its instances are in it, 1 not, and new ones won't be.",
      types:
        'az vmss update-instances --resource-group=shop-rg --subscription=3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21 --name=web --instance-ids 2',
    },
    {
      when: 'all are in it still',
      world: () => change(uniform(), modelLacksPool()),
      says: "3 of its instances are in it, and new ones won't be.",
      types: "ipConfigurations[0].loadBalancerBackendAddressPools=[]' --add ",
    },
    {
      when: 'the set is Flexible',
      world: () => change(flexible(), modelLacksPool()),
      affects: ['https'],
      says: '3 of its instances are in it, and',
    },
    {
      when: 'the model names another pool, and the instances have its second configuration in this one',
      world: () =>
        change(
          uniform(),
          set('web', interfaces, [
            nic('first', true, configuration('ipconfig0', true, [elsewhere])),
            nic('second', false, configuration('other', true), configuration('ipconfig1', false, [elsewhere])),
          ]),
        ),
      types: "'virtualMachineProfile.networkProfile.networkInterfaceConfigurations[1].ipConfigurations[1]",
    },
    {
      when: 'instances are called otherwise than the model has it by now',
      world: () =>
        change(
          uniform(),
          set('web', interfaces, [
            nic('first', false, configuration('one', true)),
            nic('second', true, configuration('two', false), configuration('three', true)),
          ]),
        ),
      types: 'networkInterfaceConfigurations[1].ipConfigurations[1]',
    },
    {
      when: 'Azure brings instances to a changed model by itself',
      world: () => change(uniform(), modelLacksPool(), set('web', 'properties.upgradePolicy.mode', 'Rolling')),
      types: '# Upgrade policy Rolling',
    },
  ],
  silent: [
    { when: 'the model names the pool', world: uniform },
    { when: "a Flexible set's model names it", world: flexible },
    {
      when: 'the second interface of the model names it',
      world: () =>
        change(uniform(), (world) => {
          const [lb] = [...world.resources.values()].filter(({ name }) => name === 'web-lb');
          return set('web', interfaces, [
            nic('first', true, configuration('ipconfig1', true)),
            nic('second', false, configuration('two', true, [`${lb?.id ?? ''}/backendAddressPools/WEB-pool`])),
          ])(world);
        }),
    },
    {
      when: 'the machines of a Flexible set were made without a model',
      world: () => change(flexible(), set('web', 'properties.virtualMachineProfile', undefined)),
    },
    {
      when: 'a cluster puts the instances into the pool',
      world: () =>
        change(healthyWorld({ membership: 'uniform', tags: { 'aks-managed-cluster-name': 'shop' } }), modelLacksPool()),
    },
    {
      when: 'instances are in the pool by their addresses',
      world: () =>
        change(
          flexible(),
          modelLacksPool(),
          emptyPool(),
          set('web-lb', 'properties.backendAddressPools[web-pool].properties', {
            virtualNetwork: { id: network },
            loadBalancerBackendAddresses: [4, 5].map((last) => ({
              name: `web-${last}`,
              properties: { ipAddress: `10.20.0.${last}` },
            })),
          }),
        ),
    },
    { when: 'the members are machines of no set', world: () => healthyWorld() },
  ],
} satisfies RuleWorlds;
