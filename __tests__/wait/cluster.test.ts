import { expect, test } from '@jest/globals';
import { fault } from '../world/changes.ts';
import { clusterWorld } from '../world/shapes/cluster.ts';
import { change, type World } from '../world/world.ts';
import { waiting } from './waiting.ts';

const cluster = (...actives: readonly (readonly number[])[]): World =>
  clusterWorld({
    name: 'web-lb',
    group: 'shop-rg',
    nodes: 'web',
    listeners: actives.map((active, at) => ({ name: `ag${at}`, probePort: 59_999 - at, port: 1433, active })),
  });

async function waited(world: World) {
  const { outcome } = await waiting(() => world, {
    condition: { kind: 'healthy', wanted: 'all' },
    timeoutSeconds: 300,
  });
  const { have, wanted, missing, notes } = outcome;
  return { outcome: outcome.outcome, have, wanted, missing, notes };
}

test('all of a cluster are healthy when one node is up', async () => {
  expect(await waited(cluster([2]))).toEqual({ outcome: 'reached', have: 1, wanted: 1, missing: [], notes: [] });
});

test('for each of its balancing rules alone', async () => {
  expect(await waited(cluster([1], [2]))).toMatchObject({ outcome: 'reached', have: 2, wanted: 2 });
});

test('not when none is up, nor when two are', async () => {
  expect(await waited(cluster([]))).toMatchObject({
    outcome: 'timed-out',
    have: 0,
    missing: ['web-1-nic', 'web-2-nic'],
  });
  expect(await waited(cluster([1, 2]))).toMatchObject({
    outcome: 'timed-out',
    notes: ['Several nodes answer the probe of ag0-rule: of a cluster one should, and the others are passive.'],
  });
});

test('not when nobody knows whether it is a cluster', async () => {
  const unread = change(cluster([1]), fault({ on: /networkInterfaces/, kind: 'denied' }));
  expect(await waited(unread)).toMatchObject({ outcome: 'timed-out', have: 1, wanted: 2 });
});
