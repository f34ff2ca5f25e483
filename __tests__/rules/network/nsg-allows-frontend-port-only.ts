import {
  balancingRule,
  deallocated,
  managerAlwaysAllows,
  set,
  subnetAllows,
  subnetDenies,
  withoutSecurityRule,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { type Change, change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const field = (name: string, value: string | readonly string[] | undefined): Change =>
  set('web-nsg', `properties.securityRules[allow-web].properties.${name}`, value);
const opensFrontend = field('destinationPortRange', '443');

export default {
  fires: [
    {
      when: '443 is open and the members listen on 8443',
      world: () => change(healthyWorld(), opensFrontend),
      on: '/networkSecurityGroups/web-nsg',
      affects: ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'],
      severity: 'critical',
      kind: 'fault',
      says: "Security rule allow-web in web-nsg allows port 443, the frontend's; the members of https get their traffic on port 8443, where clients from the internet are denied.",
      types: [
        '--nsg-name=web-nsg --name=allow-web --destination-port-ranges 443 8443',
        '--destination-port-ranges=443',
      ],
    },
    {
      when: 'the frontend port is one of several',
      world: () =>
        change(healthyWorld(), field('destinationPortRange', undefined), field('destinationPortRanges', ['80', '443'])),
      types: '--destination-port-ranges 80 443 8443',
    },
    {
      when: 'the probe has an allow of its own',
      world: () =>
        change(
          healthyWorld(),
          opensFrontend,
          subnetAllows({ name: 'lb', priority: 140, source: 'AzureLoadBalancer', port: 8443 }),
        ),
    },
  ],
  silent: [
    {
      when: 'what denies comes first: another port would change nothing',
      world: () =>
        change(
          healthyWorld(),
          withoutSecurityRule('allow-web'),
          subnetDenies({ name: 'Closed', priority: 150, port: 8443 }),
          subnetAllows({ name: 'web', priority: 200, port: 443, source: 'Internet' }),
        ),
    },
    { when: 'all is well', world: () => healthyWorld() },
    {
      when: 'both are open',
      world: () => change(healthyWorld(), opensFrontend, subnetAllows({ port: 8443, priority: 210 })),
    },
    {
      when: 'the ports are the same and closed',
      world: () =>
        change(
          healthyWorld({ balancingRules: [{ name: 'https', frontendPort: 8443, backendPort: 8443 }] }),
          field('destinationPortRange', '443'),
        ),
    },
    {
      when: 'floating IP and equal ports',
      world: () => change(healthyWorld(), opensFrontend, balancingRule({ enableFloatingIP: true, backendPort: 443 })),
    },
    {
      when: 'a deny stands before a rule that allows both',
      world: () =>
        change(
          healthyWorld(),
          field('destinationPortRange', '*'),
          subnetDenies({ priority: 150, source: 'Internet', port: 8443 }),
        ),
    },
    {
      when: 'the frontend port is open to some only',
      world: () => change(healthyWorld(), opensFrontend, field('sourceAddressPrefix', '203.0.113.0/24')),
    },
    {
      when: 'a deny stands before the frontend port as well',
      world: () => change(healthyWorld(), opensFrontend, subnetDenies({ priority: 150, source: 'Internet' })),
    },
    {
      when: 'a network manager lets them in',
      world: () => change(healthyWorld(), opensFrontend, managerAlwaysAllows({ port: 8443 })),
    },
    {
      when: 'the machine is off',
      world: () => change(healthyWorld({ members: 1 }), opensFrontend, deallocated('web-1')),
    },
  ],
} satisfies RuleWorlds;
