import {
  adminState,
  allProbedUp,
  answersHttp,
  availability,
  deallocated,
  healthDenied,
  healthReason,
  listenerStopped,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, type World } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const two = () => healthyWorld({ members: 2 });
const metrics = (...averages: readonly number[][]): World =>
  averages.reduce(
    (world, values, at) => change(world, availability(`web-${at + 1}`, values)),
    change(healthyWorld({ members: averages.length }), healthDenied()),
  );
const down = [0, 0, 0, 0, 0, 0];

export default {
  fires: [
    {
      when: 'nothing listens on any member',
      cites: '.reason',
      world: () => change(two(), listenerStopped('web-1'), listenerStopped('web-2')),
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic'],
      severity: 'critical',
      kind: 'fault',
      says: 'None of the 2 members of https is healthy.',
    },
    {
      when: 'one machine is off and left out of the health answer, the other fails',
      world: () => change(two(), deallocated('web-1'), answersHttp('web-2', 500)),
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic'],
    },
    {
      when: 'an administrator took one out and the other fails',
      world: () => change(two(), adminState('web-1', 'Down'), answersHttp('web-2', 500)),
    },
    { when: 'only the metric can be read, and is zero for all', cites: '$.value[', world: () => metrics(down, down) },
    { when: 'there is a single member', world: () => change(healthyWorld({ members: 1 }), listenerStopped('web-1')) },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'one of two is up', world: () => change(two(), listenerStopped('web-1')) },
    {
      when: 'one is down and of the other Azure knows nothing',
      world: () => change(two(), listenerStopped('web-1'), healthReason('web-2', 'NA', 'https', 'Unknown')),
    },
    {
      when: 'an administrator took all out',
      world: () => change(two(), adminState('web-1', 'Down'), adminState('web-2', 'Down')),
    },
    {
      when: 'the platform says an administrator took all out',
      world: () => change(two(), healthReason('web-1', 'Down_Admin'), healthReason('web-2', 'Down_Admin')),
    },
    {
      when: 'they are masked, which has its own rule',
      world: () => change(two(), listenerStopped('web-1'), listenerStopped('web-2'), allProbedUp()),
    },
    {
      when: 'every machine is off, and Azure names nobody',
      world: () => change(two(), deallocated('web-1'), deallocated('web-2')),
    },
    {
      when: 'the metric has a member at full availability',
      world: () => metrics(down, [100, 100, 100, 100, 100, 100]),
    },
    { when: 'the metric has no agreement on one', world: () => metrics(down, [0, 100, 0, 100, 0, 100]) },
  ],
} satisfies RuleWorlds;
