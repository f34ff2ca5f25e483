import { describe, expect, test } from '@jest/globals';
import type { Az } from '../../lib/az/call.ts';
import type { Target } from '../../lib/collect/target.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { triage } from '../../lib/triage/triage.ts';
import { triageMany } from '../../lib/triage/triage-many.ts';
import { triaged } from '../rules/triaged.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { addedToLb, answers, deallocated, set } from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, type Shape } from '../world/healthy.ts';
import type { Json } from '../world/json.ts';
import { change, together, type World } from '../world/world.ts';

const one = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
const group = { kind: 'scope', resourceGroup: 'shop-rg', subscription: undefined } as const;
const said = (world: World, path: string, value: Json | undefined) => change(world, answers('web-lb', path, value));
async function because(world: World) {
  const { verdict, notEvaluated } = await triaged(world);
  return [verdict, ...new Set(notEvaluated.map((gap) => gap.because))].join(' ');
}

const shapes: readonly (readonly [string, Shape])[] = [
  ['Standard', {}],
  ['Basic', { sku: 'Basic' }],
  ['Gateway', { sku: 'Gateway' }],
];

describe('an answer that was cut', () => {
  const lists = ['loadBalancingRules', 'backendAddressPools', 'probes', 'frontendIPConfigurations'];
  test.each(shapes.flatMap(([name, shape]) => lists.map((list) => [name, list, shape] as const)))(
    'of a %s load balancer, without %s, is unreadable',
    async (_, list, shape) => {
      const world = said(healthyWorld(shape), `properties.${list}`, undefined);
      await expect(triaged(world)).rejects.toMatchObject({
        kind: 'unreadable',
        message: expect.stringContaining(list),
      });
    },
  );

  test.each(['2.91.0', '2.50.0', '2.45.0'] as const)('is none where the lists are empty (az %s)', async (version) => {
    const world = change(healthyWorld(), ...lists.map((list) => set('web-lb', `properties.${list}`, [])));
    const diagnosis = await triage(azInMemory(world, { version }), one, { recordedAt: world.clock });
    expect(diagnosis.balancingRules).toEqual([]);
  });

  test('of a Global load balancer', async () => {
    const world = said(healthyGlobalWorld(), 'properties.loadBalancingRules', undefined);
    await expect(triaged(world)).rejects.toMatchObject({ kind: 'unreadable' });
  });

  test('among several is one that was not read, exit 4', async () => {
    const other = healthyWorld({ name: 'api-lb', group: 'shop-rg' });
    const world = said(together(healthyWorld(), other), 'properties.probes', undefined);
    const diagnoses = await triageMany(azInMemory(world), group, { recordedAt: world.clock });
    expect(diagnoses.loadBalancers.map(({ verdict }) => verdict)).toEqual(['unknown', 'ok']);
    expect(exitCode(diagnoses, 'high')).toBe(4);
  });
});

