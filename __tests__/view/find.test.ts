import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { findTargetOf } from '../../commands/support/find-target.ts';
import { withAz } from '../../commands/support/with-az.ts';
import { maskedAz, masks } from '../../lib/masking/mask.ts';
import { recording } from '../../lib/recording/recording.ts';
import { foundNote, foundReport } from '../../lib/report/found-report.ts';
import { render } from '../../lib/report/render.ts';
import { foundExitCode } from '../../lib/view/find/exit-code.ts';
import { find } from '../../lib/view/find/find.ts';
import type { Wanted } from '../../lib/view/find/wanted.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import {
  addedToLb,
  adminState,
  also,
  deallocated,
  emptyPool,
  fault,
  instanceBehindModel,
  listenerStopped,
  modelLacksPool,
  notInPool,
  readerOnly,
  set,
} from '../world/changes.ts';
import { healthyWorld, type Shape } from '../world/healthy.ts';
import { type Change, change, emptyWorld, together, type World } from '../world/world.ts';
import { everyOne, misfits, plain } from './shown.ts';

const { subscription } = healthyWorld();
const group = `/subscriptions/${subscription}/resourceGroups/shop-rg/providers`;
const network = `${group}/Microsoft.Network`;
const compute = `${group}/Microsoft.Compute`;
const frontend = { id: `${network}/loadBalancers/web-lb/frontendIPConfigurations/web-frontend` };

async function found(world: World, wanted: string | Partial<Wanted>) {
  const az = azInMemory(world);
  const meant = {
    text: '',
    resourceGroup: undefined,
    port: undefined,
    ...(typeof wanted === 'string' ? { text: wanted } : wanted),
  };
  const value = await find(az, everyOne, meant, { recordedAt: world.clock, masked: (text) => text });
  return {
    value,
    code: foundExitCode(value),
    text: foundReport(value, plain).text(),
    asked: az.calls.map(({ argv }) => argv.join(' ').replace(/ --.*/, '')),
  };
}

const uniform = (...changes: readonly Change[]): World =>
  change(healthyWorld({ membership: 'uniform', members: 5 }), ...changes);
const flexible = (...changes: readonly Change[]): World => change(healthyWorld({ membership: 'flexible' }), ...changes);
const plainWorld = (...changes: readonly Change[]): World => change(healthyWorld(), ...changes);

/** A scale set of three grew by two, and its model does not name the pool. */
const grown = uniform(modelLacksPool(), notInPool('web_4'), notInPool('web_5'));

const inSet =
  (...names: readonly string[]): Change =>
  (world) =>
    change(
      world,
      ...names.map((name) => set(name, 'properties.availabilitySet', { id: `${compute}/availabilitySets/web-set` })),
    );
const inNetwork = (nic: string, name: string): Change =>
  set(nic, 'properties.ipConfigurations[ipconfig1].properties.subnet', {
    id: `${network}/virtualNetworks/${name}/subnets/default`,
  });
/** A further interface of web-3, in the pool with its second configuration. */
const secondInterface: Change = (world) =>
  change(
    world,
    notInPool('web-3'),
    also({
      id: `${network}/networkInterfaces/web-3-back`,
      name: 'web-3-back',
      type: 'Microsoft.Network/networkInterfaces',
      properties: {
        ipConfigurations: [
          {
            name: 'one',
            properties: {
              privateIPAddress: '10.20.9.8',
              subnet: { id: `${network}/virtualNetworks/shop-vnet/subnets/web-subnet` },
            },
          },
          {
            name: 'two',
            properties: {
              privateIPAddress: '10.20.9.9',
              subnet: { id: `${network}/virtualNetworks/shop-vnet/subnets/web-subnet` },
              loadBalancerBackendAddressPools: [{ id: `${network}/loadBalancers/web-lb/backendAddressPools/web-pool` }],
            },
          },
        ],
      },
    }),
    set('web-3', 'properties.networkProfile.networkInterfaces', [
      { id: `${network}/networkInterfaces/web-3-nic`, properties: { primary: true } },
      { id: `${network}/networkInterfaces/web-3-back`, properties: { primary: false } },
    ]),
  );
