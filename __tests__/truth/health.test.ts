import { describe, expect, test } from '@jest/globals';
import type { Az } from '../../lib/az/call.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { triage } from '../../lib/triage/triage.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { answersHttp, deallocated, fault, readerOnly } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { type Change, change, type World } from '../world/world.ts';

interface Row {
  ipAddress?: string;
  networkInterfaceIPConfigurationId?: string;
  state?: string;
  reason?: string;
}
interface Health {
  up: number;
  down: number;
  loadBalancerBackendAddresses?: Row[];
}

/** What the health action answers, changed on its way. */
function saying(world: World, edit: (health: Health, rows: Row[]) => Health | undefined): Az {
  const memory = azInMemory(world);
  return {
    run: async (argv, options) => {
      const call = await memory.run(argv, options);
      const isHealth = argv.some((each) => /operationResults/i.test(each)) && call.stdout.trim() !== '';
      if (!isHealth) return call;
      const health: Health = JSON.parse(call.stdout);
      const changed = edit(health, health.loadBalancerBackendAddresses ?? []) ?? health;
      return { ...call, stdout: JSON.stringify(changed) };
    },
  };
}

const asked = (az: Az) =>
  triage(
    az,
    { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined },
    { recordedAt: '2026-07-01T09:30:00.000Z' },
  );
const stranger: Row = { ipAddress: '10.20.0.77', state: 'Up', reason: 'Up_Probe_Success' };

const contradictions: readonly (readonly [string, (health: Health, rows: Row[]) => Health | undefined, string])[] = [
  ['more up than are listed', (health) => ({ ...health, up: 4 }), 'counts 4 up and lists 3'],
  ['fewer up than are listed', (health) => ({ ...health, up: 2 }), 'counts 2 up and lists 3'],
  ['one down that is not listed', (health) => ({ ...health, down: 1 }), 'counts 1 down and lists 0'],
  ['nobody is listed', ({ up, down }) => ({ up, down }), 'counts 3 up and lists 0'],
  [
    'somebody who is in no pool',
    (health, rows) => ({ ...health, up: 4, loadBalancerBackendAddresses: [...rows, stranger] }),
    'lists 10.20.0.77, which is in no pool',
  ],
  [
    'one member twice',
    (health, rows) => ({ ...health, up: 4, loadBalancerBackendAddresses: [...rows, ...rows.slice(0, 1)] }),
    'lists 10.20.0.4 twice',
  ],
  [
    'a state that its reason denies',
    (health, [first, ...rows]) => ({
      ...health,
      loadBalancerBackendAddresses: [{ ...first, reason: 'Down_Probe_TcpProbeTimeout' }, ...rows],
    }),
    'says Up of 10.20.0.4 with reason Down_Probe_TcpProbeTimeout',
  ],
  [
    "one member with another's address",
    (health, [first, ...rows]) => ({
      ...health,
      loadBalancerBackendAddresses: [{ ...first, ipAddress: '10.20.0.5' }, ...rows],
    }),
    'lists web-1-nic, which has 10.20.0.4, as 10.20.0.5',
  ],
];

