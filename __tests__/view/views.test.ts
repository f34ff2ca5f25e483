import { describe, expect, test } from '@jest/globals';
import { listReport } from '../../lib/report/list-report.ts';
import { membersReport } from '../../lib/report/members-report.ts';
import { probesReport } from '../../lib/report/probes-report.ts';
import { type Format, type Report, render } from '../../lib/report/render.ts';
import { treeMermaid } from '../../lib/report/tree-mermaid.ts';
import { treeReport } from '../../lib/report/tree-report.ts';
import { noneToShow } from '../../lib/report/view-text.ts';
import { rulesIn } from '../../lib/rules/index.generated.ts';
import { viewExitCode } from '../../lib/view/exit-code.ts';
import { listOf } from '../../lib/view/list.ts';
import { membersOf } from '../../lib/view/members.ts';
import { probesOf } from '../../lib/view/probes.ts';
import { treesOf } from '../../lib/view/tree.ts';
import type { Viewed } from '../../lib/view/viewed.ts';
import {
  addedToLb,
  adminState,
  allProbedUp,
  deallocated,
  emptyPool,
  fault,
  listenerStopped,
  machineGone,
  nicGone,
  probe,
  readerOnly,
  set,
  withoutProbe,
} from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, type Shape } from '../world/healthy.ts';
import { change, emptyWorld, together, type World } from '../world/world.ts';
import { everyOne, looked, misfits, plain, webLb } from './shown.ts';

const lbId = `/subscriptions/${healthyWorld().subscription}/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb`;
const frontend = { id: `${lbId}/frontendIPConfigurations/web-frontend` };
const pool = { id: `${lbId}/backendAddressPools/web-pool` };
const nicOf = (name: string) => `${lbId.replace('loadBalancers/web-lb', `networkInterfaces/${name}`)}`;
const natRules = addedToLb('inboundNatRules', {
  name: 'ssh-1',
  properties: {
    frontendIPConfiguration: frontend,
    backendIPConfiguration: { id: `${nicOf('web-1-nic')}/ipConfigurations/ipconfig1` },
    protocol: 'Tcp',
    frontendPort: 50001,
    backendPort: 22,
  },
});
const natRange = addedToLb('inboundNatRules', {
  name: 'ssh',
  properties: {
    frontendIPConfiguration: frontend,
    backendAddressPool: pool,
    protocol: 'Tcp',
    frontendPortRangeStart: 51000,
    frontendPortRangeEnd: 51099,
    backendPort: 22,
  },
});
const outbound = addedToLb('outboundRules', {
  name: 'out',
  properties: {
    frontendIPConfigurations: [frontend],
    backendAddressPool: pool,
    protocol: 'All',
    allocatedOutboundPorts: 1024,
  },
});
const without = (field: string) => set('web-lb', `properties.probes[web-probe].properties.${field}`, undefined);
const unserved = addedToLb('backendAddressPools', { name: 'spare-pool', properties: {} });

/** A report's text without its last line, which tells the time. */
const textOf = (report: Report): string => report.text().split('\n').slice(0, -2).join('\n').trimEnd();

const views = {
  list: async (world: World) => {
    const value = listOf(await looked(world, 'configuration', everyOne));
    return { schema: 'load-balancers', value, report: listReport(value, plain) };
  },
  show: async (world: World) => {
    const value = treesOf(await looked(world));
    return { schema: 'tree', value, report: treeReport(value, plain) };
  },
  probes: async (world: World) => {
    const value = probesOf(await looked(world, 'configuration', webLb, rulesIn.probe));
    return { schema: 'probes', value, report: probesReport(value, plain) };
  },
  members: async (world: World) => {
    const value = membersOf(await looked(world));
    return { schema: 'members', value, report: membersReport(value, plain) };
  },
} as const;
type Name = keyof typeof views;

const twoProbes = {
  probes: [
    { name: 'web-probe', protocol: 'Https', port: 9000, path: '/ready' },
    { name: 'dns-probe', protocol: 'Tcp', port: 53 },
  ],
  balancingRules: [
    { name: 'https', frontendPort: 443, backendPort: 8443 },
    { name: 'http', frontendPort: 80, backendPort: 8080 },
    { name: 'dns', frontendPort: 53, backendPort: 53, protocol: 'Udp', probe: 'dns-probe' },
  ],
} as const satisfies Shape;

