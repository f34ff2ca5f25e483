import { describe, expect, test } from '@jest/globals';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { expectationsIn } from '../../lib/expect/read.ts';
import { expecting, withOwnersWords } from '../../lib/expect/triage.ts';
import { diagnosisText } from '../../lib/report/text.ts';
import { triageMany } from '../../lib/triage/triage-many.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { adminState, deallocated, probe, withoutProbe } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { expected } from './expecting.ts';

const of = ({ findings }: Diagnosis, id: string) => findings.find(({ rule }) => rule === id);
const spared = (world: World) => expected(world, 'owner: shop');

describe('a member that is kept in reserve', () => {
  const off = () => change(healthyWorld(), deallocated('web-3'));
  const standby = 'pools:\n  web-pool:\n    standby: [web-3]';

  test('may be off: that stays visible, and is no problem', async () => {
    expect((await spared(off())).verdict).toBe('degraded');
    const diagnosis = await expected(off(), standby);
    expect(diagnosis.verdict).toBe('ok');
    expect(exitCode(diagnosis, 'high')).toBe(0);
    expect(of(diagnosis, 'member-vm-not-running')).toMatchObject({ kind: 'advice', severity: 'info' });
    expect(of(diagnosis, 'member-vm-not-running')?.message).toMatch(/\(kept in reserve: azlb\.yaml:3\)\.$/);
    expect(diagnosis.balancingRules[0]?.members).toMatchObject({ total: 3, up: 2 });
  });

  test('may be taken out by an administrator', async () => {
    const out = change(healthyWorld(), adminState('web-3', 'Down'));
    expect((await spared(out)).verdict).toBe('at-risk');
    expect((await expected(out, standby)).verdict).toBe('ok');
  });

  test('as many as the file wants are up: who else was taken out is a risk', async () => {
    const out = change(healthyWorld(), adminState('web-3', 'Down'), adminState('web-2', 'Down'));
    expect((await spared(out)).verdict).toBe('degraded');
    const smallest = (count: number) => `pools:\n  web-pool:\n    smallestHealthy: ${count}`;
    const diagnosis = await expected(out, smallest(1));
    expect(diagnosis.verdict).toBe('at-risk');
    expect(of(diagnosis, 'admin-state-down')).toMatchObject({ kind: 'risk', severity: 'medium' });
    expect((await expected(out, smallest(2))).verdict).toBe('degraded');
    const one = change(healthyWorld(), adminState('web-3', 'Down'));
    expect((await expected(one, smallest(3))).verdict).toBe('degraded');
  });

  test('counts for nothing in how many must be left', async () => {
    const world = change(off(), adminState('web-2', 'Down'));
    expect((await spared(world)).verdict).toBe('degraded');
    expect((await expected(world, standby)).verdict).toBe('at-risk');
  });

  test('hides nobody else', async () => {
    const diagnosis = await expected(change(off(), deallocated('web-2')), standby);
    expect(diagnosis.verdict).toBe('degraded');
    expect(diagnosis.findings.filter(({ rule }) => rule === 'member-vm-not-running').map(({ kind }) => kind)).toEqual([
      'fault',
      'advice',
    ]);
  });

  test('is no excuse when nobody else is there', async () => {
    const all = 'pools:\n  web-pool:\n    standby: [web-1, web-2, web-3]';
    const world = change(off(), deallocated('web-1'), deallocated('web-2'));
    expect((await expected(world, all)).verdict).toBe('down');
  });
});

