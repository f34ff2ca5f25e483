import { allProbedUp, healthDenied, listenerStopped, probe, withoutProbe } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: 'members answer',
      data: { behavior: 'AllProbedUp', forcedUp: 0 },
      world: () => change(healthyWorld(), allProbedUp()),
      on: '/probes/web-probe',
      affects: ['https'],
      severity: 'medium',
      kind: 'risk',
      says: 'a total outage stays hidden',
      types: [
        "'probes[name=web-probe].noHealthyBackendsBehavior=AllProbedDown'",
        'noHealthyBackendsBehavior=AllProbedUp',
      ],
    },
    {
      when: 'Azure spells it otherwise',
      world: () => change(healthyWorld(), probe({ noHealthyBackendsBehavior: 'allProbedUp' })),
    },
    {
      when: 'two are left of which one answers',
      world: () => change(healthyWorld({ members: 2 }), allProbedUp(), listenerStopped('web-1')),
      severity: 'medium',
    },
    {
      when: 'no member answers, and all are reported up',
      data: { behavior: 'AllProbedUp', forcedUp: 2 },
      world: () =>
        change(healthyWorld({ members: 2 }), allProbedUp(), listenerStopped('web-1'), listenerStopped('web-2')),
      affects: ['https'],
      severity: 'critical',
      cites: '.reason',
      explains: ['all-down-masked'],
      kind: 'risk',
    },
    {
      when: 'health is denied',
      data: { behavior: 'AllProbedUp', forcedUp: null },
      world: () => change(healthyWorld(), allProbedUp(), healthDenied()),
      severity: 'medium',
    },
    {
      when: 'it has a single member, which answers',
      world: () => change(healthyWorld({ members: 1 }), allProbedUp()),
      severity: 'info',
      kind: 'advice',
    },
    {
      when: 'it has a single member, which does not answer',
      world: () => change(healthyWorld({ members: 1 }), allProbedUp(), listenerStopped('web-1')),
      severity: 'critical',
      kind: 'risk',
    },
  ],
  silent: [
    { when: 'it reports members as they are', world: () => healthyWorld() },
    { when: 'it says nothing of it', world: () => change(healthyWorld(), probe({ noHealthyBackendsBehavior: null })) },
    { when: 'no balancing rule uses it', world: () => change(healthyWorld(), allProbedUp(), withoutProbe()) },
    { when: 'it is a Gateway', world: () => change(healthyWorld({ sku: 'Gateway' }), allProbedUp()) },
  ],
} satisfies RuleWorlds;
