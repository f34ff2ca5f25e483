import {
  answersHttp,
  deallocated,
  fault,
  healthDenied,
  healthReason,
  listenerStopped,
  managerDenies,
  nicDenies,
  power,
  probe,
  set,
  subnetDenies,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const nics = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/networkInterfaces`;
const bySecond = set('web-2', 'properties.networkProfile.networkInterfaces', [
  { id: `${nics}/web-2-nic`, properties: { primary: false } },
  { id: `${nics}/web-2-main`, properties: { primary: true } },
]);
const deaf = () => change(healthyWorld(), listenerStopped('web-2'));

export default {
  fires: [
    {
      when: 'nothing listens on the probe port of one machine',
      data: {
        reason: 'Down_Probe_TcpProbeTimeout',
        port: 8443,
        power: 'PowerState/running',
        allowedBy: ['AllowVnetInBound'],
      },
      world: deaf,
      on: '/virtualMachines/web-2',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      kind: 'fault',
      says: "Nothing is listening on port 8443 of machine web-2, or the guest's own firewall drops it",
      types: "--name=web-2 --command-id=RunShellScript '--scripts=ss -ltnp'",
    },
    {
      when: 'the only machine is deaf, and Windows',
      world: () =>
        change(
          healthyWorld({ members: 1 }),
          listenerStopped('web-1'),
          set('web-1', 'properties.storageProfile.osDisk.osType', 'Windows'),
        ),
      severity: 'critical',
      types: 'Get-NetFirewallRule -Enabled True',
    },
    {
      when: 'it is an instance of a Uniform scale set',
      world: () => change(healthyWorld({ membership: 'uniform' }), listenerStopped('web_2')),
      on: '/virtualMachines/2',
      says: 'machine web_2',
      types: '--instance-id=2',
    },
    {
      when: 'the member is named by its address',
      world: () => change(healthyWorld({ membership: 'ip' }), listenerStopped('web-2')),
      affects: ['https', 'web-pool/web-2'],
    },
    {
      when: 'the rules in force can not be read',
      world: () => change(deaf(), fault({ on: /^POST .*effectiveNetworkSecurityGroups/, kind: 'denied' })),
      on: '/virtualMachines/web-2',
      types: '# Start on web-2 what should listen on port 8443',
    },
    {
      when: 'the probe port carries no traffic, and other members answer on it',
      world: () =>
        change(
          healthyWorld({ probes: [{ name: 'web-probe', protocol: 'Tcp', port: 9000 }] }),
          listenerStopped('web-2', 9000),
        ),
      says: 'port 9000 of machine web-2',
    },
  ],
  silent: [
    {
      when: 'its machine starts',
      world: () => change(deaf(), power('web-2', 'starting'), healthReason('web-2', 'Down_Probe_TcpProbeTimeout')),
    },
    {
      when: 'a group denies the probe, and the rules in force can not be read',
      world: () =>
        change(
          deaf(),
          subnetDenies({ priority: 150 }),
          fault({ on: /^POST .*effectiveNetworkSecurityGroups/, kind: 'denied' }),
        ),
    },

    { when: 'all is well', world: () => healthyWorld() },
    { when: 'the machine is off', world: () => change(healthyWorld(), deallocated('web-2')) },
    {
      when: 'the machine is off and still named',
      world: () =>
        change(
          healthyWorld({ membership: 'ip' }),
          deallocated('web-2'),
          healthReason('web-2', 'Down_Probe_TcpProbeTimeout'),
        ),
    },
    { when: 'a group denies the probe', world: () => change(deaf(), subnetDenies({ priority: 150 })) },
    { when: "its interface's group does", world: () => change(deaf(), nicDenies('web-2')) },
    { when: 'a network manager does', world: () => change(deaf(), managerDenies({ port: 8443 })) },
    { when: 'it answers 500', world: () => change(healthyWorld(), answersHttp('web-2', 500)) },
    { when: 'reasons can not be read', world: () => change(deaf(), healthDenied()) },
    {
      when: 'the machine can not be read',
      world: () => change(deaf(), fault({ on: /virtualMachines/, kind: 'denied' })),
    },
    {
      when: 'neither the group nor what is in force can be read',
      world: () =>
        change(
          deaf(),
          fault({ on: 'web-nsg', kind: 'denied' }),
          fault({ on: /effectiveNetworkSecurityGroups/, kind: 'denied' }),
        ),
    },
    {
      when: "it is the machine's second interface: that is why its answer is lost",
      world: () => change(deaf(), bySecond),
    },
    {
      when: 'nobody answers on a port that carries no traffic: the probe is wrong',
      world: () => change(healthyWorld(), probe({ port: 9000 })),
    },
  ],
} satisfies RuleWorlds;
