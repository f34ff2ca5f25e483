import { expect, test } from '@jest/globals';
import { triaged } from '../rules/triaged.ts';
import { deallocated, fault } from '../world/changes.ts';
import { clusterWorld } from '../world/shapes/cluster.ts';
import { type Change, change } from '../world/world.ts';

const cluster = (active: readonly number[], ...changes: readonly Change[]) =>
  change(
    clusterWorld({
      name: 'web-lb',
      group: 'shop-rg',
      nodes: 'web',
      listeners: [{ name: 'ag', probePort: 59_999, port: 1433, active }],
    }),
    ...changes,
  );

test('a passive node that is off is a risk, the active one a fault', async () => {
  const passive = await triaged(cluster([1], deallocated('web-2')));
  expect(passive.verdict).toBe('at-risk');
  expect(passive.findings.find(({ rule }) => rule === 'member-vm-not-running')).toMatchObject({
    kind: 'risk',
    message: expect.stringContaining('(passive for ag-rule now, and the next failover goes there).'),
  });
  const active = await triaged(cluster([1], deallocated('web-1')));
  expect(active.verdict).toBe('down');
  expect(active.findings.find(({ rule }) => rule === 'member-vm-not-running')?.kind).toBe('fault');
});

test("with no node up the cluster's own port is one cause, and nothing is to be started there", async () => {
  const { verdict, causes, findings } = await triaged(cluster([]));
  const steps = findings.find(({ key }) => key === causes[0])?.fix?.steps.map(({ title }) => title) ?? [];
  expect({ verdict, causes: causes.length, first: causes[0]?.split('@')[0] }).toEqual({
    verdict: 'down',
    causes: 1,
    first: 'path-clear-app-suspect',
  });
  expect(steps[0]).toContain('ProbePort 59999');
  expect(steps.some((title) => title.startsWith('Start on'))).toBe(false);
});

test('where an interface can not be read nobody knows, and two up are degraded', async () => {
  const unread = await triaged(cluster([1], fault({ on: /networkInterfaces/, kind: 'denied' })));
  expect(unread.verdict).toBe('unknown');
  expect((await triaged(cluster([1, 2]))).verdict).toBe('degraded');
});
