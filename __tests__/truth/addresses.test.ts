import { describe, expect, test } from '@jest/globals';
import { triage } from '../../lib/triage/triage.ts';
import { triaged } from '../rules/triaged.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { fault, gone, nicDenies, set, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import type { JsonObject } from '../world/json.ts';
import { type Change, change, named, resourcesOf, SUBSCRIPTION, type World, withProperty } from '../world/world.ts';

const network = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network/virtualNetworks/shop-vnet`;
const nicType = 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces';
const addressesPath = 'properties.backendAddressPools[web-pool].properties.loadBalancerBackendAddresses';
const poolsPath = 'properties.ipConfigurations[ipconfig1].properties.loadBalancerBackendAddressPools';

/** The instances of a Uniform scale set, in a pool of addresses: az lists their interfaces with their set alone. */
function instancesByAddress(...changes: readonly Change[]): World {
  const world = healthyWorld({ membership: 'uniform' });
  const left = resourcesOf(world, nicType).reduce(
    (changed, { id }) => withProperty(changed, id, poolsPath, undefined),
    world,
  );
  const addresses = [1, 2, 3].map((number) => addressAt(`node-${number}`, `10.20.0.${3 + number}`));
  return change(left, set('web-lb', addressesPath, addresses), ...changes);
}

const addressAt = (name: string, ipAddress: string): JsonObject => ({
  name,
  properties: { ipAddress, virtualNetwork: { id: network } },
});

const rulesIn = ({ findings }: Awaited<ReturnType<typeof triaged>>) =>
  findings.filter(({ kind }) => kind !== 'advice').map(({ rule }) => rule);
/** An address that something has which az shows no interface of, such as a firewall. */
const serviceAt = (ip: string): World =>
  change(
    healthyWorld({ membership: 'ip' }),
    set('web-lb', `${addressesPath}[web-2].properties.ipAddress`, ip),
    fault({ on: /CheckIPAddressAvailability/, kind: 'denied' }),
  );

describe('an address in a pool that no list of interfaces has', () => {
  test("instances of a Uniform scale set are found in their set's own list", async () => {
    const diagnosis = await triaged(instancesByAddress());
    expect(diagnosis.verdict).toBe('ok');
    expect(rulesIn(diagnosis)).toEqual([]);
    expect(
      diagnosis.members.map(({ name, machineId, powerState }) => [name, machineId?.split('/').at(-1), powerState]),
    ).toEqual([
      ['node-1', '1', 'running'],
      ['node-2', '2', 'running'],
      ['node-3', '3', 'running'],
    ]);
  });

  test("so that their interface's and subnet's security groups are seen", async () => {
    expect(rulesIn(await triaged(instancesByAddress(subnetDenies({ name: 'Deny', priority: 110 }))))).toContain(
      'nsg-blocks-probe',
    );
    const one = (world: World): World => {
      const nicId = `${named(world, 'web_2', 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines').id}/networkInterfaces/web-nic`;
      return nicDenies(nicId, { name: 'Deny', priority: 110 })(world);
    };
    const diagnosis = await triaged(instancesByAddress(one));
    expect(diagnosis.findings.find(({ rule }) => rule === 'nsg-blocks-probe')?.affects).toEqual([
      'https',
      'web-pool/node-2',
    ]);
  });

  test('a list of scale sets that can not be had is a gap, not "no security group"', async () => {
    const refused = fault({ on: /^GET .*virtualMachineScaleSets\?/, kind: 'denied' });
    const diagnosis = await triaged(instancesByAddress(refused));
    expect(diagnosis.verdict).toBe('unknown');
    expect(diagnosis.notEvaluated.map(({ rule }) => rule)).toContain('nsg-blocks-data');
  });

  test('an interface that none of these has: the subnet that holds the address says what its security group does', async () => {
    const denied = await triaged(change(serviceAt('10.20.0.99'), subnetDenies({ name: 'Deny', priority: 110 })));
    const finding = denied.findings.find(({ rule }) => rule === 'nsg-blocks-probe');
    expect(finding?.affects).toContain('web-pool/web-2');
    const { notEvaluated } = await triaged(serviceAt('10.20.0.99'));
    expect(notEvaluated.map(({ rule }) => rule)).not.toContain('nsg-blocks-probe');
  });

  test('no subnet holds it: nobody knows which security groups stand in its way', async () => {
    const { notEvaluated } = await triaged(serviceAt('10.99.0.4'));
    expect(notEvaluated.find(({ rule }) => rule === 'nsg-blocks-probe')?.because).toMatch(/no subnet .* hold/);
  });

  test('nothing of this is asked where a list of interfaces has every address', async () => {
    const world = healthyWorld({ membership: 'ip' });
    const az = azInMemory(world);
    await triage(
      az,
      { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined },
      { recordedAt: world.clock },
    );
    const asked = az.calls.map(({ argv }) => argv.slice(0, 3).join(' '));
    expect(asked.filter((command) => /vnet show|^vmss/.test(command))).toEqual([]);
  });
});

describe('Azure deletes nothing that is in use', () => {
  const group = 'properties.subnets[web-subnet].properties.networkSecurityGroup.id';
  const elsewhere = set('shop-vnet', group, `${network.replace(/virtualNetworks.*/, 'networkSecurityGroups/other')}`);

  test.each([
    ['a subnet that is not found while interfaces stand in it', gone('shop-vnet')],
    ["a subnet's security group that is not found", elsewhere],
  ])('%s is a gap', async (_, broken) => {
    const diagnosis = await triaged(change(healthyWorld(), broken));
    expect(diagnosis.verdict).toBe('unknown');
    expect(diagnosis.notEvaluated.map(({ rule }) => rule)).toContain('nsg-blocks-data');
  });
});
