import { instanceBehindModel, modelLacksPool, notInPool, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const uniform = () => healthyWorld({ membership: 'uniform' });

export default {
  fires: [
    {
      when: 'one instance was not brought to the model that names the pool',
      cites: '.loadBalancerBackendAddressPools',
      world: () => change(uniform(), instanceBehindModel('web_2')),
      on: '/virtualMachineScaleSets/web',
      severity: 'high',
      kind: 'risk',
      affects: ['https'],
      says: 'web_2 of scale set web is behind its model and not in web-pool.',
      types:
        'az vmss update-instances --resource-group=shop-rg --subscription=3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21 --name=web --instance-ids 2',
    },
    {
      when: 'two were not',
      explains: ['single-member-serving'],
      world: () => change(uniform(), instanceBehindModel('web_1'), instanceBehindModel('web_3')),
      says: 'web_1, web_3 of scale set web are behind',
      types: '--instance-ids 1 3',
    },
  ],
  silent: [
    { when: 'every instance follows the model', world: uniform },
    {
      when: 'an instance is behind and in the pool all the same',
      world: () => change(uniform(), set('web_2', 'properties.latestModelApplied', false)),
    },
    {
      when: 'an instance follows the model and is not in the pool',
      world: () => change(uniform(), notInPool('web_2')),
    },
    {
      when: 'the model does not name the pool',
      world: () => change(uniform(), instanceBehindModel('web_2'), modelLacksPool()),
    },
    {
      when: 'Azure is changing the set',
      world: () =>
        change(uniform(), instanceBehindModel('web_2'), set('web', 'properties.provisioningState', 'Updating')),
    },
    { when: 'the set is Flexible', world: () => healthyWorld({ membership: 'flexible' }) },
  ],
} satisfies RuleWorlds;