const dns = set('web-lb-ip', 'properties.dnsSettings', {
  domainNameLabel: 'shop',
  fqdn: 'shop.westeurope.cloudapp.azure.com',
});
const nat = addedToLb('inboundNatRules', {
  name: 'ssh',
  properties: {
    frontendIPConfiguration: frontend,
    protocol: 'Tcp',
    frontendPortRangeStart: 50000,
    frontendPortRangeEnd: 50099,
    backendPort: 22,
    backendAddressPool: { id: `${network}/loadBalancers/web-lb/backendAddressPools/web-pool` },
  },
});
const publicOnMachine: Change = (world) =>
  change(
    world,
    also({
      id: `${network}/publicIPAddresses/jump-ip`,
      name: 'jump-ip',
      type: 'Microsoft.Network/publicIPAddresses',
      properties: { ipAddress: '20.1.2.3' },
    }),
    set('web-1-nic', 'properties.ipConfigurations[ipconfig1].properties.publicIPAddress', {
      id: `${network}/publicIPAddresses/jump-ip`,
    }),
  );
const lonelyInterface = also({
  id: `${network}/networkInterfaces/spare-nic`,
  name: 'spare-nic',
  type: 'Microsoft.Network/networkInterfaces',
  properties: { ipConfigurations: [{ name: 'ipconfig1', properties: { privateIPAddress: '10.20.7.7' } }] },
});
const twoPools = { pools: [{ name: 'web-pool' }, { name: 'api-pool' }] } as const satisfies Shape;

type Said = readonly [
  wanted: string | Partial<Wanted>,
  when: string,
  world: () => World,
  code: number,
  ...lines: readonly string[],
];

describe('a machine', () => {
  const inPool = '✓ in web-pool of web-lb through web-2-nic/ipconfig1 10.20.0.5: up (Up_Probe_Success)';
  const cases: readonly Said[] = [
    ['web-2', 'by its name', plainWorld, 0, 'web-2  machine, zone 2, running', inPool],
    ['WEB-2', 'in other letters', plainWorld, 0, inPool],
    ['web-2-nic', "by its interface's name", plainWorld, 0, inPool],
    ['10.20.0.5', 'by its address', plainWorld, 0, inPool],
    [`${compute}/virtualMachines/web-2`, 'by its id', plainWorld, 0, inPool],
    [`${network}/networkInterfaces/WEB-2-nic`, "by its interface's id", plainWorld, 0, inPool],
    [
      `${network}/networkInterfaces/web-2-nic/ipConfigurations/ipconfig1`,
      "by its configuration's id",
      plainWorld,
      0,
      inPool,
    ],
    ['jump-ip', "by its own public IP's name", () => plainWorld(publicOnMachine), 0, 'web-1  machine'],
    ['20.1.2.3', 'by its own public IP', () => plainWorld(publicOnMachine), 0, 'web-1  machine'],
    [
      'web-2',
      'down and set by an administrator in one pool',
      () => plainWorld(deallocated('web-2'), adminState('web-2', 'Down')),
      0,
      'web-2  machine, zone 2, deallocated',
      '✗ in web-pool of web-lb through web-2-nic/ipconfig1 10.20.0.5: down, admin state Down',
    ],
    [
      'web-2',
      'whose probe times out',
      () => plainWorld(listenerStopped('web-2')),
      0,
      'down (Down_Probe_TcpProbeTimeout)',
    ],
    [
      'web-2',
      'in an IP-based pool',
      () => healthyWorld({ membership: 'ip' }),
      0,
      '✓ in web-pool of web-lb through 10.20.0.5: up',
    ],
    [
      'web-3',
      'in the pool with the second configuration of its second interface',
      () => plainWorld(secondInterface),
      0,
      '✓ in web-pool of web-lb through web-3-back/two 10.20.9.9: up (Up_Probe_Success)',
    ],
    [
      'web-1',
      'in no pool, like the others',
      () => plainWorld(emptyPool()),
      0,
      '- in no pool',
      'web-1-nic: ipconfig1 10.20.0.4',
    ],
    [
      'spare-nic',
      'an interface of no machine',
      () => plainWorld(lonelyInterface),
      0,
      'spare-nic  network interface of no machine',
      '- in no pool',
    ],
    [
      'web_2',
      'an instance of a Uniform scale set',
      uniform,
      0,
      'web_2  scale-set instance, of scale set web, zone 2, running',
      '✓ in web-pool of web-lb through web-nic/ipconfig1 10.20.0.5: up',
    ],
    ['web/2', 'an instance as set/number', uniform, 0, 'web_2  scale-set instance'],
    [
      `${compute}/virtualMachineScaleSets/web/virtualMachines/2`,
      "an instance's id",
      uniform,
      0,
      'web_2  scale-set instance',
    ],
    ['10.20.0.5', "an instance's address", uniform, 0, 'web_2  scale-set instance'],
    ['web_2', "a Flexible set's machine", flexible, 0, 'web_2  machine, of scale set web, zone 2, running'],
    ['web/2', "a Flexible set's machine as set/number", flexible, 0, 'web_2  machine'],
    ['web', 'a scale set: each instance', uniform, 0, 'web_1  scale-set', 'web_5  scale-set'],
  ];
  test.each(cases)('%j, %s', async (wanted, _, world, code, ...lines) => {
    const said = await found(world(), wanted);
    for (const line of lines) expect(said.text).toContain(line);
    expect(said.code).toBe(code);
    expect(said.value.machines.flatMap(({ missing }) => missing)).toEqual([]);
    expect(misfits('found', said.value)).toEqual([]);
  });
});

