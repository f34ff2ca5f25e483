import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Az, Call } from '../../lib/az/call.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { allowed, deniedByStack, locked } from '../world/change-authorization.ts';
import {
  adminState,
  allProbedUp,
  also,
  answers,
  deallocated,
  fault,
  managedBy,
  managedCluster,
  metricsDenied,
  modelLacksPool,
  nicDenies,
  nicGone,
  notInPool,
  readerOnly,
  set,
  subnetDenies,
} from '../world/changes.ts';
import { healthyGlobalWorld, healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { againstStandIn, type RealAz, type Version } from './az.ts';

interface Case {
  readonly title: string;
  readonly world: World;
  readonly commands: readonly string[];
}

const SUBSCRIPTION = `/subscriptions/${healthyWorld().subscription}`;
const NETWORK = `${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Network`;
const COMPUTE = `${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Compute`;
const CLUSTER = `${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.ContainerService/managedClusters/shop`;
const LB = '--resource-group=shop-rg --name=web-lb';
const HEALTH = `${NETWORK}/loadBalancers/web-lb/loadBalancingRules/https/health?api-version=2024-05-01`;

const showLb = `network lb show ${LB}`;
const healthy = healthyWorld();
const METRICS = `monitor metrics list --resource=${NETWORK}/loadBalancers/web-lb --metrics DipAvailability VipAvailability --aggregation Average --interval PT1M --offset 10m --top 50`;

const cases: readonly Case[] = [
  {
    title: 'a healthy load balancer and all around it',
    world: healthy,
    commands: [
      'version',
      'group show --name=shop-rg',
      showLb,
      `network lb show --ids ${NETWORK}/loadBalancers/web-lb`,
      'network lb list',
      'network lb list --resource-group=shop-rg',
      `network lb list-nic ${LB}`,
      `network nic show --ids ${NETWORK}/networkInterfaces/web-1-nic ${NETWORK}/networkInterfaces/web-2-nic`,
      'network nic list',
      `network nic list-effective-nsg --ids ${NETWORK}/networkInterfaces/web-1-nic`,
      `network nic show-effective-route-table --ids ${NETWORK}/networkInterfaces/web-1-nic`,
      `network vnet show --ids ${NETWORK}/virtualNetworks/shop-vnet`,
      `network vnet list --subscription=${healthyWorld().subscription}`,
      `network vnet subnet show --ids ${NETWORK}/virtualNetworks/shop-vnet/subnets/web-subnet`,
      `network nsg show --ids ${NETWORK}/networkSecurityGroups/web-nsg`,
      'network nsg list',
      `network nsg list --subscription=${healthyWorld().subscription}`,
      `network public-ip show --ids ${NETWORK}/publicIPAddresses/web-lb-ip`,
      'network public-ip list',
      `network nat gateway show --ids ${NETWORK}/natGateways/shop-nat`,
      `vm get-instance-view --ids ${COMPUTE}/virtualMachines/web-1`,
      `vm show --ids ${COMPUTE}/virtualMachines/web-1`,
      'vm list',
      'vm list --resource-group=shop-rg',
      `${METRICS} --dimension BackendIPAddress FrontendPort`,
      `${METRICS} --filter=BackendIPAddress eq '*' and ProtocolType eq '*'`,
      `rest --method=get --url=${NETWORK}/loadBalancers/web-lb?api-version=2024-05-01`,
      `rest --method=get --url=${SUBSCRIPTION}/providers/Microsoft.Compute/virtualMachines?statusOnly=true&api-version=2024-07-01`,
    ],
  },
  {
    title: 'names that nothing has',
    world: healthy,
    commands: [
      'network lb show --resource-group=shop-rg --name=other',
      'network lb show --resource-group=other --name=web-lb',
      'network lb list --resource-group=other',
      'network lb list --subscription=other',
      `network lb show ${LB} --subscription=00000000-0000-0000-0000-000000000000`,
      `network nic show --ids ${NETWORK}/networkInterfaces/other`,
      `network vnet subnet show --ids ${NETWORK}/virtualNetworks/shop-vnet/subnets/other`,
      `vm get-instance-view --ids ${COMPUTE}/virtualMachines/other`,
      'vmss show --resource-group=shop-rg --name=other',
      'vmss list-instances --resource-group=shop-rg --name=other --expand=instanceView',
      'vmss nic list --resource-group=shop-rg --vmss-name=other',
      `network nic show --ids ${NETWORK}/networkInterfaces/other ${NETWORK}/networkInterfaces/another`,
      `rest --method=get --url=${NETWORK}/loadBalancers/other?api-version=2024-05-01`,
      `rest --method=post --url=${NETWORK}/loadBalancers/web-lb/loadBalancingRules/other/health?api-version=2024-05-01`,
    ],
  },
  {
    title: 'resource groups',
    world: change(healthy, managedBy('shop-rg', 'Microsoft.ContainerService/managedClusters/shop')),
    commands: [
      'group show --name=shop-rg',
      `group show --name=shop-rg --subscription=${healthyWorld().subscription}`,
      'group show --name=other',
      'group list',
    ],
  },
  {
    title: 'an AKS cluster that is stopped',
    world: change(healthy, managedCluster(CLUSTER, ['nodepool1'], 'all')),
    commands: [
      'aks show --resource-group=shop-rg --name=shop',
      `aks show --resource-group=shop-rg --name=shop --subscription=${healthyWorld().subscription}`,
      'aks show --resource-group=shop-rg --name=other',
    ],
  },
  {
    title: 'a Private Link service',
    world: change(
      healthy,
      also({
        id: `${NETWORK}/privateLinkServices/web-pls`,
        name: 'web-pls',
        type: 'Microsoft.Network/privateLinkServices',
        location: 'westeurope',
        properties: {
          provisioningState: 'Succeeded',
          enableProxyProtocol: true,
          loadBalancerFrontendIpConfigurations: [
            { id: `${NETWORK}/loadBalancers/web-lb/frontendIPConfigurations/web-frontend` },
          ],
        },
      }),
    ),
    commands: [
      `network private-link-service list --subscription=${healthyWorld().subscription}`,
      `network private-link-service show --ids ${NETWORK}/privateLinkServices/web-pls`,
    ],
  },
  {
    title: 'a route table',
    world: change(
      healthy,
      also({
        id: `${NETWORK}/routeTables/web-routes`,
        name: 'web-routes',
        type: 'Microsoft.Network/routeTables',
        location: 'westeurope',
        properties: {
          provisioningState: 'Succeeded',
          disableBgpRoutePropagation: true,
          routes: [
            {
              name: 'out',
              properties: {
                addressPrefix: '0.0.0.0/0',
                nextHopType: 'VirtualAppliance',
                nextHopIpAddress: '10.20.9.4',
                hasBgpOverride: false,
              },
            },
          ],
        },
      }),
      set('shop-vnet', 'properties.subnets[web-subnet].properties.routeTable', {
        id: `${NETWORK}/routeTables/web-routes`,
      }),
      set('shop-vnet', 'properties.virtualNetworkPeerings', [
        { name: 'hub', properties: { useRemoteGateways: true, peeringState: 'Connected' } },
      ]),
    ),
    commands: [
      `network route-table show --ids ${NETWORK}/routeTables/web-routes`,
      `network vnet show --ids ${NETWORK}/virtualNetworks/shop-vnet`,
      `network nic show-effective-route-table --resource-group=shop-rg --name=web-1-nic`,
    ],
  },
  {
    title: 'locks, rights and denials',
    world: change(
      healthy,
      locked('subscription', 'CanNotDelete', 'all'),
      locked('group:shop-rg', 'ReadOnly', 'freeze'),
      locked('web-nsg', 'CanNotDelete'),
      allowed('group:shop-rg', ['Microsoft.Network/*'], ['Microsoft.Network/*/delete']),
      deniedByStack('group:shop-rg', 'shop', ['*/delete']),
    ),
    commands: [
      `lock list --resource-group=shop-rg --subscription=${healthyWorld().subscription}`,
      'lock list --resource-group=other',
      `rest --method=get --url=${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
      `rest --method=get --url=${NETWORK}/loadBalancers/web-lb/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
      `rest --method=get --url=${NETWORK}/loadBalancers/other/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
      `rest --method=get --url=${SUBSCRIPTION}/resourceGroups/shop-rg/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01`,
    ],
  },
  {
    title: 'a resource group that is denied',
    world: change(healthy, fault({ on: /GET .*resourcegroups\/shop-rg\?/, kind: 'denied' })),
    commands: ['group show --name=shop-rg'],
  },
  {
    title: 'a Uniform scale set',
    world: healthyWorld({ membership: 'uniform' }),
    commands: [
      showLb,
      `network lb list-nic ${LB}`,
      'vmss show --resource-group=shop-rg --name=web',
      'vmss list',
      'vmss list --resource-group=shop-rg',
      'vmss list-instances --resource-group=shop-rg --name=web --expand=instanceView',
      'vmss nic list --resource-group=shop-rg --vmss-name=web',
    ],
  },
  {
    title: 'a scale set that grew past its model',
    world: change(
      healthyWorld({ membership: 'uniform', members: 5 }),
      modelLacksPool(),
      notInPool('web_4'),
      notInPool('web_5'),
      set('web-lb-ip', 'properties.dnsSettings', {
        domainNameLabel: 'shop',
        fqdn: 'shop.westeurope.cloudapp.azure.com',
      }),
    ),
    commands: [
      `network nic list --subscription=${healthyWorld().subscription}`,
      `network public-ip list --subscription=${healthyWorld().subscription}`,
      `vm list --subscription=${healthyWorld().subscription}`,
      `vmss list --subscription=${healthyWorld().subscription}`,
      `vmss list-instances --resource-group=shop-rg --name=web --subscription=${healthyWorld().subscription} --expand=instanceView`,
      `vmss nic list --resource-group=shop-rg --vmss-name=web --subscription=${healthyWorld().subscription}`,
    ],
  },
  {
    title: 'a Flexible scale set',
    world: healthyWorld({ membership: 'flexible' }),
    commands: [
      'vmss show --resource-group=shop-rg --name=web',
      'vmss list-instances --resource-group=shop-rg --name=web --expand=instanceView',
      'vm list',
    ],
  },
  {
    title: 'an IP pool, internal',
    world: healthyWorld({ membership: 'ip', internal: true, ipv6: true }),
    commands: [showLb, 'network lb list'],
  },
  {
    title: 'a Basic load balancer',
    world: healthyWorld({ sku: 'Basic' }),
    commands: [showLb, `rest --method=post --url=${HEALTH}`],
  },
  { title: 'a Gateway load balancer', world: healthyWorld({ sku: 'Gateway' }), commands: [showLb] },
  { title: 'a Global load balancer', world: healthyGlobalWorld(), commands: [showLb, 'network lb list'] },
  {
    title: 'faults in the configuration',
    world: change(
      healthyWorld({ members: 4 }),
      deallocated('web-2'),
      subnetDenies({ ports: ['8443', '9000-9010'], sources: ['AzureLoadBalancer', '10.0.0.0/8'] }),
      nicDenies('web-1', { port: 8443 }),
      adminState('web-3', 'Up'),
      nicGone('web-4'),
      allProbedUp(),
      answers('web-lb', 'properties.loadBalancingRules[https].properties.probe', null),
    ),
    commands: [
      showLb,
      `network lb list-nic ${LB}`,
      `network nic list-effective-nsg --ids ${NETWORK}/networkInterfaces/web-1-nic`,
      `network nic list-effective-nsg --ids ${NETWORK}/networkInterfaces/web-2-nic`,
      `vm get-instance-view --ids ${COMPUTE}/virtualMachines/web-2`,
    ],
  },
  {
    title: 'a Reader',
    world: change(healthy, readerOnly(), metricsDenied()),
    commands: [
      `rest --method=post --url=${HEALTH}`,
      `network nic list-effective-nsg --ids ${NETWORK}/networkInterfaces/web-1-nic`,
      METRICS,
    ],
  },
  {
    title: 'actions without a Location',
    world: change(healthy, fault({ on: /^POST /, kind: 'no-location' })),
    commands: [
      `rest --method=post --url=${HEALTH}`,
      `network nic list-effective-nsg --ids ${NETWORK}/networkInterfaces/web-1-nic`,
    ],
  },
  {
    title: 'a server error',
    world: change(healthy, fault({ on: /^GET /, kind: 'server-error' })),
    commands: [showLb, `rest --method=get --url=${NETWORK}/loadBalancers/web-lb?api-version=2024-05-01`],
  },
  {
    title: 'throttling',
    world: change(healthy, fault({ on: /^GET /, kind: 'throttled' })),
    commands: [showLb, `rest --method=get --url=${NETWORK}/loadBalancers/web-lb?api-version=2024-05-01`],
  },
  ...(['html', 'not-json', 'cut', 'cut-with-length'] as const).map((kind) => ({
    title: `answers that are ${kind}`,
    world: change(healthy, fault({ on: /loadBalancers/, kind })),
    commands: [showLb, `rest --method=get --url=${NETWORK}/loadBalancers/web-lb?api-version=2024-05-01`],
  })),
];

const olderCases = cases.filter(({ title }) => /healthy|Uniform|Global|faults/.test(title));

/** A command line with `--filter=value with spaces` kept whole; nothing else in the worlds has spaces. */
function argvOf(command: string): readonly string[] {
  const [options = '', ...filter] = command.split(' --filter=');
  return [...options.split(' '), ...filter.map((each) => `--filter=${each}`)];
}

for (const [version, set] of [
  ['2.91.0', cases],
  ['2.50.0', olderCases],
] as const satisfies readonly (readonly [Version, readonly Case[]])[]) {
  describe(`az ${version}`, () => {
    let real: RealAz;
    beforeAll(async () => {
      real = await againstStandIn(version);
    }, 60_000);
    afterAll(() => real.close());

    test.each(set.flatMap(({ title, world, commands }) => commands.map((command) => ({ title, world, command }))))(
      '$title: az $command',
      async ({ world, command }) => {
        const argv = argvOf(command);
        real.serve(world);
        const printed = await complete(() => real.run(argv));
        const rendered = await azInMemory(world, { version }).run(argv);
        expect(comparable(rendered, isBare(version, argv))).toEqual(comparable(printed, isBare(version, argv)));
      },
      60_000,
    );
  });
}

describe('asking several times', () => {
  let real: RealAz;
  beforeAll(async () => {
    real = await againstStandIn('2.91.0');
  }, 60_000);
  afterAll(() => real.close());

  test('health: the Location on stderr, two empty answers, then the body', async () => {
    real.serve(healthy);
    const fromReal = await askHealth(real);
    const fromMemory = await askHealth(azInMemory(healthy, { endpoint: real.standIn.endpoint }));
    expect(fromMemory).toEqual(fromReal);
    expect(fromReal).toMatchObject([
      { status: '202' },
      { stdout: undefined },
      { stdout: undefined },
      { stdout: { up: 3, down: 0 } },
    ]);
  }, 60_000);

  test('a batch with one bad id: exit 0, a list, a warning about it', async () => {
    const ids = ['other', 'web-1-nic', 'web-2-nic'].map((name) => `${NETWORK}/networkInterfaces/${name}`);
    const argv = ['network', 'nic', 'show', '--ids', ...ids];
    real.serve(healthy);
    const outcomes = [];
    for (const az of [real, azInMemory(healthy)]) {
      const { exitCode, stdout, stderr } = await az.run(argv, { readStderr: true });
      outcomes.push({
        exitCode,
        isList: Array.isArray(parsed(stdout)),
        // az names any of the ids there.
        warnings: stderr.replaceAll(/^WARNING: \/\S+:/gm, 'WARNING: some id:').trimEnd(),
      });
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
  }, 60_000);
});

/** az 2.91 can lose good answers of a batch: its threads share one command object, and `{}` comes instead. */
async function complete(run: () => Promise<Call>): Promise<Call> {
  const call = await run();
  const isWhole = !/^ {2}\{\},?$/m.test(call.stdout);
  return isWhole ? call : complete(run);
}

async function askHealth(az: Az) {
  const started = await az.run(['rest', '--method=post', `--url=${HEALTH}`, '--verbose'], { readStderr: true });
  const location = /^INFO: {5}'Location': '(.*)'$/m.exec(started.stderr)?.[1] ?? '';
  const polls = [];
  for (let poll = 0; poll < 3; poll += 1) {
    const { exitCode, stdout } = await az.run(['rest', '--method=get', `--url=${location}`]);
    polls.push({ exitCode, stdout: parsed(stdout) });
  }
  const status = /^INFO: Response status: (\d+)$/m.exec(started.stderr)?.[1];
  const url = /^INFO: Request URL: '(.*)'$/m.exec(started.stderr)?.[1];
  return [{ stdout: started.stdout, exitCode: started.exitCode, status, url }, ...polls];
}

/** Whether it prints a null for all that Azure leaves out: older ones do, and the modules of clusters and locks do still. */
const isBare = (version: Version, argv: readonly string[]): boolean =>
  version !== '2.91.0' || argv[0] === 'aks' || argv[0] === 'lock';

const comparable = ({ exitCode, stdout, stderr }: Call, isWithoutNulls: boolean) => ({
  exitCode,
  stdout: isWithoutNulls ? withoutNulls(sorted(parsed(stdout))) : sorted(parsed(stdout)),
  // Where in a cut answer the JSON reader stops is not told apart.
  error: stderr
    .split('\n')
    .find((line) => line.startsWith('ERROR: '))
    ?.replace(/(JSON is invalid: Unterminated).*/, '$1'),
});

/** az reads many ids in no fixed order. */
function sorted(value: unknown): unknown {
  const idOf = (each: unknown): string =>
    typeof each === 'object' && each !== null && 'id' in each ? String(each.id) : '';
  return Array.isArray(value) ? value.toSorted((one, other) => idOf(one).localeCompare(idOf(other))) : value;
}

/** Of the many nulls that older ones print, the in-memory az prints only those that somebody may read. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([key, each]) => [key, withoutNulls(each)]),
  );
}

function parsed(stdout: string): unknown {
  try {
    return stdout.trim() === '' ? undefined : JSON.parse(stdout);
  } catch {
    return stdout;
  }
}
