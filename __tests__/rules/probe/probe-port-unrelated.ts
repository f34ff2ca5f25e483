import {
  adminState,
  balancingRule,
  deallocated,
  listenerStopped,
  listens,
  nicDenies,
  probe,
  subnetDenies,
} from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { type Change, change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const everyone = ['https', 'web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-3-nic'];
const answering = (...machines: readonly string[]): readonly Change[] =>
  machines.map((machine) => listens(machine, { port: 9000, speaks: 'http' }));
const two = {
  balancingRules: [
    { name: 'https', frontendPort: 443, backendPort: 8443 },
    { name: 'http', frontendPort: 80, backendPort: 8080 },
  ],
};
const managed = { 'aks-managed-cluster-name': 'shop' };

export default {
  fires: [
    {
      when: 'no member answers there',
      data: { port: 9000, backendPorts: [8443], deaf: 3 },
      world: () => change(healthyWorld(), probe({ port: 9000 })),
      on: '/probes/web-probe',
      affects: everyone,
      severity: 'high',
      kind: 'fault',
      says: 'checks port 9000, its balancing rules send traffic to 8443; no member answers',
      explains: ['rule-all-down', 'tcp-probe-timeout'],
      types: ['--port=8443', '--port=9000'],
    },
    {
      when: 'every member answers there to a TCP probe',
      world: () =>
        change(
          healthyWorld({ probes: [{ name: 'web-probe', protocol: 'Tcp', port: 9000 }] }),
          ...answering('web-1', 'web-2', 'web-3'),
        ),
      affects: ['https'],
      severity: 'medium',
      kind: 'risk',
    },
    {
      when: 'every member answers there',
      types: '# See first that members answer Http /healthz on port 8443',
      world: () => change(healthyWorld(), probe({ port: 9000 }), ...answering('web-1', 'web-2', 'web-3')),
      affects: ['https'],
      severity: 'low',
      kind: 'risk',
      says: 'send traffic to 8443.',
    },
    {
      when: 'some members answer there: the port is right',
      world: () => change(healthyWorld(), probe({ port: 9000 }), ...answering('web-1', 'web-2')),
      affects: ['https'],
      severity: 'low',
      kind: 'risk',
      explains: [],
    },
    {
      when: 'the subnet denies the probe, so that none could answer',
      world: () => change(healthyWorld(), probe({ port: 9000 }), subnetDenies({ name: 'DenyAll', priority: 150 })),
      severity: 'low',
      kind: 'risk',
    },
    {
      when: 'one member is off, one is denied, one taken out: the last tells',
      world: () =>
        change(
          healthyWorld({ members: 4 }),
          probe({ port: 9000 }),
          deallocated('web-1'),
          nicDenies('web-2', { name: 'DenyAll', priority: 150 }),
          adminState('web-3', 'Down'),
        ),
      affects: ['https', 'web-pool/web-4-nic'],
      says: 'no member answers the probe',
      cites: '.reason',
      severity: 'high',
      kind: 'fault',
    },
    {
      when: 'no member is left to tell',
      world: () =>
        change(
          healthyWorld(),
          probe({ port: 9000 }),
          ...['web-1', 'web-2', 'web-3'].map((name) => adminState(name, 'Down')),
        ),
      severity: 'low',
      kind: 'risk',
    },
    {
      when: 'two balancing rules share it',
      world: () => change(healthyWorld(two), probe({ port: 9000 })),
      affects: ['http', ...everyone],
      kind: 'fault',
      says: '8443, 8080',
      types: 'a probe of its own port',
    },
    {
      when: 'it is a floating IP on a public frontend',
      world: () => change(healthyWorld(), probe({ port: 9000 }), balancingRule({ enableFloatingIP: true })),
      kind: 'fault',
    },
  ],
  silent: [
    {
      when: 'it is the port that traffic goes to',
      world: () => change(healthyWorld(), listenerStopped('web-1'), listenerStopped('web-2'), listenerStopped('web-3')),
    },
    { when: "it is another of its balancing rules' ports", world: () => healthyWorld(two) },
    {
      when: 'every port is balanced',
      world: () =>
        change(
          healthyWorld(),
          probe({ port: 9000 }),
          balancingRule({ backendPort: 0, frontendPort: 0, protocol: 'All' }),
        ),
    },
    {
      when: 'a cluster answers it on a port of its own',
      world: () =>
        change(
          healthyWorld({ internal: true, probes: [{ name: 'web-probe', protocol: 'Tcp', port: 59999 }] }),
          balancingRule({ enableFloatingIP: true }),
        ),
    },
    {
      when: 'what it stands for is UDP',
      world: () => change(healthyWorld(), probe({ port: 9000 }), balancingRule({ protocol: 'Udp' })),
    },
    { when: 'AKS writes it', world: () => change(healthyWorld({ tags: managed }), probe({ port: 10256 })) },
    {
      when: 'it is a Gateway',
      world: () => change(healthyWorld({ sku: 'Gateway' }), balancingRule({ backendPort: 9 })),
    },
  ],
} satisfies RuleWorlds;
