import { describe, expect, test } from '@jest/globals';
import type { Az } from '../../lib/az/call.ts';
import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { triaged } from '../rules/triaged.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import {
  addedToLb,
  adminState,
  allProbedUp,
  answersHttp,
  availability,
  deallocated,
  emptyPool,
  fault,
  healthDenied,
  healthReason,
  listenerStopped,
  metricsAreOld,
  metricsDenied,
  nicDenies,
  probe,
  readerOnly,
  set,
  subnetDenies,
  withoutProbe,
} from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../world/healthy.ts';
import { type Change, change, type World } from '../world/world.ts';

const with2 = (...changes: readonly Change[]): World => change(healthyWorld({ members: 2 }), ...changes);
const with3 = (...changes: readonly Change[]): World => change(healthyWorld(), ...changes);
function withTwoRules(...changes: readonly Change[]): World {
  const http = { name: 'http', frontendPort: 80, backendPort: 8080, probe: 'http-probe', pool: 'api-pool' };
  const shape = {
    members: 2,
    pools: [{ name: 'web-pool' }, { name: 'api-pool' }],
    probes: [
      { name: 'web-probe', protocol: 'Http', port: 8443 },
      { name: 'http-probe', protocol: 'Http', port: 8080 },
    ],
    balancingRules: [{ name: 'https', frontendPort: 443, backendPort: 8443 }, http],
  } as const;
  return change(healthyWorld(shape), ...changes);
}
const denied = (on: RegExp | string): Change => fault({ on, kind: 'denied' });
const noEffective = denied(/^POST .*effectiveNetworkSecurityGroups/);
const blocksData = subnetDenies({ name: 'DenyWeb', priority: 150, source: 'Internet', port: 8443 });
const notSure = subnetDenies({ name: 'Platform', priority: 160, source: 'AzurePlatformIMDS' });

const balancesNothing = set('web-lb', 'properties.loadBalancingRules', []);
const spareProbe = addedToLb('probes', {
  name: 'spare',
  properties: { protocol: 'Tcp', port: 9000, intervalInSeconds: 15, probeThreshold: 2 },
});

