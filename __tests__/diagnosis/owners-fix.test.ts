import { describe, expect, test } from '@jest/globals';
import { triage } from '../../lib/triage/triage.ts';
import { diagnosed } from '../fixes/property.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { adminState, deallocated, fault, listenerStopped, managedBy, managedCluster, probe } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { kubernetesWorld, nodeName } from '../world/shapes/kubernetes.ts';
import { type Change, change, SUBSCRIPTION, type World } from '../world/world.ts';

const CLUSTER = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.ContainerService/managedClusters/shop`;
const target = { name: 'kubernetes', group: 'MC_shop-rg_shop_westeurope' };
const aks = (...changes: readonly Change[]): World => change(kubernetesWorld({ nodes: 3 }), ...changes);
const off = deallocated(nodeName(2));
const where = `--resource-group=shop-rg --subscription=${SUBSCRIPTION}`;
const check = `check azlb triage --resource-group=${target.group}`;

/** The fix of the first cause that a rule tells. */
async function fixOf(world: World, rule: string, of = target): Promise<readonly string[]> {
  const { findings } = await diagnosed(world, of);
  const finding = findings.find((each) => each.rule === rule);
  return finding?.fix?.steps.map(({ kind, command }) => `${kind} ${command}`) ?? [];
}

const cut = (lines: readonly string[], to: readonly string[]) => lines.map((line, at) => line.slice(0, to[at]?.length));

describe('a node that is off, of a cluster whose id is known', () => {
  test.each<readonly [cluster: string, made: Change, steps: readonly string[]]>([
    [
      'is Stopped as a whole',
      managedCluster(CLUSTER, ['nodepool1', 'other'], 'all'),
      [`change az aks start ${where} --name=shop`, check, `undo az aks stop ${where} --name=shop`],
    ],
    [
      'runs, and its node pool is Stopped',
      managedCluster(CLUSTER, ['nodepool1', 'other'], ['nodepool1']),
      [
        `change az aks nodepool start ${where} --cluster-name=shop --nodepool-name=nodepool1`,
        check,
        `undo az aks nodepool stop ${where} --cluster-name=shop --nodepool-name=nodepool1`,
      ],
    ],
    [
      'runs, and another node pool is Stopped',
      managedCluster(CLUSTER, ['nodepool1', 'other'], ['other']),
      [`change az aks update ${where} --name=shop`, check],
    ],
    [
      'runs with its node pools',
      managedCluster(CLUSTER, ['nodepool1']),
      [`change az aks update ${where} --name=shop`, check],
    ],
    [
      'can not be read',
      (world) =>
        change(world, managedCluster(CLUSTER, ['nodepool1'], 'all'), fault({ on: /managedClusters/, kind: 'denied' })),
      [
        `look az aks show ${where} --name=shop --query=powerState.code --output=tsv`,
        `change az aks nodepool start ${where} --cluster-name=shop --nodepool-name=nodepool1`,
        check,
      ],
    ],
    [
      'is gone',
      (world) => world,
      [
        `look az aks show ${where} --name=shop --query=powerState.code --output=tsv`,
        `change az aks nodepool start ${where} --cluster-name=shop --nodepool-name=nodepool1`,
        check,
      ],
    ],
  ])('%s', async (_, cluster, steps) => {
    const lines = await fixOf(aks(off, cluster), 'member-vm-not-running');
    expect(cut(lines, steps)).toEqual(steps);
  });

  test('that the cluster can not be read makes nothing less sure', async () => {
    const cluster = managedCluster(CLUSTER, ['nodepool1']);
    const told = async (...changes: readonly Change[]) => {
      const { verdict, findings, notEvaluated } = await diagnosed(aks(off, cluster, ...changes), target);
      return { verdict, notEvaluated, findings: findings.map(({ rule, confidence }) => [rule, confidence]) };
    };
    expect(await told(fault({ on: /managedClusters/, kind: 'denied' }))).toEqual(await told());
  });

  test('a cluster is asked for only where a node is off', async () => {
    const asks = async (world: World, group = target.group) => {
      const az = azInMemory(world);
      await triage(
        az,
        { kind: 'named', name: target.name, resourceGroup: group, subscription: undefined },
        { recordedAt: world.clock },
      );
      return az.calls.filter(({ argv }) => argv[0] === 'aks').length;
    };
    const cluster = managedCluster(CLUSTER, ['nodepool1']);
    expect([await asks(aks(cluster)), await asks(aks(cluster, listenerStopped(nodeName(1))))]).toEqual([0, 0]);
    expect(await asks(aks(cluster, off))).toBe(1);
    // Whose group no cluster manages has none to ask for.
    expect(await asks(change(kubernetesWorld({ owner: 'kubernetes' }), off), 'k8s-rg')).toBe(0);
  });
});

describe('what else is wrong in a cluster whose id is known', () => {
  const web = { name: 'web-lb', group: 'shop-rg' };
  const managed = (...changes: readonly Change[]) =>
    change(healthyWorld(), managedBy('shop-rg', CLUSTER), managedCluster(CLUSTER, ['nodepool1']), ...changes);

  test('who is in its pools is decided by AKS', async () => {
    const lines = await fixOf(managed(adminState('web-2', 'Down')), 'admin-state-down', web);
    expect(lines).toContain(`change az aks update ${where} --name=shop`);
    expect(lines.filter((line) => /^(change|undo) az (network|vmss?) /.test(line))).toEqual([]);
  });

  test("a probe is its Service's", async () => {
    const lines = await fixOf(managed(probe({ port: 25 })), 'http-probe-on-blocked-port', web);
    expect(lines.some((line) => line.includes('azure-load-balancer-health-probe-request-path'))).toBe(true);
    expect(lines.filter((line) => /^(change|undo) az /.test(line))).toEqual([]);
  });
});