describe('what a load balancer says of itself in two places, and not alike, is unknown', () => {
  const ruleId = '/loadBalancingRules/https';
  const id = (world: World, suffix: string) =>
    `${[...world.resources.values()].find(({ name }) => name === 'web-lb')?.id ?? ''}${suffix}`;

  test('no balancing rule is listed, and the frontend, the pool and the probe refer back to one', async () => {
    const text = await because(said(healthyWorld(), 'properties.loadBalancingRules', []));
    expect(text).toMatch(/^unknown/);
    for (const part of ['frontend web-frontend', 'pool web-pool', 'probe web-probe'])
      expect(text).toContain(`${part} refers back to balancing rule https, which the load balancer does not list`);
  });

  test('what is down all the same is down', async () => {
    const world = change(healthyWorld(), deallocated('web-1'), deallocated('web-2'), deallocated('web-3'));
    const other = id(world, '/loadBalancingRules/other');
    const mixed = said(world, 'properties.probes[web-probe].properties.loadBalancingRules[0].id', other);
    expect((await triaged(mixed)).verdict).toBe('down');
  });

  test.each([
    [
      'a probe is left out of its balancing rule',
      'properties.loadBalancingRules[https].properties.probe',
      undefined,
      'probe web-probe refers back',
    ],
    [
      'a frontend is left out',
      'properties.loadBalancingRules[https].properties.frontendIPConfiguration',
      undefined,
      'frontend web-frontend refers back',
    ],
    [
      'a back-reference is to nothing',
      'properties.probes[web-probe].properties.loadBalancingRules[0].id',
      ruleId.replace('https', 'other'),
      'refers back to balancing rule other',
    ],
  ])('%s', async (_, path, value, told) => {
    const world = healthyWorld();
    const text = await because(said(world, path, value === undefined ? undefined : id(world, value)));
    expect(text).toMatch(/^(unknown|down)/);
    expect(text).toContain(told);
  });

  test('a part that says nothing of who refers to it contradicts nobody', async () => {
    for (const list of [
      'frontendIPConfigurations[web-frontend]',
      'backendAddressPools[web-pool]',
      'probes[web-probe]',
    ]) {
      for (const value of [undefined, []]) {
        const world = said(healthyWorld(), `properties.${list}.properties.loadBalancingRules`, value);
        expect((await triaged(world)).verdict).toBe('ok');
      }
    }
  });

  test('a balancing rule that stands there twice', async () => {
    const world = healthyWorld();
    expect(await because(change(world, ruleTwice(world)))).toContain('the balancing rule https is listed twice');
  });

  function ruleTwice(world: World) {
    const rules = [...world.resources.values()].find((each) => each.name === 'web-lb')?.properties.loadBalancingRules;
    const [first] = Array.isArray(rules) ? rules : [];
    return addedToLb('loadBalancingRules', first);
  }
});

describe('an answer about something else', () => {
  const elsewhere =
    (field: string, from: string, to: string): Az['run'] =>
    async (argv, options) => {
      const call = await azInMemory(healthyWorld()).run(argv, options);
      return argv[1] === 'lb' && (argv[2] === 'show' || argv[2] === 'list')
        ? { ...call, stdout: call.stdout.replaceAll(`/${field}/${from}`, `/${field}/${to}`) }
        : call;
    };
  const asked = (run: Az['run'], target: Partial<typeof one> = {}) =>
    triage({ run }, { ...one, ...target } as Target, { recordedAt: '2026-07-01T09:30:00.000Z' });

  test.each([
    ['the group', 'resourceGroups', 'shop-rg', 'other-rg'],
    ['the name', 'loadBalancers', 'web-lb', 'other-lb'],
  ])('of -g and -n: %s differs', async (_, field, from, to) => {
    await expect(asked(elsewhere(field, from, to))).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringMatching(/instead|by the name/),
    });
  });

  test('letter case is none of it', async () => {
    const run = elsewhere('resourceGroups', 'shop-rg', 'SHOP-RG');
    const world = healthyWorld();
    const memory = azInMemory(world);
    const upper: Az['run'] = (argv, options) => (argv[2] === 'show' ? run(argv, options) : memory.run(argv, options));
    expect((await asked(upper)).loadBalancer.resourceGroup).toBe('SHOP-RG');
    expect((await triaged(world, 'WEB-LB', 'Shop-RG')).verdict).toBe('ok');
  });

  test('of a list of one group: an item of another', async () => {
    const run = elsewhere('resourceGroups', 'shop-rg', 'other-rg');
    await expect(triageMany({ run }, group, { recordedAt: '2026-07-01T09:30:00.000Z' })).rejects.toMatchObject({
      kind: 'unreadable',
    });
  });

  test("a probe of another load balancer among one's own", async () => {
    const world = healthyWorld();
    const probeId = `/subscriptions/${world.subscription}/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/other-lb/probes/web-probe`;
    const mixed = said(world, 'properties.probes[web-probe].id', probeId);
    await expect(triaged(mixed)).rejects.toMatchObject({ message: expect.stringContaining('which is not of') });
  });
});
