import { expect, test } from '@jest/globals';
import type { Az } from '../../lib/az/call.ts';
import { askAll } from '../../lib/evidence/asking.ts';
import { networkInterface } from '../../lib/evidence/questions/network-interface.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { healthyWorld } from '../world/healthy.ts';

test('interfaces of machines are asked for together, each of a Uniform scale set by its own command', async () => {
  const az = azInMemory(healthyWorld());
  const asked: (readonly string[])[] = [];
  const group = '/subscriptions/S/resourceGroups/shop-rg/providers';
  const own = ['web-1', 'web-2'].map((name) => `${group}/Microsoft.Network/networkInterfaces/${name}-nic`);
  const set = `${group}/Microsoft.Compute/virtualMachineScaleSets/api/virtualMachines`;
  const ids = ['0', '1'].map((instance) => `${set}/${instance}/networkInterfaces/api-nic`);
  const run: Az['run'] = (argv, options) => {
    asked.push(argv);
    return az.run(argv, options);
  };
  await askAll(
    { az: { run } },
    [...ids, ...own].map((id) => ({ question: networkInterface, id })),
  );
  expect(asked.slice(0, 3)).toEqual([
    ['network', 'nic', 'show', '--ids', ...own],
    ['vmss', 'nic', 'show', ...of('api'), '--instance-id=0', '--name=api-nic'],
    ['vmss', 'nic', 'show', ...of('api'), '--instance-id=1', '--name=api-nic'],
  ]);
});

const of = (set: string) => ['--resource-group=shop-rg', `--vmss-name=${set}`, '--subscription=S'];
