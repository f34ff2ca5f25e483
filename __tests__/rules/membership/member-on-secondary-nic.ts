import { answers, answersHttp, listenerStopped, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change, SUBSCRIPTION } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const nics = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/networkInterfaces`;
const interfaces = (...list: readonly (readonly [string, boolean])[]) =>
  set(
    'web-2',
    'properties.networkProfile.networkInterfaces',
    list.map(([name, primary]) => ({ id: `${nics}/${name}`, properties: { primary } })),
  );
const bySecond = interfaces(['web-2-nic', false], ['web-2-main', true]);
const down = answersHttp('web-2', 500);

export default {
  fires: [
    {
      when: 'a member by the second interface is down',
      world: () => change(healthyWorld(), down, bySecond),
      on: '/networkInterfaces/web-2-nic',
      severity: 'medium',
      kind: 'risk',
      affects: ['https', 'web-pool/web-2-nic'],
      says: "web-2-nic, in web-pool, is not the primary one of web-2's 2 interfaces, and the member is not up.",
      types: 'az network nic show-effective-route-table',
    },
    {
      when: 'the one that gets no answer is by the second interface',
      world: () => change(healthyWorld(), listenerStopped('web-2'), bySecond),
      severity: 'high',
      kind: 'fault',
      affects: ['https', 'web-pool/web-2-nic'],
      explains: ['tcp-probe-timeout', 'rule-partially-down'],
    },
    {
      when: 'another one gets no answer by its primary interface: it explains nothing',
      world: () => change(healthyWorld({ members: 4 }), listenerStopped('web-2'), listenerStopped('web-3'), bySecond),
      severity: 'medium',
      kind: 'risk',
      explains: [],
    },
  ],
  silent: [
    { when: 'it is up all the same', world: () => change(healthyWorld(), bySecond) },
    {
      when: 'it is the primary one',
      world: () => change(healthyWorld(), down, interfaces(['web-2-nic', true], ['web-2-second', false])),
    },
    {
      when: 'the machine has one interface',
      world: () => change(healthyWorld(), down, answers('web-2-nic', 'properties.primary', false)),
    },
  ],
} satisfies RuleWorlds;