describe('a machine that is missing', () => {
  const cases: readonly (readonly [
    wanted: string,
    when: string,
    world: () => World,
    reason: string,
    ...lines: readonly string[],
  ])[] = [
    [
      'web_4',
      'its set grew, whose model lacks the pool',
      () => grown,
      'model-lacks-pool',
      '✗ not in web-pool of web-lb (https): 3 of the 4 others of scale set web are (web_1, web_2, web_3).',
      'Why: the model of scale set web does not name web-pool: an instance made from it never joins.',
      'What to do: azlb triage -g shop-rg -n web-lb',
    ],
    ['web/5', 'the other one', () => grown, 'model-lacks-pool', 'web_5  scale-set instance'],
    ['10.20.0.7', 'by its address', () => grown, 'model-lacks-pool', 'web_4  scale-set instance'],
    [
      'web_4',
      'the model was not applied to it',
      () => uniform(instanceBehindModel('web_4')),
      'model-not-applied',
      "web_4  scale-set instance, of scale set web, zone 1, running, not at its set's latest model",
      'Why: the model of scale set web names web-pool, but was not applied to web_4 (latestModelApplied is false).',
    ],
    [
      'web_3',
      "a Flexible set's machine whose interface lacks the pool",
      () => flexible(notInPool('web_3')),
      'interface-without-pool',
      '2 of the 2 others of scale set web are',
      'Why: its IP configuration web_3-nic/ipconfig1 does not name web-pool.',
    ],
    ['web_3', 'and so does the model', () => flexible(notInPool('web_3'), modelLacksPool()), 'model-lacks-pool'],
    [
      'web-3',
      'called like those in it',
      () => plainWorld(notInPool('web-3')),
      'interface-without-pool',
      '✗ not in web-pool of web-lb (https): 2 of the 2 machines called web-* are (web-1, web-2).',
    ],
    [
      'web-3',
      'of their availability set',
      () => plainWorld(notInPool('web-3'), inSet('web-1', 'web-2', 'web-3')),
      'interface-without-pool',
      '2 of the 2 others of availability set web-set are',
    ],
    [
      'web-3',
      'in another virtual network',
      () => plainWorld(notInPool('web-3'), inNetwork('web-3-nic', 'old-vnet')),
      'other-network',
      'Why: web-3 is in virtual network old-vnet, the members of web-pool are in shop-vnet: a pool holds machines of one\n',
    ],
    [
      'web-3',
      'whose address is not listed',
      () =>
        change(healthyWorld({ membership: 'ip' }), (world) =>
          change(
            world,
            set('web-3-nic', 'properties.ipConfigurations[ipconfig1].properties.privateIPAddress', '10.20.0.99'),
          ),
        ),
      'address-not-listed',
      'Why: web-pool lists addresses, and 10.20.0.99 is not among them.',
    ],
    [
      'web-3',
      'with its address in a network that the pool is not of',
      () => change(healthyWorld({ membership: 'ip' }), inNetwork('web-3-nic', 'old-vnet')),
      'other-network',
    ],
    [
      'web-3',
      'without an interface',
      () => plainWorld(notInPool('web-3'), set('web-3', 'properties.networkProfile.networkInterfaces', [])),
      'no-interface',
      'Why: web-3 has no network interface.',
    ],
    [
      'web-3',
      'whose interfaces nobody may read',
      () => plainWorld(notInPool('web-3'), fault({ on: /GET .*networkInterfaces\?/, kind: 'denied' })),
      'not-read',
      'Not read: Denied on',
    ],
    ['web', 'two of a scale set', () => grown, 'model-lacks-pool', 'web_4  scale-set', 'web_5  scale-set'],
  ];
  test.each(cases)('%s, %s', async (wanted, _, world, reason, ...lines) => {
    const { value, code, text } = await found(world(), wanted);
    for (const line of lines) expect(text).toContain(line);
    expect([...new Set(value.machines.flatMap(({ missing }) => missing.map((each) => each.reason)))]).toEqual([reason]);
    // A set and a name pattern may both say it.
    for (const { missing } of value.machines) expect(missing.length).toBeLessThan(2);
    expect(code).toBe(1);
    expect(misfits('found', value)).toEqual([]);
  });

  test.each<readonly [string, string, () => World]>([
    [
      'web-3',
      'where only one of three called alike is in the pool',
      () => change(healthyWorld({ members: 4 }), notInPool('web-2'), notInPool('web-3'), notInPool('web-4')),
    ],
    ['api-1', 'where those called otherwise are', () => healthyWorld(twoPools)],
    [
      'web-7',
      'where those called alike are in another group',
      () =>
        change(
          healthyWorld(),
          also({
            id: `${compute.replace('shop-rg', 'old-rg')}/virtualMachines/web-7`,
            name: 'web-7',
            type: 'Microsoft.Compute/virtualMachines',
            properties: {},
          }),
        ),
    ],
    [
      'web_7',
      'where those called alike are in a scale set',
      () =>
        flexible(
          also({
            id: `${compute}/virtualMachines/web_7`,
            name: 'web_7',
            type: 'Microsoft.Compute/virtualMachines',
            properties: {},
          }),
        ),
    ],
    [
      'web_3',
      'of a scale set beside a machine called alike',
      () => together(uniform(), healthyWorld({ group: 'old-rg', pools: [{ name: 'old-pool' }] })),
    ],
  ])('%s is not, %s', async (wanted, _, world) => {
    const { value, code } = await found(world(), wanted);
    expect(value.machines.flatMap(({ missing }) => missing)).toEqual([]);
    expect(code).toBe(0);
  });
});

