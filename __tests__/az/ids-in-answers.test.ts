import { expect, test } from '@jest/globals';
import type { Az } from '../../lib/az/call.ts';
import { NoResourceId, parseId } from '../../lib/azure/ids.ts';
import { askKey } from '../../lib/evidence/ask.ts';
import { askAll } from '../../lib/evidence/asking.ts';
import { keyed } from '../../lib/evidence/evidence.ts';
import { loadBalancer } from '../../lib/evidence/questions/load-balancer.ts';
import { scaleSet } from '../../lib/evidence/questions/scale-set.ts';
import { scaleSets } from '../../lib/evidence/questions/subscription-lists.ts';
import { spread } from '../../lib/evidence/spread.ts';
import { nameOptions } from '../../lib/steps/where.ts';
import { triage } from '../../lib/triage/triage.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { healthyWorld } from '../world/healthy.ts';

const group = '/subscriptions/3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21/resourceGroups/shop-rg';
const target = { kind: 'named', resourceGroup: 'shop-rg', name: 'web-lb', subscription: undefined } as const;

/** Every id of one property of the answers that a command gives, replaced. */
const answering = (az: Az, command: RegExp, property: string, id: string): Az => ({
  async run(argv, options) {
    const call = await az.run(argv, options);
    if (!command.test(argv.join(' ')) || call.exitCode !== 0) return call;
    const replaced = JSON.parse(call.stdout, (key, value: unknown) => {
      if (key !== property) return value;
      const one = (item: unknown) => (typeof item === 'object' && item !== null ? { ...item, id } : item);
      return Array.isArray(value) ? value.map(one) : one(value);
    });
    return { ...call, stdout: JSON.stringify(replaced) };
  },
});

const foreign = ['', 'web', '--debug', '/', '/subscriptions/S', `${group}/providers/Microsoft.Network`];

const places = [
  { command: /^network lb show/, property: 'backendAddressPool', exit: 'throws' },
  { command: /^network lb show/, property: 'backendIPConfigurations', exit: 'throws' },
  { command: /^network lb show/, property: 'virtualNetwork', exit: 'throws', membership: 'ip' },
  { command: /^network (lb list-nic|nic show)/, property: 'ipConfigurations', exit: 'verdict' },
  { command: /^network nic (list|show)/, property: 'subnet', exit: 'verdict', membership: 'ip' },
  { command: /^vm get-instance-view/, property: 'virtualMachineScaleSet', exit: 'verdict', membership: 'flexible' },
] as const;

test.each(places.flatMap((place) => foreign.map((id) => ({ ...place, id }))))(
  'an answer is unreadable where $property is $id',
  async ({ command, property, exit, id, ...more }) => {
    const membership = 'membership' in more ? more.membership : 'nic';
    const world = azInMemory(healthyWorld({ membership }));
    const asked = triage(answering(world, command, property, id), target, { recordedAt: '2026-07-01T09:30:00.000Z' });
    if (exit === 'throws') {
      await expect(asked).rejects.toThrow(/its answer does not fit: at \$\S+ expected .* id/);
      return;
    }
    const { verdict, notEvaluated } = await asked;
    expect(verdict).toBe('unknown');
    expect(notEvaluated.map(({ because }) => because).join()).toMatch(/does not fit: at \$\S+ expected .* id/);
  },
);

test.each(['', '--debug', '@file', 'web'])('nothing is asked about %j', async (id) => {
  const az: Az = {
    run: async () => {
      throw new Error('az was asked');
    },
  };
  const asks = [loadBalancer, scaleSet].map((question) => ({ question, id }));
  const outcomes = [...(await askAll({ az }, asks)).values()];
  expect(outcomes).toHaveLength(2);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'missing', gap: { kind: 'unreadable' } });
    if (outcome.status === 'missing') expect(outcome.gap.because).toMatch(/is no resource id$/);
  }
});

test('an item of a list that has no id is not read, and nothing else is lost', () => {
  const answer = { command: 'az vmss list', printed: [{ id: ' ', name: 'web' }] };
  const ask = { question: scaleSets, id: '/subscriptions/S' };
  const listed = keyed([{ ask, status: 'read', answer, value: answer.printed }]);
  expect([...spread(listed).keys()]).toEqual([askKey(ask)]);
});

test('a fix that names no resource says so', () => {
  expect(() => nameOptions('web')).toThrow(NoResourceId);
  expect(parseId('web')).toBeUndefined();
});