/** The last part of a key, for telling two findings of one rule apart. */
const short = (key: string): string => key.replace(/@.*\//, ' ');

/** A diagnosis in lines: causes with severity and confidence in order, and each symptom with what explains it. */
function told({ findings, causes }: Diagnosis): readonly string[] {
  return findings
    .filter(({ kind }) => kind !== 'advice')
    .map(({ key, severity, confidence, explainedBy }) =>
      causes.includes(key)
        ? `${short(key)}: ${severity}, ${confidence}`
        : `  ${short(key)} by ${explainedBy.map(short).join(' and ')}`,
    );
}

describe('what explains what', () => {
  const cases: readonly (readonly [when: string, world: () => World, lines: readonly string[]])[] = [
    [
      'two faults on two members',
      () => with3(deallocated('web-1'), answersHttp('web-2', 500)),
      [
        'member-vm-not-running web-1: high, high',
        'http-status-error https: high, high',
        '  rule-partially-down https by http-status-error https',
        '  capacity-floor https by member-vm-not-running web-1 and http-status-error https',
        '  health-missing-members https by member-vm-not-running web-1',
      ],
    ],
    [
      'a symptom that two causes cover together',
      () => with2(nicDenies('web-1'), listenerStopped('web-2')),
      [
        'nsg-blocks-probe web-1-nic-nsg: high, high',
        'path-clear-app-suspect web-2: high, high',
        '  rule-all-down https by nsg-blocks-probe web-1-nic-nsg and path-clear-app-suspect web-2',
        '  tcp-probe-timeout https by nsg-blocks-probe web-1-nic-nsg',
        '  tcp-probe-timeout https#2 by path-clear-app-suspect web-2',
      ],
    ],
    [
      "one interface's group, which can't explain the member beside it",
      () => with2(nicDenies('web-1'), listenerStopped('web-2'), denied(/virtualMachines\/web-2/)),
      [
        'nsg-blocks-probe web-1-nic-nsg: high, high',
        'tcp-probe-timeout https: high, high',
        '  rule-all-down https by nsg-blocks-probe web-1-nic-nsg and tcp-probe-timeout https',
        '  tcp-probe-timeout https#2 by nsg-blocks-probe web-1-nic-nsg',
      ],
    ],
    [
      'the metric alone shows a second member down, and nothing covers it: the whole stays a cause',
      () => with3(nicDenies('web-1'), listenerStopped('web-2'), healthDenied()),
      [
        'nsg-blocks-probe web-1-nic-nsg: high, medium',
        'rule-partially-down https: high, medium',
        '  capacity-floor https by nsg-blocks-probe web-1-nic-nsg and rule-partially-down https',
      ],
    ],
    [
      'a fault in one balancing rule explains nothing in the other',
      () => withTwoRules(answersHttp('web-1', 500), answersHttp('api-1', 500)),
      [
        'http-status-error http: high, high',
        'http-status-error https: high, high',
        '  rule-partially-down http by http-status-error http',
        '  rule-partially-down https by http-status-error https',
        '  capacity-floor http by http-status-error http',
        '  capacity-floor https by http-status-error https',
      ],
    ],
    [
      'one member that fails differently in two balancing rules',
      () =>
        change(
          healthyWorld({
            members: 5,
            balancingRules: [
              { name: 'https', frontendPort: 443, backendPort: 8443 },
              { name: 'http', frontendPort: 80, backendPort: 8443 },
            ],
          }),
          healthReason('web-1', 'Down_Probe_HttpStatusCodeError', 'https'),
          healthReason('web-1', 'Down_Probe_HttpNoResponse', 'http'),
        ),
      [
        'http-no-response http: high, high',
        'http-status-error https: high, high',
        '  rule-partially-down http by http-no-response http',
        '  rule-partially-down https by http-status-error https',
      ],
    ],
    [
      'a deny in front of all, one of whom answers all the same',
      () => with2(subnetDenies({ priority: 150 }), healthReason('web-2', 'Up_Probe_Success')),
      [
        'nsg-blocks-probe web-nsg: high, high',
        'nsg-blocks-probe web-nsg#2: low, high',
        '  rule-partially-down https by nsg-blocks-probe web-nsg',
        '  tcp-probe-timeout https by nsg-blocks-probe web-nsg',
        '  capacity-floor https by nsg-blocks-probe web-nsg',
      ],
    ],
    [
      'one group in front of all: worse than in front of some',
      () => with2(subnetDenies({ priority: 150 })),
      [
        'nsg-blocks-probe web-nsg: critical, high',
        '  rule-all-down https by nsg-blocks-probe web-nsg',
        '  tcp-probe-timeout https by nsg-blocks-probe web-nsg',
      ],
    ],
    [
      'members that an administrator took out, whose machines are off as well',
      () => with2(deallocated('web-1'), deallocated('web-2'), adminState('web-1', 'Down'), adminState('web-2', 'Down')),
      [
        'admin-state-down web-pool: critical, high',
        '  health-missing-members https by admin-state-down web-pool and member-vm-not-running web-pool',
      ],
    ],
    [
      'a deny that health contradicts is no fault',
      () => with3(nicDenies('web-1'), healthReason('web-1', 'Up_Probe_Success')),
      ['nsg-blocks-probe web-1-nic-nsg: low, high'],
    ],
    [
      'a deny that agrees with the metric, and no reason code',
      () => with2(nicDenies('web-1'), healthDenied()),
      [
        'nsg-blocks-probe web-1-nic-nsg: high, medium',
        '  rule-partially-down https by nsg-blocks-probe web-1-nic-nsg',
        '  capacity-floor https by nsg-blocks-probe web-1-nic-nsg',
      ],
    ],
    [
      'the rules in force would have made it surer',
      () => with3(listenerStopped('web-2'), noEffective),
      [
        'path-clear-app-suspect web-2: high, medium',
        '  tcp-probe-timeout https by path-clear-app-suspect web-2',
        '  rule-partially-down https by path-clear-app-suspect web-2',
      ],
    ],
    [
      'what an administrator did, and Azure says so itself',
      () => with3(adminState('web-1', 'Down')),
      ['admin-state-down web-1-nic: medium, high'],
    ],
    [
      'what an administrator did, and the metric alone agrees',
      () => with3(adminState('web-1', 'Down'), healthDenied()),
      ['admin-state-down web-1-nic: medium, high'],
    ],
    ['what explains nothing is sure by itself', () => with3(blocksData), ['nsg-blocks-data web-nsg: critical, high']],
    [
      'or less so without the rules in force',
      () => with3(blocksData, noEffective),
      ['nsg-blocks-data web-nsg: critical, medium'],
    ],
  ];
  test.each(cases)('%s', async (_, world, lines) => {
    expect(told(await triaged(world()))).toEqual(lines);
  });
});

const regionsDown = (...names: readonly string[]) =>
  change(healthyGlobalWorld(), ...names.map((name) => set(name, 'properties.loadBalancingRules', [])));

describe('verdicts', () => {
  const cases: readonly (readonly [verdict: string, when: string, world: () => World])[] = [
    ['ok', 'all is well', () => healthyWorld()],
    ['ok', 'a Reader has the metric', () => with3(readerOnly())],
    [
      'ok',
      'nobody can say whether a deny meets the probe, and the probe is answered',
      () => with3(notSure, readerOnly()),
    ],
    ['ok', 'a probe is only known to be slow', () => with3(healthReason('web-1', 'Up_Probe_Success'))],
    ['ok', 'only advice is given', () => with3(probe({ path: '/' }))],
    ['ok', 'nothing is balanced', () => with3(balancesNothing)],
    [
      'ok',
      'nothing is balanced, and what could be observed can not be',
      () => with3(balancesNothing, healthDenied(), metricsDenied()),
    ],
    [
      'unknown',
      'nothing is balanced, and interfaces can not be read',
      () => with3(balancesNothing, denied(/networkInterfaces/)),
    ],
    [
      'at-risk',
      'nothing is balanced, and the last change failed',
      () => with3(balancesNothing, set('web-lb', 'properties.provisioningState', 'Failed')),
    ],
    ['ok', 'a Gateway has a probe that nobody uses', () => change(healthyWorld({ sku: 'Gateway' }), spareProbe)],
    [
      'unknown',
      'a balancing rule has no probe, and its security group can not be read',
      () => with3(withoutProbe(), denied('web-nsg'), denied(/effectiveNetworkSecurityGroups/)),
    ],
    [
      'masked',
      'the metric has a machine up that is off',
      () =>
        with2(
          availability('web-1', [100, 100, 100, 100, 100, 100]),
          deallocated('web-1'),
          listenerStopped('web-2'),
          healthDenied(),
        ),
    ],
    ['unknown', 'a Reader is refused the metric as well', () => with3(readerOnly(), metricsDenied())],
    ['unknown', 'the metric is old', () => with3(readerOnly(), metricsAreOld(30))],
    ['unknown', 'interfaces can not be read', () => with3(denied(/networkInterfaces/))],
    ['unknown', 'machines can not be read', () => with3(denied(/virtualMachines/))],
    [
      'unknown',
      'neither the security group nor what is in force can be read',
      () => with3(denied('web-nsg'), denied(/effectiveNetworkSecurityGroups/)),
    ],
    ['ok', 'the security group can not be read, and what is in force lets all in', () => with3(denied('web-nsg'))],
    ['unknown', 'a member was not probed yet', () => with3(healthReason('web-1', 'NA', 'https', 'Unknown'))],
    ['ok', 'it is a Gateway, which nothing measures, and its machines run', () => healthyWorld({ sku: 'Gateway' })],
    [
      'unknown',
      'it is a Gateway whose machines can not be read',
      () => change(healthyWorld({ sku: 'Gateway' }), denied(/virtualMachines/)),
    ],
    ['unknown', 'it is Basic, whose health nobody tells', () => healthyWorld({ sku: 'Basic' })],
    ['ok', 'it is Global, and every region is up', () => healthyGlobalWorld()],
    ['down', 'it is Global, and no region has a healthy member', () => regionsDown('web-lb-east', 'web-lb-west')],
    ['unknown', 'it is Global, and nobody can tell which region is down', () => regionsDown('web-lb-west')],
    [
      'at-risk',
      'a member is on the edge',
      () => with3(healthReason('web-1', 'Up_Probe_ApproachingUnhealthyThreshold')),
    ],
    ['at-risk', 'a balancing rule has no probe', () => with3(withoutProbe())],
    ['at-risk', 'an administrator keeps a member up', () => with3(adminState('web-1', 'Up'))],
    ['at-risk', 'an administrator took one of three out', () => with3(adminState('web-1', 'Down'))],
    ['at-risk', 'an administrator took one of two out', () => with2(adminState('web-1', 'Down'))],
    [
      'at-risk',
      'an administrator took one of three out, and its machine is off',
      () => with3(adminState('web-1', 'Down'), deallocated('web-1')),
    ],
    [
      'degraded',
      'an administrator took two of three out',
      () => with3(adminState('web-1', 'Down'), adminState('web-2', 'Down')),
    ],
    [
      'degraded',
      'an administrator took one of three out, and another is down',
      () => with3(adminState('web-1', 'Down'), listenerStopped('web-2')),
    ],
    [
      'degraded',
      'an administrator took one of three out, and no health can be read',
      () => with3(adminState('web-1', 'Down'), healthDenied(), metricsDenied()),
    ],
    ['down', 'an administrator took all out', () => with2(adminState('web-1', 'Down'), adminState('web-2', 'Down'))],
    ['degraded', 'one member is down', () => with3(listenerStopped('web-1'))],
    ['degraded', 'one machine is off, and left out of the health answer', () => with3(deallocated('web-1'))],
    [
      'degraded',
      'one machine is off, and no health can be read',
      () => with3(deallocated('web-1'), healthDenied(), metricsDenied()),
    ],
    [
      'degraded',
      'clients are kept from one member, which is up',
      () => with3(nicDenies('web-1', { source: 'Internet' })),
    ],
    ['degraded', 'one balancing rule is degraded and the other well', () => withTwoRules(answersHttp('web-1', 500))],
    [
      'masked',
      'all are down and reported up',
      () => with2(allProbedUp(), listenerStopped('web-1'), listenerStopped('web-2')),
    ],
    [
      'masked',
      'the reason of one says that nobody answers, and the other is not known',
      () => with2(healthReason('web-1', 'Up_Probe_AllDownIsUp'), healthReason('web-2', 'NA')),
    ],
    ['masked', 'one is down, and one up by decree', () => with2(adminState('web-1', 'Up'), listenerStopped('web-2'))],
    ['down', 'all are down', () => with2(listenerStopped('web-1'), listenerStopped('web-2'))],
    ['down', 'every machine is off', () => with2(deallocated('web-1'), deallocated('web-2'))],
    ['down', 'clients are kept from all, which are up', () => with3(blocksData)],
    ['down', 'nobody is in the pool', () => with3(emptyPool())],
    [
      'down',
      'one balancing rule is down and the other well',
      () => withTwoRules(answersHttp('web-1', 500), answersHttp('web-2', 500)),
    ],
  ];
  test.each(cases)('%s: %s', async (verdict, _, world) => {
    expect((await triaged(world())).verdict).toBe(verdict);
  });

  test('a balancing rule has its own, and counts its own members', async () => {
    const { balancingRules } = await triaged(withTwoRules(answersHttp('web-1', 500), deallocated('web-2')));
    expect(balancingRules.map(({ key, verdict, members }) => ({ key, verdict, ...members }))).toEqual([
      { key: 'https', verdict: 'down', total: 2, up: 0, down: 2, unknown: 0 },
      { key: 'http', verdict: 'ok', total: 2, up: 2, down: 0, unknown: 0 },
    ]);
  });

  test('what a Reader may not ask is told as not evaluated, and no finding comes of it', async () => {
    const { findings, notEvaluated } = await triaged(with3(readerOnly()));
    expect(findings).toEqual([]);
    expect(notEvaluated.map(({ rule }) => rule)).toContain('tcp-probe-timeout');
    expect(notEvaluated.every(({ because }) => because.includes('loadBalancingRules/health/action'))).toBe(true);
  });
});

describe('whose fix it is', () => {
  const wrongPort = probe({ port: 25 });
  const check = 'check azlb triage --resource-group=shop-rg';
  const services = 'look kubectl get services --all-namespaces --field-selector=spec.type=LoadBalancer';
  const seeFirst = 'look # See that members listen on TCP port 25';
  test.each<readonly [owner: string, tags: Readonly<Record<string, string>>, fault: Change, steps: readonly string[]]>([
    [
      'AKS',
      { 'aks-managed-cluster-name': 'shop' },
      wrongPort,
      [
        seeFirst,
        services,
        'change # Change it on that Service (the path by annotation service.beta.kubernetes.io/azure-load-balancer-health-probe-request-path, others by azure-load-balancer-health-probe-*); AKS undoes',
        check,
      ],
    ],
    [
      'another cluster',
      { 'k8s-azure-service': 'default/web' },
      wrongPort,
      [
        seeFirst,
        services,
        "change # Change it on that Service (the path by annotation service.beta.kubernetes.io/azure-load-balancer-health-probe-request-path, others by azure-load-balancer-health-probe-*); a Kubernetes cluster's cloud controller undoes",
        check,
      ],
    ],
    [
      'AKS, of a node that is off',
      { 'aks-managed-cluster-name': 'shop' },
      deallocated('web-1'),
      [
        'look az aks list ',
        'look # Where its powerState is Stopped, start the cluster; else start the node pool of these nodes (az aks nodepool start)',
        check,
      ],
    ],
    [
      'another cluster, of a machine of its own',
      { 'k8s-azure-service': 'default/web' },
      deallocated('web-1'),
      ['change az vm start', check, 'undo az vm deallocate'],
    ],
    [
      'people',
      {},
      wrongPort,
      [
        seeFirst,
        'backup az rest --method=get',
        'change az network lb probe update',
        check,
        'undo az network lb probe update',
      ],
    ],
  ])('%s', async (_, tags, fault, steps) => {
    const { findings } = await triaged(change(healthyWorld({ tags }), fault));
    const printed = findings[0]?.fix?.steps.map(({ kind, command }) => `${kind} ${command}`) ?? [];
    expect(printed.map((line, at) => line.slice(0, steps[at]?.length))).toEqual(steps);
  });
});

describe('the load balancer itself', () => {
  const asked = async (resourceGroup: string | undefined, subscription: string | undefined, az: Az): Promise<unknown> =>
    triage(az, { kind: 'named', name: 'web-lb', resourceGroup, subscription }, { recordedAt: healthyWorld().clock });

  test.each<readonly [group: string | undefined, subscription: string | undefined, words: readonly string[]]>([
    [undefined, undefined, ['--name=web-lb']],
    ['shop-rg', undefined, ['--resource-group=shop-rg', '--name=web-lb']],
    ['shop-rg', 'Shop production', ['--resource-group=shop-rg', '--name=web-lb', '--subscription=Shop production']],
  ])('is asked for by what was said: %s, %s', async (group, subscription, words) => {
    const az = azInMemory(healthyWorld());
    await asked(group, subscription, az).catch(() => undefined);
    expect(az.calls.map(({ argv }) => argv.slice(0, 3 + words.length))).toContainEqual([
      'network',
      'lb',
      'show',
      ...words,
    ]);
  });

  test.each([
    ['nothing', '', 'az printed nothing. Run it by hand to see its answer.'],
    ['white space', ' \n', 'az printed nothing. Run it by hand to see its answer.'],
    ['no id', '{"name":"web-lb"}', 'its answer does not fit: at $ expected "id", it is absent. Run it'],
    ['another id', '{"id":7}', 'its answer does not fit'],
    ['a list', '[]', 'its answer does not fit'],
    ['a half', '{"id":', 'is not JSON'],
  ])('without which nothing can be said: %s', async (_, stdout, message) => {
    const world = azInMemory(healthyWorld());
    const run: Az['run'] = async (argv, options) => {
      const call = await world.run(argv, options);
      return argv[2] === 'show' ? { ...call, stdout } : call;
    };
    await expect(asked('shop-rg', undefined, { run })).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringContaining(message),
    });
  });
});
