import { adminState, detached, fault, gone, machineGone, nicGone, notInPool } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const spare = () => healthyWorld({ pools: [{ name: 'web-pool' }, { name: 'spare-pool' }] });

export default {
  fires: [
    {
      when: 'one interface was deleted',
      explains: ['health-missing-members'],
      world: () => change(healthyWorld(), nicGone('web-2')),
      on: '/networkInterfaces/web-2-nic',
      severity: 'high',
      kind: 'fault',
      affects: ['web-pool/web-2-nic'],
      says: 'web-2-nic is a member of web-pool, and its network interface does not exist.',
      types: 'tags.triage=reput',
    },
    {
      when: 'the only interface was deleted',
      world: () => change(healthyWorld({ members: 1 }), nicGone('web-1')),
      severity: 'critical',
    },
    {
      when: "a Uniform scale set's instance left its interface behind",
      world: () => change(healthyWorld({ membership: 'uniform' }), nicGone('web-2')),
      affects: ['web-pool/web_2'],
    },
    {
      when: 'machine and interface are both gone',
      world: () => {
        const world = change(healthyWorld(), nicGone('web-2'));
        return change(world, gone('web-2'));
      },
      severity: 'high',
    },
    {
      when: 'no balancing rule uses the pool',
      world: () => change(spare(), nicGone('spare-2')),
      severity: 'info',
      kind: 'advice',
    },
    {
      when: 'it was taken out of service first',
      world: () => change(healthyWorld(), adminState('web-2', 'Down'), nicGone('web-2')),
      severity: 'info',
      kind: 'advice',
    },
  ],
  silent: [
    { when: 'only the machine is gone', world: () => change(healthyWorld(), machineGone('web-2')) },
    { when: 'the interface has no machine', world: () => change(healthyWorld(), detached('web-2')) },
    { when: 'it left the pool', world: () => change(healthyWorld(), notInPool('web-2'), gone('web-2-nic')) },
    {
      when: 'it may not be read',
      world: () =>
        change(
          healthyWorld(),
          fault({ on: 'web-2-nic', kind: 'denied' }),
          fault({ on: /\/web-lb\/networkInterfaces/, kind: 'denied' }),
        ),
    },
  ],
} satisfies RuleWorlds;