describe('a frontend', () => {
  const line = 'rule https, Tcp 443 → pool web-pool port 8443, probe web-probe: 3 of 3 up';
  const head = /web-lb, group shop-rg: frontend web-frontend, public 20\.50\.\d+\.20/;
  const cases: readonly (readonly [
    wanted: string | Partial<Wanted>,
    when: string,
    world: () => World,
    code: number,
    ...lines: readonly (string | RegExp)[],
  ])[] = [
    ['web-lb-ip', "by its public IP's name", plainWorld, 0, head, line],
    ['20.50.179.20', 'by its public address', plainWorld, 0, head, line],
    [
      'shop.westeurope.cloudapp.azure.com',
      'by its DNS name',
      () => plainWorld(dns),
      0,
      head,
      'shop.westeurope.cloudapp.azure.com',
      line,
    ],
    ['Shop.westeurope.cloudapp.azure.com.', 'by its DNS name with a dot', () => plainWorld(dns), 0, line],
    [
      '10.20.15.250',
      'by its private address',
      () => healthyWorld({ internal: true }),
      0,
      'frontend web-frontend, internal 10.20.15.250',
      line,
    ],
    [
      'FD00:20:1:0::250',
      'by its IPv6 address, written otherwise',
      () => healthyWorld({ internal: true, ipv6: true }),
      0,
      'frontend web-frontend-v6, internal',
    ],
    ['web-lb', 'by its load balancer', plainWorld, 0, head, line],
    [frontend.id, 'by its id', plainWorld, 0, line],
    [`${network}/loadBalancers/web-lb`, "by its load balancer's id", plainWorld, 0, line],
    [`${network}/publicIPAddresses/web-lb-ip`, "by its public IP's id", plainWorld, 0, line],
    ['web-lb-ip', 'with members down', () => plainWorld(listenerStopped('web-2')), 0, ': 2 of 3 up'],
    [{ text: 'web-lb-ip', port: 443 }, 'and a port of a rule', plainWorld, 0, line],
    [
      { text: 'web-lb-ip', port: 50017 },
      'and a port of a NAT rule',
      () => plainWorld(nat),
      0,
      'NAT rule ssh, Tcp 50000-50099 → web-pool 22',
    ],
    [
      { text: 'web-lb-ip', port: 8080 },
      'and a port that nothing listens on',
      () => plainWorld(nat),
      1,
      '✗ No rule listens on port 8080.',
    ],
    [
      { text: 'web-lb', port: 8080 },
      'where every port is balanced',
      () => healthyWorld({ sku: 'Gateway' }),
      0,
      'rule all, All any → pool web-pool port any, probe web-probe: 0 of 3 up, 3 unknown',
    ],
    [
      'shop-nat-ip',
      'none: a public IP of neither',
      plainWorld,
      0,
      'public IP shop-nat-ip is put on no frontend and no interface.',
    ],
  ];
  test.each(cases)('%j, %s', async (wanted, _, world, code, ...lines) => {
    const said = await found(world(), wanted);
    for (const each of lines) {
      if (typeof each === 'string') expect(said.text).toContain(each);
      else expect(said.text).toMatch(each);
    }
    expect(said.code).toBe(code);
    expect(misfits('found', said.value)).toEqual([]);
  });
});

