import { describe, expect, test } from '@jest/globals';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { diagnosisText } from '../../lib/report/text.ts';
import { triaged } from '../rules/triaged.ts';
import {
  agentNotReady,
  applicationGroupId,
  fault,
  readerOnly,
  set,
  subnetDenies,
  towardsApplicationGroup,
  unguarded,
} from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';

const text = async (world: World) => diagnosisText(await triaged(world), { width: 100, colour: false, verbose: false });
const reasons = ({ notEvaluated }: Awaited<ReturnType<typeof triaged>>) =>
  notEvaluated.map(({ because }) => because).join('\n');

describe('a kind of load balancer that azlb does not know', () => {
  const service = set('web-lb', 'sku', { name: 'Service', tier: 'Regional' });
  const advanced = set('web-lb', 'properties.mode', 'Advanced');

  test.each([
    ['SKU Service', service],
    ['mode Advanced', advanced],
    ['tier Local', set('web-lb', 'sku', { name: 'Standard', tier: 'Local' })],
  ])('%s is said, and not judged as Standard', async (kind, made) => {
    // A Standard one is closed to the internet without security groups.
    const diagnosis = await triaged(change(healthyWorld(), made, unguarded()));
    expect(diagnosis.verdict).toBe('unknown');
    expect(exitCode(diagnosis, 'high')).toBe(5);
    expect(reasons(diagnosis)).toContain(kind);
    expect(diagnosis.findings.map(({ rule }) => rule)).not.toContain('standard-public-no-nsg');
  });

  test('Service belongs to AKS', async () => {
    expect((await triaged(change(healthyWorld(), service))).loadBalancer.owner).toBe('aks');
  });

  test.each(['Standard', 'STANDARD', 'Basic', 'Gateway'])('%s is known', async (name) => {
    const diagnosis = await triaged(change(healthyWorld(), set('web-lb', 'sku', { name, tier: 'Regional' })));
    expect(reasons(diagnosis)).not.toContain('does not know');
  });
});

describe('application security groups may hold address prefixes, which az does not print', () => {
  const denied = (world: World): World =>
    change(world, subnetDenies({ name: 'Db', priority: 110 }), towardsApplicationGroup('Db', 'db-asg'));

  test('a deny of a group that the interface is not in is looked at in the rules in force', async () => {
    const diagnosis = await triaged(denied(healthyWorld()));
    expect(diagnosis.calls.filter(({ command }) => command.includes('list-effective-nsg')).length).toBe(1);
    expect(applicationGroupId(healthyWorld(), 'db-asg')).toMatch(/db-asg$/);
  });

  test('and is unknown where these can not be had', async () => {
    const refused = fault({ on: /^POST .*effectiveNetworkSecurityGroups/, kind: 'denied' });
    const diagnosis = await triaged(
      change(
        denied(healthyWorld()),
        refused,
        fault({ on: /^POST .*health/, kind: 'denied' }),
        fault({ on: /metrics/, kind: 'denied' }),
      ),
    );
    expect(diagnosis.verdict).toBe('unknown');
    expect(diagnosis.notEvaluated.map(({ rule }) => rule)).toContain('nsg-blocks-probe');
  });
});

test('"not up" is said only where health was read', async () => {
  const noMetrics = fault({ on: /microsoft\.insights\/metrics/, kind: 'denied' });
  const of = async (world: World) =>
    (await triaged(world)).findings.find(({ rule }) => rule === 'member-vm-unhealthy-platform')?.message;
  expect(await of(change(healthyWorld(), agentNotReady('web-2'), readerOnly(), noMetrics))).toMatch(
    /may be down \(its health was not read\)\.$/,
  );
});

describe('ok promises no more than was looked at', () => {
  test('of what comes in through balancing rules', async () => {
    expect(await text(healthyWorld())).not.toMatch(/can get it|gets? traffic/);
  });

  test('of what balances nothing, what it does instead', async () => {
    const nothing = await text(change(healthyWorld(), set('web-lb', 'properties.loadBalancingRules', [])));
    expect(nothing).toContain('web-lb: it balances nothing.');
    expect(nothing).toContain('web-lb has no balancing rule: it does nothing.');
  });
});
