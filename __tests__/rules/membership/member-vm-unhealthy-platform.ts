import {
  agentNotReady,
  answersHttp,
  listenerStopped,
  metricsDenied,
  power,
  readerOnly,
  set,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const failed = set('web-2', 'properties.provisioningState', 'Failed');
const down = answersHttp('web-2', 500);

export default {
  fires: [
    {
      when: 'the agent is not ready and the member down',
      data: { power: 'PowerState/running', state: 'Not Ready' },
      world: () => change(healthyWorld(), agentNotReady('web-2'), down),
      on: '/virtualMachines/web-2',
      severity: 'medium',
      kind: 'risk',
      affects: ['https', 'web-pool/web-2-nic'],
      says: 'web-2 is on, but its agent is not ready; it is a member of web-pool that is not up.',
      types: 'az vm restart',
    },
    {
      when: 'its provisioning failed and the member is down',
      world: () => change(healthyWorld(), failed, listenerStopped('web-2')),
      on: '/virtualMachines/web-2',
      says: 'but its provisioning failed',
    },
    {
      when: 'nobody may tell whether the member is up',
      world: () => change(healthyWorld(), failed, readerOnly(), metricsDenied()),
      severity: 'medium',
    },
    {
      when: "it is a scale set's instance",
      world: () => change(healthyWorld({ membership: 'uniform' }), agentNotReady('web_2'), answersHttp('web_2', 500)),
      types: 'restart instance 2 of web',
    },
  ],
  silent: [
    { when: 'the agent is not ready and the member up', world: () => change(healthyWorld(), agentNotReady('web-2')) },
    { when: 'its provisioning failed and the member is up', world: () => change(healthyWorld(), failed) },
    { when: 'the machine is off', world: () => change(healthyWorld(), failed, power('web-2', 'stopped')) },
    { when: 'only the application fails', world: () => change(healthyWorld(), down) },
  ],
} satisfies RuleWorlds;