describe('an address', () => {
  test('that a pool lists and nobody is known to have', async () => {
    const world = change(
      healthyWorld({ membership: 'ip' }),
      set('web-2-nic', 'properties.ipConfigurations[ipconfig1].properties.privateIPAddress', '10.20.0.99'),
    );
    const { text, value } = await found(world, '10.20.0.5');
    expect(text).toContain('10.20.0.5  address that no interface is known to have');
    expect(text).toContain('in web-pool of web-lb through 10.20.0.5');
    expect(misfits('found', value)).toEqual([]);
  });
  test('is one however it is written', async () => {
    const { value } = await found(healthyWorld({ ipv6: true }), 'FD00:20:1:0:0:0:1:2');
    expect(value.thing?.name).toBe('web-2');
  });
});

describe('a name', () => {
  const twice = together(healthyWorld(), healthyWorld({ group: 'stage-rg', pools: [{ name: 'web-pool' }] }));
  test('of several things lists them, and asks for no health', async () => {
    const { value, code, text, asked } = await found(twice, 'web-1');
    expect(code).toBe(2);
    expect(value.candidates.map(({ id }) => id)).toEqual([
      `${compute}/virtualMachines/web-1`,
      `${compute}/virtualMachines/web-1`.replace('shop-rg', 'stage-rg'),
    ]);
    expect(text).toMatch(/web-1 +machine +\/subscriptions\/.*stage-rg/);
    expect(foundNote(value)).toBe('web-1 is the name of 2 things. Name one by its id, or its group with -g.');
    expect(asked).not.toContain('rest --method=post');
    expect(misfits('found', value)).toEqual([]);
  });
  test('is one thing in its group', async () => {
    const { value } = await found(twice, { text: 'web-1', resourceGroup: 'Stage-rg' });
    expect(value.thing).toMatchObject({ name: 'web-1', resourceGroup: 'stage-rg' });
    expect(value.candidates).toEqual([]);
  });
  test.each<readonly [number, string, () => World, RegExp]>([
    [3, 'of nothing', plainWorld, /^Nothing in subscription .* is called nope/],
    [3, 'where there is no load balancer', () => emptyWorld(), /^Nothing in the active subscription is called nope/],
    [
      5,
      'of nothing, but not all could be read',
      () => plainWorld(fault({ on: /GET .*virtualMachines\?/, kind: 'denied' })),
      /^nope was not found in .* not all could be read/,
    ],
  ])('%i: %s', async (code, _, world, note) => {
    const said = await found(world(), 'nope');
    expect(said.code).toBe(code);
    expect(foundNote(said.value)).toMatch(note);
  });
  test('whose health is not readable is known all the same', async () => {
    const denied = plainWorld(readerOnly(), fault({ on: /insights/i, kind: 'denied' }));
    const { code, text } = await found(denied, 'web-1');
    expect(text).toContain('? in web-pool of web-lb through web-1-nic/ipconfig1 10.20.0.4: unknown');
    expect(text).toContain('loadBalancers/loadBalancingRules/health/action');
    expect(code).toBe(5);
  });
  test.each([
    ['web-1', /publicIPAddresses\?/],
    ['web-lb-ip', /virtualMachines\?/],
  ])('%s does not hang on a list that says nothing of it', async (wanted, on) => {
    expect((await found(plainWorld(fault({ on, kind: 'denied' })), wanted)).code).toBe(0);
  });
  test('is looked for in all groups, whatever the default one', async () => {
    const az = azInMemory(healthyWorld());
    const listed: (boolean | undefined)[] = [];
    const run: typeof az.run = (argv, options) => {
      if (argv.includes('list')) listed.push(options?.wholeSubscription);
      return az.run(argv, options);
    };
    const options = { recordedAt: undefined, masked: (text: string) => text };
    await find({ run }, everyOne, { text: 'nope', resourceGroup: undefined, port: undefined }, options);
    expect(listed).toEqual([true, true, true, true, true]);
  });
  test('cannot be looked for where load balancers cannot be listed', async () => {
    await expect(
      found(plainWorld(fault({ on: /GET .*loadBalancers\?/, kind: 'denied' })), 'web-1'),
    ).rejects.toMatchObject({ kind: 'denied' });
  });
});

