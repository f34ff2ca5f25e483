import { describe, expect, test } from '@jest/globals';
import { counted } from '../../lib/words/counted.ts';
import { named } from '../../lib/words/name-order.ts';
import type { Finding } from '../../schemas/diagnosis.generated.ts';
import { triaged } from '../rules/triaged.ts';
import { deallocated, stopped, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { type Change, change, type World } from '../world/world.ts';

const broken = async (world: World, rule: string): Promise<readonly Finding[]> =>
  (await triaged(world)).findings.filter((finding) => finding.rule === rule);

const commands = (finding: Finding | undefined, kind: string): readonly string[] =>
  (finding?.fix?.steps ?? []).flatMap((step) => (step.kind === kind ? [step.argv.slice(1, 4).join(' ')] : []));

const twelve = healthyWorld({ members: 12 });
const off = (state: (machine: string) => Change, ...numbers: readonly number[]): World =>
  change(twelve, ...numbers.map((number) => state(`web-${number}`)));

describe('several things with one cause are one finding', () => {
  test('machines that are off in one pool: their number, their names in natural order, one command and its way back', async () => {
    const [finding, ...others] = await broken(off(deallocated, 10, 2, 1), 'member-vm-not-running');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      message: '3 machines behind web-pool are deallocated: web-1, web-2, web-10.',
      on: expect.stringMatching(/\/backendAddressPools\/web-pool$/),
      affects: ['web-pool/web-1-nic', 'web-pool/web-2-nic', 'web-pool/web-10-nic'],
      data: {
        power: 'PowerState/deallocated',
        count: 3,
        each: ['web-1', 'web-2', 'web-10'].map((name) => ({
          on: expect.stringMatching(new RegExp(`/virtualMachines/${name}$`)),
          power: 'PowerState/deallocated',
        })),
      },
    });
    const change = finding?.fix?.steps.find(({ kind }) => kind === 'change');
    expect(change?.argv.slice(0, 4)).toEqual(['az', 'vm', 'start', '--ids']);
    expect(change?.argv.slice(4).map((id) => id.replace(/^.*\//, ''))).toEqual(['web-1', 'web-2', 'web-10']);
    expect(commands(finding, 'change')).toHaveLength(1);
    expect(commands(finding, 'check')).toHaveLength(1);
    expect(commands(finding, 'undo')).toEqual(['vm deallocate --ids']);
    expect(finding?.evidence.length).toBeGreaterThanOrEqual(3);
  });

  test('one thing is told as before, under its own id', async () => {
    const [finding] = await broken(off(deallocated, 2), 'member-vm-not-running');
    expect(finding).toMatchObject({ on: expect.stringMatching(/\/web-2$/), data: { power: 'PowerState/deallocated' } });
    expect(finding?.message).toBe('web-2 is deallocated, and is a member of web-pool.');
  });

  test('what differs in its cause stays apart, and each keeps its key', async () => {
    const findings = await broken(
      change(off(deallocated, 1, 3), stopped('web-2'), stopped('web-4')),
      'member-vm-not-running',
    );
    expect(findings.map(({ key }) => key.replace(/^.*\//, '')).sort()).toEqual(['web-pool', 'web-pool#2']);
    const again = await broken(
      change(off(deallocated, 7, 8), stopped('web-5'), stopped('web-4')),
      'member-vm-not-running',
    );
    const stoppedKey = (all: readonly Finding[]) => all.find(({ message }) => message.includes('stopped'))?.key;
    expect(stoppedKey(again)).toBe(stoppedKey(findings));
  });

  test('in several pools the load balancer is what they have in common', async () => {
    const pools = [{ name: 'web-pool' }, { name: 'api-pool' }];
    const balancingRules = pools.map(({ name }, at) => ({
      name: `r${at}`,
      frontendPort: 80 + at,
      backendPort: 80,
      pool: name,
    }));
    const world = change(healthyWorld({ pools, balancingRules }), deallocated('web-1'), deallocated('api-1'));
    const [finding, ...others] = await broken(world, 'member-vm-not-running');
    expect(others).toEqual([]);
    expect(finding?.on).toMatch(/\/loadBalancers\/web-lb$/);
    expect(finding?.message).toBe('2 machines behind api-pool, web-pool are deallocated: api-1, web-1.');
  });

  test('one security rule that denies several probes is one', async () => {
    const probes = [80, 81].map((port) => ({ name: `p${port}`, protocol: 'Tcp' as const, port }));
    const balancingRules = probes.map(({ name, port }) => ({
      name,
      frontendPort: port,
      backendPort: port,
      probe: name,
    }));
    const world = change(healthyWorld({ probes, balancingRules }), subnetDenies({ name: 'DenyAll' }));
    const [finding, ...others] = await broken(world, 'nsg-blocks-probe');
    expect(others).toEqual([]);
    expect(finding?.message).toContain(
      'denies health probes on ports 80, 81, and clients from the internet on ports 80, 81.',
    );
  });
});

test('of many names ten are told, and how many more there are', () => {
  const names = Array.from({ length: 17 }, (_, at) => `web-${17 - at}`);
  expect(named(names)).toBe('web-1, web-2, web-3, web-4, web-5, web-6, web-7, web-8, web-9, web-10 and 7 more');
  expect(named(['b', 'a', 'b'])).toBe('a, b');
  expect([counted(1, 'machine'), counted(2, 'machine'), counted(2, 'address', 'addresses')]).toEqual([
    '1 machine',
    '2 machines',
    '2 addresses',
  ]);
});
