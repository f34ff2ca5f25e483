import {
  applicationGroupId,
  healthReason,
  inApplicationGroup,
  managerDenies,
  set,
  subnetAllows,
  subnetDenies,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { type Change, change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

/** The probe is let in to these application security groups alone, and gets no answer. */
const letInTo =
  (...groups: readonly string[]): Change =>
  (world) =>
    change(
      world,
      inApplicationGroup('web-1', 'web'),
      subnetDenies({ name: 'Closed', priority: 3000, source: 'AzureLoadBalancer' }),
      subnetAllows({ name: 'probes', priority: 2000, source: 'AzureLoadBalancer' }),
      set('web-nsg', 'properties.securityRules[probes].properties.destinationAddressPrefix', undefined),
      set(
        'web-nsg',
        'properties.securityRules[probes].properties.destinationApplicationSecurityGroups',
        groups.map((name) => ({ id: applicationGroupId(world, name) })),
      ),
      healthReason('web-1', 'Down_Probe_TcpProbeTimeout', undefined, 'Down'),
    );

export default {
  fires: [
    {
      when: 'one of the application security groups of a rule is empty',
      world: () => change(healthyWorld({ members: 1 }), letInTo('web', 'empty')),
      on: '/networkInterfaces/web-1-nic',
      severity: 'medium',
      kind: 'risk',
      affects: ['https', 'web-pool/web-1-nic'],
      says: 'probes names several application security groups',
      types: 'or give each a rule of its own',
      data: { configured: ['probes'], inForce: ['Closed'] },
      cites: 'effectiveSecurityRules',
    },
  ],
  silent: [
    { when: 'none is empty', world: () => change(healthyWorld({ members: 1 }), letInTo('web')) },
    {
      when: 'a network manager denies, which no group says',
      world: () => change(healthyWorld(), managerDenies({ port: 8443 })),
    },
    { when: 'all is well, and nobody asked', world: () => healthyWorld(), unasked: 'list-effective-nsg' },
  ],
} satisfies RuleWorlds;