describe('asking', () => {
  const lists = ['network lb list', 'network nic list', 'vm list', 'rest', 'vmss list', 'network public-ip list'];
  test.each<readonly [string, () => World, readonly string[]]>([
    ['nope', plainWorld, lists],
    ['web_4', () => grown, [...lists, 'vmss list-instances', 'vmss nic list']],
    ['web-lb', uniform, [...lists, 'vmss list-instances', 'vmss nic list', 'rest', 'rest', 'rest', 'rest']],
    ['web-1', plainWorld, [...lists, 'rest', 'rest', 'rest', 'rest']],
  ])('for %s', async (wanted, world, commands) => {
    expect((await found(world(), wanted)).asked).toEqual(commands);
  });

  test('only the rules that matter', async () => {
    const world = healthyWorld({
      ...twoPools,
      balancingRules: [
        { name: 'https', frontendPort: 443, backendPort: 8443 },
        { name: 'api', frontendPort: 80, backendPort: 8080, pool: 'api-pool' },
      ],
    });
    const az = azInMemory(world);
    await find(
      az,
      everyOne,
      { text: 'api-1', resourceGroup: undefined, port: undefined },
      { recordedAt: world.clock, masked: (text) => text },
    );
    const posted = az.calls.flatMap(({ argv }) => (argv.includes('--method=post') ? [argv.join(' ')] : []));
    expect(posted).toEqual([expect.stringContaining('/loadBalancingRules/api/health')]);
  });

  test.each([
    ['a name', { target: 'web-1', subscription: 'Shop production' }, { text: 'web-1' }, 'Shop production'],
    [
      'an id: its own subscription',
      { target: '/subscriptions/other/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/x/' },
      { text: '/subscriptions/other/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/x' },
      'other',
    ],
    ['a port', { target: '10.0.0.4', port: '443' }, { text: '10.0.0.4', port: 443 }, undefined],
  ] as const)('%s', (_, options, wanted, asked) => {
    const made = findTargetOf(options);
    expect(made.wanted).toMatchObject(wanted);
    expect(made.subscription).toBe(asked);
  });
  test.each([
    [{ target: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/x' }, 'is no id of'],
    [{ target: '/web-1' }, 'is no id of'],
    [{ target: ' ' }, 'TARGET must be'],
    [{ target: 'a\u0007b' }, 'TARGET must be'],
    [{ target: 'x', port: '70000' }, '--port needs'],
    [{ target: 'x', port: '0' }, '--port needs'],
    [{ target: 'x', resourceGroup: 'a/b' }, 'resource-group'],
    [{ target: 'x', subscription: '@file' }, '--subscription'],
  ])('refuses %j', (options, because) => expect(() => findTargetOf(options)).toThrow(because));
});

describe('recordings', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'azlb-find-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const wanted: Wanted = { text: 'web_4', resourceGroup: undefined, port: undefined };

  test('answer the same again, and about others', async () => {
    const into = path.join(folder, 'own');
    const kept = recording(azInMemory(grown), into);
    const first = await find(kept, everyOne, wanted, { recordedAt: grown.clock, masked: (text) => text });
    await kept.save({
      schemaVersion: 1,
      title: '',
      scope: { ...first.scope, limit: null },
      az: '',
      recordedAt: grown.clock,
    });
    const again = (text: string) =>
      withAz(
        { replay: into, onlyShowErrors: true },
        (az, target, recordedAt, masked) => find(az, target, { ...wanted, text }, { recordedAt, masked }),
        () => ({ title: '', az: '', recordedAt: '' }),
      );
    const { calls: _, ...second } = await again('web_4');
    expect(second).toEqual({ ...first, calls: undefined });
    expect(foundExitCode(await again('web_5'))).toBe(1);
    expect(foundExitCode(await again('web_1'))).toBe(5);
  });

  test('of a triage know what is around their load balancer', async () => {
    const value = await withAz(
      { replay: 'recorded-outputs/model-lacks-pool', onlyShowErrors: true },
      (az, target, recordedAt, masked) => find(az, target, { ...wanted, text: 'web_2' }, { recordedAt, masked }),
      () => ({ title: '', az: '', recordedAt: '' }),
    );
    expect(value.machines).toMatchObject([{ name: 'web_2', pools: [{ pool: 'web-pool' }] }]);
    expect(value.notRead).toEqual([{ because: expect.stringContaining('The recording has no lists') }]);
  });

  test('masked, nothing of the target is seen, and it is found', async () => {
    const made = masks();
    const value = await find(maskedAz(azInMemory(grown), made), everyOne, wanted, {
      recordedAt: grown.clock,
      masked: made.text,
    });
    expect(value.machines).toMatchObject([{ missing: [{ reason: 'model-lacks-pool' }] }]);
    expect(JSON.stringify(value)).not.toMatch(/web|shop/);
  });
});

test.each([
  [
    'tsv',
    'web_4\tmissing\tweb-lb\tweb-pool\tmodel-lacks-pool\tthe model of scale set web does not name web-pool: an instance made from it never joins\n',
  ],
  ['table', /^Name +How +LoadBalancer/],
] as const)('as %s', async (format, wanted) => {
  const text = render(foundReport((await found(grown, 'web_4')).value, plain), { format });
  if (typeof wanted === 'string') expect(text).toBe(wanted);
  else expect(text).toMatch(wanted);
});