describe('what is there is shown', () => {
  const cases: readonly (readonly [
    name: Name,
    when: string,
    world: () => World,
    lines: readonly (string | RegExp)[],
  ])[] = [
    [
      'list',
      'each load balancer in a line, by id',
      () =>
        together(
          healthyWorld({ internal: true, name: 'api-lb', tags: { 'aks-managed-cluster-name': 'shop' } }),
          change(healthyWorld(), natRules),
        ),
      [
        /^2 load balancers in subscription /,
        'api-lb  shop-rg  westeurope  Standard  10.20.15.250  1      0        1      1       aks',
        'web-lb  shop-rg  westeurope  Standard  web-lb-ip     1      3        1      1       user',
      ],
    ],
    ['list', 'a Global one', () => healthyGlobalWorld(), [/^web-lb +shop-rg +eastus2 +Standard Global /m]],
    ['list', 'none at all', () => emptyWorld(), [/^0 load balancers in the active subscription\.$/]],
    [
      'show',
      'a member that is down and one that is off',
      () => change(healthyWorld(), listenerStopped('web-2'), deallocated('web-3')),
      [
        '└─ frontend web-frontend, public web-lb-ip',
        '   └─ rule https, Tcp 443 → 8443, probe web-probe (Http 8443/healthz)',
        '      └─ pool web-pool',
        '         ├─ ✓ web-1-nic 10.20.0.4 up (Up_Probe_Success), running, zone 1',
        '         ├─ ✗ web-2-nic 10.20.0.5 down (Down_Probe_TcpProbeTimeout), running, zone 2',
        '         └─ ✗ web-3-nic 10.20.0.6 down, deallocated, zone 3',
      ],
    ],
    [
      'show',
      'NAT and outbound rules, a pool that nothing leads to, an admin state',
      () => change(healthyWorld({ members: 1 }), natRules, natRange, outbound, unserved, adminState('web-1', 'Down')),
      [
        '└─ ✗ web-1-nic 10.20.0.4 down (Down_Admin), running, admin state Down, zone 1',
        '├─ NAT rule ssh-1, Tcp 50001 → web-1-nic 22',
        '├─ NAT rule ssh, Tcp 51000-51099 → web-pool 22',
        '└─ outbound rule out, All for web-pool, 1024 ports each',
        '└─ pool spare-pool, empty, no balancing rule leads here',
      ],
    ],
    [
      'show',
      'what names things that are not there',
      () =>
        change(
          healthyWorld(),
          set('web-lb', 'properties.loadBalancingRules[https].properties.frontendIPConfiguration', undefined),
          set('web-lb', 'properties.loadBalancingRules[https].properties.backendAddressPools', undefined),
          withoutProbe(),
        ),
      ['├─ ! a frontend that is not there\n│  └─ rule https, Tcp 443 → 8443, no probe\n│     └─ ! no pool'],
    ],
    [
      'show',
      'HA ports of a Gateway',
      () => healthyWorld({ sku: 'Gateway' }),
      ['rule all, All any → any', '- web-1-nic 10.20.0.4 not measured, running, zone 1'],
    ],
    [
      'show',
      'a probe whose path is relative',
      () => change(healthyWorld(), probe({ path: 'healthz' })),
      ['probe web-probe (Http 8443/healthz)'],
    ],
    [
      'show',
      'a TCP probe with a path',
      () => change(healthyWorld(), probe({ protocol: 'Tcp' })),
      ['probe web-probe (Tcp 8443)'],
    ],
    [
      'probes',
      'an HTTP probe as it is',
      () => healthyWorld(),
      [
        '  web-probe  Http port 8443 /healthz',
        'GET http://MEMBER:8443/healthz is answered with status 200, exactly; a redirect or 204 is a failure.',
        'Asked every 15 s, answered within 30 s; 2 in a row: down after 30 s, up after 30 s.',
        'Used by https (to port 8443).',
        'Ignored: numberOfProbes 2; Azure goes by probeThreshold alone.',
      ],
    ],
    [
      'probes',
      'threshold 1 and what is unusual',
      () => change(healthyWorld(twoProbes), probe({ interval: 45, threshold: 1, numberOfProbes: 3 }), allProbedUp()),
      [
        'one is enough: down after 45 s, up after 45 s.',
        '! Probe web-probe reports every member up when none is (noHealthyBackendsBehavior AllProbedUp)',
        '! Probe web-probe checks port 9000, its balancing rules send traffic to 8443, 8080.',
        '! Probe web-probe asks for 3 probes (numberOfProbes), but one is enough',
        'Used by dns (to UDP port 53).',
      ],
    ],
    [
      'probes',
      'a TCP probe with a path, used by nothing',
      () => change(healthyWorld(), probe({ protocol: 'Tcp', interval: 5, threshold: 3 }), withoutProbe()),
      [
        'Up when a TCP connection to port 8443 is accepted; what the application says is never looked at.',
        'Asked every 5 s, answered within 5 s; 3 in a row: down after 15 s, up after 15 s.',
        'Ignored: requestPath /healthz; a TCP probe asks for no path.',
        '! Probe web-probe is used by no balancing rule.',
        '! https has no health probe: flows go to its members whether or not they answer.',
      ],
    ],
    [
      'probes',
      'a path that is relative, and what Azure does not say',
      () => change(healthyWorld(), probe({ path: 'healthz' }), without('intervalInSeconds'), without('probeThreshold')),
      [
        '  web-probe  Http port 8443 /healthz',
        'Asked every 15 s, answered within 30 s; one is enough: down after 15 s, up after 15 s. Azure does not say',
      ],
    ],
    [
      'probes',
      'a balancing rule that is judged by the port of another, under its probe',
      () =>
        healthyWorld({
          balancingRules: [
            { name: 'https', frontendPort: 443, backendPort: 8443 },
            { name: 'http', frontendPort: 80, backendPort: 8080 },
          ],
        }),
      [/^ {4}! http sends traffic to port 8080, but web-probe, which decides about its members, checks/m],
    ],
    [
      'probes',
      'no path',
      () => change(healthyWorld(), probe({ path: '' })),
      [
        /^ {2}web-probe {2}Http port 8443$/m,
        'GET http://MEMBER:8443 is answered',
        '! Probe web-probe (Http) has no path.',
      ],
    ],
    ['probes', 'none', () => healthyGlobalWorld(), ['  It has no probes.']],
    [
      'members',
      'each in a line',
      () => change(healthyWorld(), adminState('web-1', 'Up'), deallocated('web-2'), machineGone('web-3')),
      [
        /^ {2}\? +web-pool +web-1-nic +web-1-nic +web-1 +10\.20\.0\.4 +1 +running +Up +unknown \(Up_Admin\)$/m,
        /^ {2}✗ +web-pool +web-2-nic +web-2-nic +web-2 +10\.20\.0\.5 +2 +deallocated +- +down$/m,
        /^ {2}✗ +web-pool +web-3-nic +web-3-nic +web-3 +10\.20\.0\.6 +- +gone +- +down/m,
      ],
    ],
    [
      'members',
      'instances of a Uniform scale set',
      () => healthyWorld({ membership: 'uniform' }),
      [/web-pool +web_2 +web-nic +web_2 +10\.20\.0\.5 +2 +running +- +up \(Up_Probe_Success\)/],
    ],
    [
      'members',
      'addresses',
      () => healthyWorld({ membership: 'ip' }),
      [/web-pool +web-2 +web-2-nic +web-2 +10\.20\.0\.5 +2 +running/],
    ],
    [
      'members',
      'an interface that is gone',
      () => change(healthyWorld(), nicGone('web-2')),
      [/✗ +web-pool +web-2-nic +web-2-nic +- +- +- +gone +- +down/],
    ],
    ['members', 'nobody', () => change(healthyWorld(), emptyPool()), ['  No pool has a member.']],
    [
      'members',
      'why a state is not known',
      () => change(healthyWorld(), readerOnly(), fault({ on: /microsoft.insights/i, kind: 'denied' })),
      [/web-1-nic.* unknown$/m, 'loadBalancers/loadBalancingRules/health/action', 'Microsoft.Insights/metrics/read'],
    ],
  ];
  test.each(cases)('%s: %s', async (name, _, world, lines) => {
    const { schema, value, report } = await views[name](world());
    const text = textOf(report);
    for (const line of lines) {
      if (typeof line === 'string') expect(text).toContain(line);
      else expect(text).toMatch(line);
    }
    expect(misfits(schema, value)).toEqual([]);
  });

  test.each<readonly [Name, Format, string | RegExp]>([
    ['list', 'tsv', 'web-lb\tshop-rg\twesteurope\tStandard\tRegional\tweb-lb-ip\t1\t3\t1\t1\tuser\n'],
    [
      'show',
      'tsv',
      /^(web-lb\tweb-frontend\thttps\t443\tweb-pool\tweb-\d-nic\t10.20.0.\d\tup\tUp_Probe_Success\trunning\t\n){3}$/,
    ],
    ['probes', 'tsv', 'web-lb\tweb-probe\tHttp\t8443\t/healthz\t15\t2\t30\t30\t30\thttps\t0\n'],
    [
      'members',
      'tsv',
      /^(web-lb\tweb-pool\tweb-\d-nic\tweb-\d-nic\tweb-\d\t10.20.0.\d\t\d\trunning\t\tup\tup \(Up_Probe_Success\)\n){3}$/,
    ],
    ['members', 'table', /^LoadBalancer +Pool +Name /],
    ['probes', 'yaml', /^schemaVersion: 1\n/],
  ])('%s as %s', async (name, format, wanted) => {
    const text = render((await views[name](healthyWorld())).report, { format });
    if (typeof wanted === 'string') expect(text).toBe(wanted);
    else expect(text).toMatch(wanted);
  });
});

