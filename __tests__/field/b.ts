import {
  answers,
  deallocated,
  fault,
  gone,
  healthAnswers,
  machineGone,
  notInPool,
  set,
  subnetDenies,
} from '../world/changes.ts';
import { healthyWorld, loadBalancerOf } from '../world/healthy.ts';
import * as web from '../world/shapes/web.ts';
import { type Change, change, type World } from '../world/world.ts';
import type { Expected, Row } from './row.ts';

const three = (...changes: readonly Change[]): World => change(healthyWorld(), ...changes);
const byAddress = (...changes: readonly Change[]): World => change(healthyWorld({ membership: 'ip' }), ...changes);
const unknown: Expected = { verdict: 'unknown', exitCode: 5 };
const rowsOfHealth = 'loadBalancerBackendAddresses';

const cut = ['loadBalancingRules', 'backendAddressPools', 'probes'].map(
  (list): Row => ({
    row: `B1 an answer without ${list} was cut`,
    world: () => three(answers('web-lb', `properties.${list}`, undefined)),
    expect: { refused: { exitCode: 4 } },
  }),
);

/** What must never come out as fine. */
export const truths: readonly Row[] = [
  ...cut,
  ...['uniform', 'ip'].map(
    (membership): Row => ({
      row: `B1 the same of ${membership} members: no balancing rules`,
      world: () =>
        change(
          healthyWorld({ membership: membership === 'ip' ? 'ip' : 'uniform' }),
          answers('web-lb', 'properties.loadBalancingRules', undefined),
        ),
      expect: { refused: { exitCode: 4 } },
    }),
  ),
  {
    row: 'B1 no balancing rule, while pool, probe and frontend refer to one',
    world: () => three(answers('web-lb', 'properties.loadBalancingRules', [])),
    expect: unknown,
  },
  {
    row: 'B1 no balancing rule, while the pool alone refers to one',
    world: () =>
      three(
        answers('web-lb', 'properties.loadBalancingRules', []),
        answers('web-lb', 'properties.probes[web-probe].properties.loadBalancingRules', undefined),
        answers('web-lb', 'properties.frontendIPConfigurations[web-frontend].properties.loadBalancingRules', undefined),
      ),
    expect: unknown,
  },
  {
    row: 'B1 no balancing rule and nothing that refers to one',
    world: () => three(set('web-lb', 'properties.loadBalancingRules', [])),
    expect: { verdict: ['ok', 'at-risk'], text: { hasNot: [/every member gets traffic/i] } },
  },
  {
    row: 'B1 nothing at all',
    world: () =>
      three(
        set('web-lb', 'properties.loadBalancingRules', []),
        set('web-lb', 'properties.probes', []),
        notInPool('web-1'),
        notInPool('web-2'),
        notInPool('web-3'),
        set('web-lb', 'properties.backendAddressPools', []),
      ),
    expect: { text: { hasNot: [/every member gets traffic/i] } },
  },
  {
    row: 'B2 health counts more than its rows',
    world: () => three(healthAnswers('https', 'up', 7)),
    expect: { ...unknown, unread: [/up|count/i] },
  },
  {
    row: 'B2 health counts one down and lists none',
    world: () => three(healthAnswers('https', 'down', 1)),
    expect: unknown,
  },
  {
    row: 'B2 a row of a stranger instead of a member',
    world: () =>
      three(
        healthAnswers('https', `${rowsOfHealth}[1]`, {
          ipAddress: '10.99.0.9',
          state: 'Up',
          reason: 'Up_Probe_Success',
        }),
      ),
    expect: unknown,
  },
  {
    row: 'B2 one member twice, the second time down',
    world: () =>
      three(
        (world) =>
          healthAnswers('https', `${rowsOfHealth}[3]`, {
            ipAddress: '10.20.0.4',
            networkInterfaceIPConfigurationId: `${loadBalancerOf(world).id.split('/loadBalancers/')[0]}/networkInterfaces/web-1-nic/ipConfigurations/ipconfig1`,
            state: 'Down',
            reason: 'Down_Probe_TcpProbeTimeout',
          })(world),
        healthAnswers('https', 'down', 1),
      ),
    expect: { verdict: ['unknown', 'degraded'], exitCode: [1, 5] },
  },
  {
    row: 'B2 a member is missing without a reason',
    world: () => three(healthAnswers('https', `${rowsOfHealth}[2]`, undefined), healthAnswers('https', 'up', 2)),
    expect: { verdict: ['unknown', 'degraded'], exitCode: [1, 5] },
  },
  {
    row: 'B2 a member is missing because it is off: a reason',
    world: () => three(deallocated('web-3')),
    expect: { verdict: 'degraded', exitCode: 1, first: 'member-vm-not-running' },
  },
  {
    row: 'B2 no rows at all',
    world: () =>
      three(
        healthAnswers('https', rowsOfHealth, []),
        healthAnswers('https', 'up', 0),
        healthAnswers('https', 'down', 0),
      ),
    expect: { verdict: ['unknown', 'down'], exitCode: [1, 5] },
  },
  {
    row: 'B3 the scale set was refused',
    world: () => change(healthyWorld({ membership: 'uniform' }), fault({ on: 'web', kind: 'denied' })),
    expect: unknown,
  },
  {
    row: 'B3 the scale set is not there',
    world: () => change(healthyWorld({ membership: 'uniform' }), fault({ on: 'web', kind: 'not-found' })),
    expect: { verdict: 'unknown', exitCode: 5 },
  },
  {
    row: 'B3 a Reader of a plain network: health by the metric',
    world: () => three(fault({ on: /^POST (?!\/batch)/, kind: 'denied' })),
    expect: { exitCode: 0, verdict: 'ok' },
  },
  {
    row: 'B4 az answers with another load balancer',
    world: () =>
      three((world) =>
        answers(
          'web-lb',
          'id',
          loadBalancerOf(world).id.replace('/loadBalancers/web-lb', '/loadBalancers/other-lb'),
        )(world),
      ),
    expect: { refused: { exitCode: 4 } },
  },
  {
    row: 'B4 an interface answers with the id of another',
    world: () =>
      three((world) =>
        answers(
          'web-2-nic',
          'id',
          `${loadBalancerOf(world).id.split('/loadBalancers/')[0]}/networkInterfaces/web-9-nic`,
        )(world),
      ),
    expect: { verdict: ['unknown', 'degraded'], exitCode: [1, 5] },
  },
  {
    row: 'B5 the subnet is gone while an interface stands in it',
    world: () => three(set('shop-vnet', 'properties.subnets', [])),
    expect: { verdict: 'unknown', exitCode: 5 },
  },
  {
    row: 'B5 the group is gone while the subnet names it',
    world: () => three(gone('web-nsg')),
    expect: { verdict: 'unknown', exitCode: 5 },
  },
  {
    row: 'B6 nobody knows the interface behind an address',
    world: () =>
      byAddress(
        (world) =>
          [...world.resources.values()]
            .filter(({ id }) => /networkInterfaces/.test(id))
            .reduce((changed, { id }) => fault({ on: id, kind: 'denied' })(changed), world),
        fault({ on: /^GET [^?]*\/networkInterfaces(\?|$)/, kind: 'denied' }),
      ),
    expect: { exitCode: 5, verdict: 'unknown', never: ['standard-public-no-nsg'] },
  },
  {
    row: 'B6 instances behind addresses, in no list of interfaces, and a deny of the probe',
    world: () => change(web.instancesByAddress(), subnetDenies({ name: 'closed', priority: 150, port: 8443 })),
    expect: { verdict: 'down', exitCode: 1, first: 'nsg-blocks-probe' },
  },
  {
    row: 'B7 health was refused, nothing is said to be not up',
    world: () =>
      three(
        deallocated('web-1'),
        fault({ on: /^POST .*\/health(\?|$)/, kind: 'denied' }),
        fault({ on: /insights\/metrics/, kind: 'denied' }),
      ),
    expect: { exitCode: 1, text: { hasNot: [/not up/i] } },
  },
  {
    row: 'B9 an unknown SKU is not judged as Standard',
    world: () => three(set('web-lb', 'sku', { name: 'Service', tier: 'Regional' })),
    expect: { verdict: 'unknown', exitCode: 5, owner: 'aks', text: { has: [/Service/] } },
  },
  {
    row: 'B11 the machine is gone and its interface still names it',
    world: () => three(machineGone('web-2')),
    expect: { verdict: ['degraded', 'unknown'], exitCode: [1, 5] },
  },
];
