import { nicDenies, subnetAllows, subnetDenies } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

export default {
  fires: [
    {
      when: "the subnet's group denies the probe port",
      world: () => change(healthyWorld(), subnetDenies({ name: 'DenyAll', priority: 200 })),
      on: '/networkSecurityGroups/',
      severity: 'critical',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'],
      says: 'DenyAll (priority 200)',
      types: '--source-address-prefixes=AzureLoadBalancer',
    },
    {
      when: "one interface's group denies it",
      world: () => change(healthyWorld(), nicDenies('web-2', { name: 'DenyAll', priority: 200 })),
      severity: 'high',
      affects: ['https', 'web-pool/web-2-nic'],
    },
  ],
  silent: [
    {
      when: 'a wider allow stands above the deny',
      world: () =>
        change(
          healthyWorld(),
          subnetDenies({ name: 'DenyAll', priority: 200 }),
          subnetAllows({ name: 'AllowAll', priority: 150, source: '*', port: '*' }),
        ),
    },
  ],
} satisfies RuleWorlds;
