import {
  deallocated,
  fault,
  healthDenied,
  healthReason,
  listenerStopped,
  managerAllows,
  managerAlwaysAllows,
  managerDenies,
  metricsDenied,
  subnetDenies,
  withoutProbe,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const denied = () => change(healthyWorld(), managerDenies({ name: 'no-web', priority: 20, port: 8443 }));

export default {
  fires: [
    {
      when: 'a security admin rule denies the port',
      explains: ['rule-all-down', 'tcp-probe-timeout'],
      world: denied,
      on: '/networkManagers/hub-manager',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'],
      severity: 'critical',
      kind: 'fault',
      says: 'Security admin rule no-web (priority 20) of Virtual Network Manager hub-manager denies the health probe and the clients of https, before any network security group.',
      types: '# Only the owners of hub-manager can change it',
    },
    {
      when: 'it denies the probe alone',
      world: () => change(healthyWorld(), managerDenies({ source: 'AzureLoadBalancer', port: 8443 })),
      says: 'denies the health probe of https',
      types: 'az network nic list-effective-nsg',
    },
    {
      when: 'health is known from the metric',
      world: () => change(denied(), healthDenied()),
      severity: 'critical',
    },
    {
      when: 'clients are denied by both the manager and a group',
      explains: [],
      world: () =>
        change(
          healthyWorld(),
          managerDenies({ name: 'no-web', source: 'Internet', port: 8443 }),
          subnetDenies({ source: 'Internet', priority: 150 }),
        ),
      says: 'denies the clients of https',
    },
    {
      when: 'the same of a balancing rule without a probe',
      world: () =>
        change(
          healthyWorld(),
          withoutProbe(),
          managerDenies({ name: 'no-web', source: 'Internet', port: 8443 }),
          subnetDenies({ source: 'Internet', priority: 150 }),
        ),
      says: 'denies the clients of https',
    },
    {
      when: 'no health can be read, and clients are denied by both',
      world: () =>
        change(
          healthyWorld(),
          healthDenied(),
          metricsDenied(),
          managerDenies({ source: 'Internet', port: 8443 }),
          subnetDenies({ source: 'Internet', priority: 150 }),
        ),
      says: 'denies the clients of https',
    },
  ],
  silent: [
    { when: 'all is well', world: () => healthyWorld() },
    { when: 'a group denies, and no manager', world: () => change(healthyWorld(), subnetDenies({ priority: 150 })) },
    {
      when: 'the manager denies another port',
      world: () => change(healthyWorld(), listenerStopped('web-1'), managerDenies({ port: 22 })),
    },
    {
      when: 'it allows, and a group denies',
      world: () => change(healthyWorld(), managerAllows({ port: 8443 }), subnetDenies({ priority: 150 })),
    },
    {
      when: 'an AlwaysAllow stands before it',
      world: () =>
        change(
          healthyWorld(),
          listenerStopped('web-1'),
          managerAlwaysAllows({ name: 'ok', priority: 10 }),
          managerDenies({ priority: 20 }),
        ),
    },
    {
      when: 'the members fail for a reason that only an application gives',
      world: () =>
        change(
          healthyWorld({ members: 1 }),
          managerDenies({ port: 8443 }),
          healthReason('web-1', 'Down_Probe_HttpStatusCodeError'),
        ),
    },
    {
      when: 'the machines are off',
      world: () => change(healthyWorld({ members: 1 }), managerDenies({ port: 8443 }), deallocated('web-1')),
    },
    {
      when: 'the rules in force can not be read',
      world: () => change(denied(), fault({ on: /^POST .*effectiveNetworkSecurityGroups/, kind: 'denied' })),
    },
  ],
} satisfies RuleWorlds;