describe('a flowchart', () => {
  test('has a box for everything and an arrow to it', async () => {
    const chart = treeMermaid(treesOf(await looked(change(healthyWorld(), listenerStopped('web-2'), natRules))));
    expect(chart).toMatch(/^flowchart LR\n {2}n1\["web-lb \(shop-rg\)"\]\n/);
    expect(chart).toContain('["web-2-nic 10.20.0.5 down (Down_Probe_TcpProbeTimeout), running, zone 2"]:::down');
    expect(chart).toContain('["NAT rule ssh-1, Tcp 50001 → web-1-nic 22"]');
    expect(chart.match(/-->/g)).toHaveLength((chart.match(/\["/g) ?? []).length - 1);
  });

  test('nothing of a name acts in it', async () => {
    const name = '"]; click n1 href "javascript:x" %%{init:{}}%% `**b**` <img src=x> #quot;\n  n1 --> n2 \u202e';
    const world = change(healthyWorld(), set('web-lb', 'properties.probes[web-probe].name', name));
    const named = change(
      world,
      set('web-lb', 'properties.loadBalancingRules[https].properties.probe', { id: `${lbId}/probes/${name}` }),
    );
    const chart = treeMermaid(treesOf(await looked(named)));
    expect(chart).toContain('click n1 href');
    for (const line of chart.split('\n').filter((each) => each.includes('['))) {
      expect(line).toMatch(/^ {2}n\d+\["[\p{L}\p{N} _.,:/()→#;-]*"\](:::\w+)?$/u);
      expect(line).not.toMatch(/#(?!\d+;)/);
    }
  });
});

describe('asking', () => {
  test.each([
    ['list', 'configuration', everyOne, ['network lb list']],
    ['probes', 'configuration', undefined, ['network lb show --resource-group=shop-rg --name=web-lb']],
  ] as const)('%s takes one az process', async (_, depth, target, commands) => {
    expect((await looked(healthyWorld(), depth, target)).asked).toEqual(commands);
  });

  test('of many, what they share is asked for once', async () => {
    const names = ['a-lb', 'b-lb', 'c-lb'];
    const world = names.map((name) => healthyWorld({ name })).reduce(together);
    const { asked, loadBalancers } = await looked(world, 'members', everyOne);
    expect(loadBalancers.map(({ topology }) => topology.loadBalancer.name)).toEqual(names);
    expect(asked.filter((command) => command.startsWith('network nic'))).toHaveLength(1);
    expect(misfits('tree', treesOf(await looked(world, 'members', everyOne)))).toEqual([]);
  });
});

describe('how it ends', () => {
  const denied = fault({ on: /GET .*loadBalancers\/web-lb\?/, kind: 'denied' });
  const cases: readonly (readonly [code: number, when: string, () => Promise<Viewed>])[] = [
    [
      0,
      'all was read, whatever is down',
      async () => membersOf(await looked(change(healthyWorld(), listenerStopped('web-1')))),
    ],
    [3, 'there is none', async () => listOf(await looked(emptyWorld(), 'configuration', everyOne))],
    [
      4,
      'one of two could not be read',
      async () => {
        const world = together(healthyWorld({ name: 'api-lb' }), change(healthyWorld(), denied));
        const ids = [lbId, lbId.replace('web-lb', 'api-lb')];
        return listOf(await looked(world, 'configuration', { kind: 'ids', ids }));
      },
    ],
    [
      5,
      'a state could not be',
      async () =>
        treesOf(await looked(change(healthyWorld(), readerOnly(), fault({ on: /insights/i, kind: 'denied' })))),
    ],
    [0, 'health of which nobody speaks', async () => membersOf(await looked(healthyWorld({ sku: 'Gateway' })))],
  ];
  test.each(cases)('%i: %s', async (code, _, view) => {
    const value = await view();
    expect(viewExitCode(value)).toBe(code);
    expect(noneToShow(value) !== undefined).toBe(code === 3);
  });
  test('what is not there is an error that says so', async () => {
    await expect(looked(healthyWorld(), 'members', { kind: 'id', id: `${lbId}-2` })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});