describe('a health answer that contradicts itself or the pool', () => {
  test.each(contradictions)('%s: never ok, and it is named', async (_, edit, told) => {
    const diagnosis = await asked(saying(healthyWorld(), edit));
    expect(['unknown', 'degraded']).toContain(diagnosis.verdict);
    expect(exitCode(diagnosis, 'high')).not.toBe(0);
    expect(diagnosis.notEvaluated.map(({ because }) => because).join('\n')).toContain(told);
  });

  test('the worse state of a member that is listed twice counts', async () => {
    const world = change(healthyWorld(), answersHttp('web-2', 503));
    for (const order of [1, -1]) {
      const twice = saying(world, (_, rows) => {
        const again = rows.map((row) =>
          row.state === 'Down' ? { ...row, state: 'Up', reason: 'Up_Probe_Success' } : row,
        );
        return {
          up: 5,
          down: 1,
          loadBalancerBackendAddresses: order === 1 ? [...rows, ...again] : [...again, ...rows],
        };
      });
      const diagnosis = await asked(twice);
      expect(diagnosis.verdict).toBe('degraded');
      expect(diagnosis.members.map(({ health }) => health[0]?.state)).toEqual(['unknown', 'down', 'unknown']);
    }
  });

  test('the availability metric is not taken for it', async () => {
    const diagnosis = await asked(saying(healthyWorld(), (health) => ({ ...health, up: 9 })));
    expect(diagnosis.calls.filter(({ command }) => command.includes('metrics'))).toEqual([]);
  });

  test('Up without a reason proves nothing', async () => {
    const diagnosis = await asked(
      saying(healthyWorld(), (health, rows) => ({
        ...health,
        loadBalancerBackendAddresses: rows.map(({ reason: _, ...row }) => row),
      })),
    );
    expect(diagnosis.verdict).toBe('unknown');
  });

  test('a member that is missing without a reason is unknown; one whose machine is off is down', async () => {
    const without = (health: Health, rows: Row[]) => ({
      ...health,
      up: 2,
      loadBalancerBackendAddresses: rows.filter(({ ipAddress }) => ipAddress !== '10.20.0.5'),
    });
    expect((await asked(saying(healthyWorld(), without))).verdict).toBe('unknown');
    expect((await asked(azInMemory(change(healthyWorld(), deallocated('web-2'))))).verdict).toBe('degraded');
  });
});

describe('what is true of Azure contradicts nothing', () => {
  test.each([
    ['a scale set', healthyWorld({ membership: 'uniform' })],
    ['a pool of addresses', healthyWorld({ membership: 'ip' })],
    ['IPv6 beside IPv4', healthyWorld({ ipv6: true })],
    ['pods by other spellings of their address', healthyWorld({ membership: 'ip', ipv6: true })],
  ])('%s', async (_, world) => {
    const spelled = saying(world, (health, rows) => ({
      ...health,
      loadBalancerBackendAddresses: rows.map((row) => ({
        ...row,
        ...(row.ipAddress && { ipAddress: row.ipAddress.replace('fd00:20:1::', 'FD00:0020:0001:0::') }),
      })),
    }));
    expect((await asked(spelled)).verdict).toBe('ok');
  });
});

describe('a rule of kind risk that could not look', () => {
  const set = /^GET .*virtualMachineScaleSets\/web\?/;
  const uniform = (...changes: readonly Change[]) => change(healthyWorld({ membership: 'uniform' }), ...changes);

  test.each(['denied', 'not-found'] as const)('the model of the scale set is %s: unknown, exit 5', async (kind) => {
    const diagnosis = await asked(azInMemory(uniform(fault({ on: set, kind }))));
    expect(diagnosis.verdict).toBe('unknown');
    expect(exitCode(diagnosis, 'high')).toBe(5);
    expect(diagnosis.notEvaluated.map(({ rule }) => rule)).toContain('vmss-model-lacks-pool');
  });

  test('where no finding of it is possible, nothing is missing: a pool of addresses is in no model', async () => {
    const world = change(healthyWorld({ membership: 'ip' }), fault({ on: set, kind: 'denied' }));
    expect((await asked(azInMemory(world))).verdict).toBe('ok');
  });

  test.each([
    ['machines', {}],
    ['a scale set', { membership: 'uniform' }],
    ['a Flexible one', { membership: 'flexible' }],
    ['an internal one', { internal: true }],
    ['a pool of addresses', { membership: 'ip' }],
  ] as const)('a Reader of a plain network still gets exit 0: %s', async (_, shape) => {
    const diagnosis = await asked(azInMemory(change(healthyWorld(shape), readerOnly())));
    expect([diagnosis.verdict, exitCode(diagnosis, 'high')]).toEqual(['ok', 0]);
  });
});
