import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { expectationFor } from '../../lib/expect/write.ts';
import { expectationRuleIds } from '../../lib/rule-ids.generated.ts';
import { examine } from '../../lib/triage/triage.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import {
  deallocated,
  emptyPool,
  healthDenied,
  instanceBehindModel,
  machineGone,
  nicGone,
  notInPool,
  readerOnly,
  withoutProbe,
} from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, type Shape } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { expected } from './expecting.ts';

async function written(world: World): Promise<string> {
  const target = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
  const { topology } = await examine(azInMemory(world), target, { recordedAt: world.clock });
  return expectationFor(topology);
}

async function differences(world: World, text: string) {
  const { findings, notEvaluated } = await expected(world, text);
  const isOwn = ({ rule }: { readonly rule: string }) => expectationRuleIds.some((id) => id === rule);
  return [...findings.filter(isOwn).map(({ message }) => message), ...notEvaluated.filter(isOwn)];
}

const ports = [80, 443, 8443] as const;
const shapes: fc.Arbitrary<Shape> = fc
  .record({
    members: fc.integer({ min: 0, max: 5 }),
    membership: fc.constantFrom('nic', 'ip', 'uniform', 'flexible'),
    internal: fc.boolean(),
    sku: fc.constantFrom('Standard', 'Standard', 'Basic', 'Gateway'),
    zones: fc.constantFrom(['1', '2', '3'], ['1'], []),
    pools: fc.constantFrom([{ name: 'web-pool' }], [{ name: 'web-pool' }, { name: 'api-pool', members: 2 }]),
    protocol: fc.constantFrom('Http', 'Https', 'Tcp'),
  })
  .map(({ sku, membership, protocol, ...shape }) => ({
    ...shape,
    sku,
    membership: sku === 'Standard' ? membership : 'nic',
    ...(sku !== 'Gateway' && {
      probes: ports.map((port) => ({
        name: `p${port}`,
        protocol,
        port,
        ...(protocol !== 'Tcp' && { path: '/ready' }),
      })),
      balancingRules: ports.slice(0, 2).map((port, at) => ({
        name: `r${port}`,
        frontendPort: port,
        backendPort: port,
        pool: shape.pools.at(at)?.name ?? 'web-pool',
        probe: `p${port}`,
      })),
    }),
  }));

describe('a file that is written from what is there', () => {
  test('agrees with it, whatever its shape', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const world = healthyWorld(shape);
        expect(await differences(world, await written(world))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test.each([
    ['a global one', () => healthyGlobalWorld()],
    ['with two addresses a machine', () => healthyWorld({ ipv6: true })],
    ['a machine off', () => change(healthyWorld(), deallocated('web-2'))],
    ['a machine gone', () => change(healthyWorld(), machineGone('web-2'))],
    ['an interface gone', () => change(healthyWorld(), nicGone('web-2'))],
    ['an instance left out', () => change(healthyWorld({ membership: 'uniform' }), instanceBehindModel('web_3'))],
    ['one taken out', () => change(healthyWorld(), notInPool('web-3'))],
    ['an empty pool', () => change(healthyWorld(), emptyPool())],
    ['no probe', () => change(healthyWorld(), withoutProbe())],
    ['a Reader', () => change(healthyWorld(), readerOnly())],
    ['health denied', () => change(healthyWorld(), healthDenied())],
  ])('agrees with it: %s', async (_, made) => {
    const world = made();
    expect(await differences(world, await written(world))).toEqual([]);
  });

  test('can be read by a person, and holds what is worth saying', async () => {
    expect((await written(healthyWorld())).split('\n').slice(3, 30).join('\n')).toBe(`loadBalancer: web-lb
resourceGroup: shop-rg
pools:
  web-pool:
    members:
      - web-1
      - web-2
      - web-3
    smallestHealthy: 2
    zones:
      - 1
      - 2
      - 3
    approvedSubnets:
      - shop-vnet/web-subnet
    probe:
      protocol: http
      port: 8443
      path: /healthz
balancingRules:
  https:
    pool: web-pool

# For whoever is on call, printed under the verdict:
# owner: which team, and where it is reached
# normalCheck: what shows that it works, as a client sees it
# escalation: whom to call next`);
  });

  test('finds what happens after it was written', async () => {
    const before = healthyWorld({ membership: 'uniform', members: 4 });
    const after = change(before, instanceBehindModel('web_4'));
    expect(await differences(after, await written(before))).toEqual([
      'web_4 is expected in web-pool and not there.',
      'web-pool has 3 members, not 4.',
    ]);
  });
});
