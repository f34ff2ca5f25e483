import { nicGone, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const state = (value: string | undefined) => set('web-2-nic', 'properties.provisioningState', value);

export default {
  fires: [
    {
      when: 'the last change of an interface failed',
      world: () => change(healthyWorld(), state('Failed')),
      on: '/networkInterfaces/web-2-nic',
      severity: 'medium',
      kind: 'risk',
      affects: ['web-pool/web-2-nic'],
      says: 'web-2-nic, in web-pool, has provisioning state Failed.',
      types: 'az network nic update',
    },
    { when: 'it is being deleted', world: () => change(healthyWorld(), state('Deleting')), says: 'Deleting' },
    {
      when: "it is a scale set's",
      world: () =>
        change(
          healthyWorld({ membership: 'uniform', members: 1 }),
          set('web-nic', 'properties.provisioningState', 'Failed'),
        ),
      types: 'bring instance 1 of web to the model again',
    },
  ],
  silent: [
    { when: 'the last change succeeded', world: () => healthyWorld() },
    { when: 'a change is going on', world: () => change(healthyWorld(), state('Updating')) },
    { when: 'it is being made', world: () => change(healthyWorld(), state('Creating')) },
    { when: 'az says nothing of it', world: () => change(healthyWorld(), state(undefined)) },
    { when: 'it is gone', world: () => change(healthyWorld(), nicGone('web-2')) },
  ],
} satisfies RuleWorlds;