describe('in development', () => {
  test('what would stop traffic some day is advice', async () => {
    const world = change(healthyWorld({ members: 1 }), withoutProbe());
    expect((await spared(world)).verdict).not.toBe('ok');
    const diagnosis = await expected(world, 'environment: development');
    expect(diagnosis.findings.filter(({ kind }) => kind !== 'advice')).toEqual([]);
    expect(exitCode(diagnosis, 'low')).not.toBe(1);
  });

  test('what stops it now is a fault, and what the file itself asks for holds', async () => {
    const world = change(healthyWorld(), deallocated('web-2'), probe({ port: 9000 }));
    const text = 'environment: development\npools:\n  web-pool:\n    probe: { port: 8443 }\n    zones: [4]';
    const diagnosis = await expected(world, text);
    expect(diagnosis.verdict).not.toBe('ok');
    expect(of(diagnosis, 'member-vm-not-running')?.kind).toBe('fault');
    expect(of(diagnosis, 'expected-zone-missing')?.severity).toBe('medium');
  });
});

describe('an accepted finding', () => {
  const world = () => change(healthyWorld(), probe({ path: '/' }));
  const accepting = (on: string) => `accepted:\n  - { rule: probe-path-root, ${on}because: the root is the check }`;

  test.each([
    ['anywhere', '', true],
    ['there', 'on: web-probe, ', true],
    ['elsewhere', 'on: api-probe, ', false],
  ])('%s', async (_, on, isAccepted) => {
    const plain = of(await spared(world()), 'probe-path-root');
    const accepted = of(await expected(world(), accepting(on)), 'probe-path-root');
    expect(plain?.severity).not.toBe('info');
    expect(accepted?.severity).toBe(isAccepted ? 'info' : plain?.severity);
    expect(accepted?.message.includes('(accepted, the root is the check: azlb.yaml:2)')).toBe(isAccepted);
  });

  test('hides no outage', async () => {
    const text = 'accepted:\n  - { rule: member-vm-not-running, because: x }';
    const { verdict } = await expected(change(healthyWorld(), deallocated('web-2')), text);
    expect(verdict).toBe('degraded');
  });
});

describe("the owner's words", () => {
  const text = [
    'loadBalancer: web-lb',
    'owner: shop platform, on call +1 555 0100',
    'normalCheck: >',
    '  https://shop.example/healthz',
    '  says ready',
    'rollBackWhen: errors above 1 %',
  ].join('\n');

  test('stand in the JSON, null where nothing is said', async () => {
    expect((await expected(healthyWorld(), text)).expectation).toEqual({
      file: 'azlb.yaml',
      line: 1,
      owner: 'shop platform, on call +1 555 0100',
      normalCheck: 'https://shop.example/healthz says ready',
      escalation: null,
      rollBackWhen: 'errors above 1 %',
      environment: 'production',
    });
    expect((await expected(healthyWorld(), 'loadBalancer: api-lb')).expectation).toBeNull();
  });

  test('stand right under the verdict', async () => {
    const diagnosis = await expected(change(healthyWorld(), deallocated('web-2')), text);
    const [, lines] = diagnosisText(diagnosis, { colour: false, width: 100, verbose: false }).split('\n\n');
    expect(lines).toBe(
      [
        '  Owner: shop platform, on call +1 555 0100',
        '  Normal check: https://shop.example/healthz says ready',
        '  Roll back when: errors above 1 %',
        '  Compared with what azlb.yaml:1 says it should be.',
      ].join('\n'),
    );
  });

  test('of several load balancers each has its own', async () => {
    const world = healthyWorld();
    const file =
      'loadBalancers:\n  - { loadBalancer: web-lb, owner: shop, pools: { web-pool: { members: 4 } } }\n  - { loadBalancer: api-lb, owner: api }';
    const expectations = await expectationsIn('azlb.yaml', file);
    const scope = { kind: 'scope', resourceGroup: 'shop-rg', subscription: undefined } as const;
    const options = { recordedAt: world.clock, ...expecting(expectations) };
    const { loadBalancers } = withOwnersWords(expectations, await triageMany(azInMemory(world), scope, options));
    expect(loadBalancers.map(({ expectation }) => expectation?.owner)).toEqual(['shop']);
    expect(loadBalancers.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain(
      'expected-count-differs',
    );
  });
});
