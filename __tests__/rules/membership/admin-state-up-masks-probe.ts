import {
  adminState,
  deallocated,
  detached,
  healthReason,
  machineGone,
  nicGone,
  power,
  readerOnly,
  withoutProbe,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const up = adminState('web-2', 'Up');

export default {
  fires: [
    {
      when: 'a member is kept in service by hand',
      data: { adminState: 'Up' },
      explains: [],
      world: () => change(healthyWorld(), up),
      on: '/networkInterfaces/web-2-nic',
      severity: 'high',
      kind: 'risk',
      affects: ['https', 'web-pool/web-2-nic'],
      says: 'web-2-nic has admin state Up in web-pool: it gets traffic whether or not its probe succeeds',
      types: 'az vm get-instance-view',
    },
    {
      when: 'its machine starts',
      world: () => change(healthyWorld(), up, power('web-2', 'starting')),
      severity: 'high',
      kind: 'risk',
    },
    {
      when: 'its machine is off',
      world: () => change(healthyWorld(), up, deallocated('web-2')),
      severity: 'critical',
      kind: 'fault',
      says: 'gets traffic, although its machine is deallocated',
      types: '--admin-state=None',
    },
    {
      when: 'its machine is gone',
      world: () => change(healthyWorld(), up, machineGone('web-2')),
      severity: 'critical',
      kind: 'fault',
      says: 'although its machine does not exist',
    },
    {
      when: 'its interface has no machine',
      world: () => change(healthyWorld(), up, detached('web-2')),
      severity: 'critical',
      kind: 'fault',
      says: 'although its network interface belongs to no machine',
    },
    {
      when: 'its interface is gone',
      world: () => change(healthyWorld(), up, nicGone('web-2')),
      severity: 'critical',
      kind: 'fault',
      says: 'although its network interface does not exist',
    },
    {
      when: "it is a scale set's instance",
      world: () => change(healthyWorld({ membership: 'uniform' }), up),
      severity: 'high',
      kind: 'risk',
    },
    {
      when: 'only the reason code says so',
      data: { reason: 'Up_Admin' },
      world: () => change(healthyWorld(), healthReason('web-2', 'Up_Admin')),
      affects: ['https', 'web-pool/web-2-nic'],
    },
    { when: 'a Reader asks', world: () => change(healthyWorld(), up, readerOnly()), severity: 'high' },
  ],
  silent: [
    { when: 'admin state is Down', world: () => change(healthyWorld(), adminState('web-2', 'Down')) },
    { when: 'admin state is None', world: () => change(healthyWorld(), adminState('web-2', 'None')) },
    { when: 'no probe is there to override', world: () => change(healthyWorld(), withoutProbe(), up) },
    { when: 'the member is up by its probe', world: () => healthyWorld() },
    { when: 'its machine is off', world: () => change(healthyWorld(), deallocated('web-2')) },
  ],
} satisfies RuleWorlds;
