import { describe, expect, test } from '@jest/globals';
import { asker } from '../../lib/collect/rounds.ts';
import { planFix } from '../../lib/plan/fix.ts';
import { isGranted } from '../../lib/plan/guard/granted.ts';
import { guardPlan } from '../../lib/plan/guard/guard.ts';
import { writesOf } from '../../lib/plan/guard/writes.ts';
import { affecting, type Drawn } from '../../lib/plan/plan.ts';
import { toldPlan } from '../../lib/plan/told.ts';
import { addNic, removeNic } from '../../lib/steps/pool.ts';
import type { Step } from '../../lib/steps/step.ts';
import { examine } from '../../lib/triage/triage.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import { changing } from '../fixes/apply.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import {
  addedToLb,
  allowed,
  deallocated,
  deniedByStack,
  fault,
  locked,
  managedBy,
  notInPool,
  set,
  subnetDenies,
} from '../world/changes.ts';
import { healthyWorld, idIn } from '../world/healthy.ts';
import { type Change, change, type World } from '../world/world.ts';

const id = (type: string, name: string, group = 'shop-rg') => idIn({ world: healthyWorld(), group }, type, name);
const lb = id('Network/loadBalancers', 'web-lb');
const pool = `${lb}/backendAddressPools/web-pool`;

interface Seen {
  readonly plan: Plan;
  /** What was asked beyond the diagnosis. */
  readonly asked: readonly string[];
}

async function planned(world: World, steps?: readonly Step[]): Promise<Seen> {
  const target = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
  const az = azInMemory(world);
  const examined = await examine(az, target, { recordedAt: world.clock });
  const before = az.calls.length;
  const drawn: Drawn = steps
    ? { kind: 'remove', refused: null, capacity: { before: [], during: [] }, steps: affecting([], steps), unread: [] }
    : planFix(examined, []);
  const guarded = await guardPlan(asker({ az }), drawn, examined.evidence, examined.topology.loadBalancer.id);
  return {
    plan: toldPlan(guarded, examined.topology.loadBalancer, world.clock, 'bash'),
    asked: az.calls.slice(before).map(({ argv }) => argv.join(' ')),
  };
}

const titles = (plan: Plan, kind: string): readonly string[] =>
  plan.steps.flatMap((step) => (step.kind === kind ? [step.title] : []));

/** A rule is made, and deleted again by the way back. */
const denied = subnetDenies({ source: 'AzureLoadBalancer', priority: 200 });
const fixable = (...changes: readonly Change[]): World => change(healthyWorld(), denied, ...changes);

test('nothing more is asked where nothing is changed', async () => {
  expect(await planned(healthyWorld())).toMatchObject({ asked: [], plan: { steps: [] } });
});

test('an Owner without locks gets the plan as it is, for three questions', async () => {
  const { plan, asked } = await planned(fixable());
  expect(asked).toEqual([
    expect.stringMatching(/^lock list --resource-group=shop-rg /),
    expect.stringMatching(/^rest .*\/resourceGroups\/shop-rg\/providers\/Microsoft.Authorization\/permissions\?/),
    expect.stringMatching(/^rest .*\/resourceGroups\/shop-rg\/providers\/Microsoft.Authorization\/denyAssignments\?/),
  ]);
  expect(plan.unread).toEqual([]);
  expect(titles(plan, 'look').join('\n')).not.toMatch(/lock|right|denies|internet/);
  expect(titles(plan, 'undo').join('\n')).not.toMatch(/refused/);
});

describe('locks', () => {
  test.each([
    ['on the subscription', 'subscription', 'the subscription'],
    ['on the group', 'group:shop-rg', 'resource group shop-rg'],
    ['on the thing', 'web-nsg', 'web-nsg'],
  ])('that refuse deletions, %s: the way back that deletes says so', async (_, scope, said) => {
    const { plan } = await planned(fixable(locked(scope, 'CanNotDelete')));
    const refused = titles(plan, 'undo').filter((title) =>
      title.endsWith(`(refused while lock keep (CanNotDelete) on ${said} is there)`),
    );
    expect(refused).toHaveLength(1);
    const undo = plan.steps.find(({ title }) => title === refused[0]);
    expect(undo?.argv).toContain('delete');
    expect(plan.steps[0]?.title).toBe(
      `Before you begin, find out who can take off lock keep (CanNotDelete) on ${said}: as long as it is there Azure refuses ${undo?.id}, the way back`,
    );
  });

  test('of another resource mean nothing', async () => {
    const { plan } = await planned(fixable(locked('web-lb-ip', 'ReadOnly'), locked('web-1', 'CanNotDelete')));
    expect(plan.refused).toBeNull();
    expect(plan.steps.map(({ title }) => title).join('\n')).not.toMatch(/lock /);
  });

  test('that refuse deletions mean nothing for a plan that deletes nothing', async () => {
    const { plan } = await planned(
      change(healthyWorld(), deallocated('web-1'), locked('group:shop-rg', 'CanNotDelete')),
    );
    expect(plan.steps.map(({ title }) => title).join('\n')).not.toMatch(/lock /);
  });

  test('that refuse every write refuse the plan, and name themselves', async () => {
    const { plan } = await planned(
      change(healthyWorld(), deallocated('web-1'), locked('group:shop-rg', 'ReadOnly', 'freeze')),
    );
    expect(plan.steps).toEqual([]);
    expect(plan.refused?.because).toMatch(
      /^lock freeze \(ReadOnly\) on resource group shop-rg refuses .*takes it off first/,
    );
  });

  test('of a hostile name stay text', async () => {
    const name = "a'b $(touch x) `y`; rm -rf";
    const { plan } = await planned(fixable(locked('web-nsg', 'CanNotDelete', name)));
    expect(titles(plan, 'undo').join('\n')).toContain(`lock ${name} (CanNotDelete)`);
    expect(plan.steps.filter(({ argv }) => argv.join(' ').includes('touch x'))).toEqual([]);
  });

  test('that can’t be read are never taken for none', async () => {
    const { plan } = await planned(fixable(fault({ on: /\/locks\?/, kind: 'denied' })));
    expect(plan.unread).toEqual([expect.stringMatching(/^Not known: which locks there are: .*locks\/read/)]);
  });
});

describe('rights', () => {
  test('that are missing are named, with whose step it is', async () => {
    const { plan } = await planned(fixable(allowed('group:shop-rg', ['*/read', 'Microsoft.Compute/*'])));
    expect(plan.steps[0]?.title).toMatch(
      /^You have no right to Microsoft\.Network\/networkSecurityGroups\/securityRules\/write on [\w-]+: whoever has it runs change-1/,
    );
    expect(titles(plan, 'look').filter((title) => title.startsWith('You have no right'))).toHaveLength(2);
  });

  test('on the thing alone are enough', async () => {
    const { plan, asked } = await planned(
      fixable(allowed('group:shop-rg', ['*/read']), allowed('web-nsg', ['Microsoft.Network/networkSecurityGroups/*'])),
    );
    expect(asked.filter((each) => each.includes('/permissions?'))).toHaveLength(2);
    expect(titles(plan, 'look').join('\n')).not.toMatch(/no right/);
  });

  test('that can’t be read are not taken for given', async () => {
    const { plan } = await planned(fixable(fault({ on: /\/permissions\?/, kind: 'server-error' })));
    expect(plan.unread.join('\n')).toMatch(/^Not known: whether you have the rights: /);
  });

  test('several machines of a group take one question', async () => {
    const { plan, asked } = await planned(
      change(healthyWorld(), deallocated('web-1'), deallocated('web-2'), allowed('group:shop-rg', ['*/read'])),
    );
    expect(asked.filter((each) => each.includes('/permissions?'))).toHaveLength(2);
    expect(plan.steps[0]?.title).toBe(
      'You have no right to Microsoft.Compute/virtualMachines/start/action on web-1, web-2: whoever has it runs change-1',
    );
  });

  test.each([
    ['Microsoft.Network/loadBalancers/write', ['*'], [], true],
    ['Microsoft.Network/loadBalancers/write', ['microsoft.network/LOADBALANCERS/*'], [], true],
    ['Microsoft.Network/loadBalancers/write', ['*/read'], [], false],
    ['Microsoft.Network/loadBalancers/write', ['*/write'], [], true],
    ['Microsoft.Network/loadBalancers/write', ['Microsoft.Network/*/write'], [], true],
    ['Microsoft.Network/loadBalancers/write', ['Microsoft.Network/*/x/write'], [], false],
    ['Microsoft.Network/loadBalancers/write', ['*'], ['Microsoft.Network/*/write'], false],
    ['Microsoft.Network/loadBalancers/write', ['Microsoft.Network/loadBalancers'], [], false],
    ['ab', ['a*b*b'], [], false],
  ])('%s by %j without %j: %j', (action, actions, notActions, expected) => {
    expect(isGranted(action, [{ actions, notActions }])).toBe(expected);
  });

  test('what one role takes out, another gives', () => {
    expect(isGranted('A/write', [{ actions: ['*'], notActions: ['A/*'] }, { actions: ['A/write'] }])).toBe(true);
  });
});

test('what a deployment stack denies is its own to change', async () => {
  const { plan } = await planned(fixable(deniedByStack('web-nsg', 'shop', ['*/delete', '*/write'])));
  expect(plan.steps[0]?.title).toMatch(
    /^deployment stack shop denies change-1.* and undo-1 on web-nsg to all whom it doesn't name: change its Bicep file/,
  );
});

test('a stack that denies deletions alone denies the way back', async () => {
  const { plan } = await planned(fixable(deniedByStack('group:shop-rg', 'shop', ['*/delete'])));
  expect(plan.steps[0]?.title).toMatch(/^deployment stack shop denies undo-1 on resource group shop-rg/);
});

describe('code', () => {
  test.each([
    [{ 'managed-by': 'terraform' }, 'Terraform', 'managed-by=terraform'],
    [{ Terraform: 'true' }, 'Terraform', 'Terraform=true'],
    [{ git_file: 'infra/network/lb.tf' }, 'Terraform', 'git_file=infra/network/lb.tf'],
    [{ 'azd-env-name': 'prod' }, 'the Azure Developer CLI', 'azd-env-name=prod'],
    [{ deployedBy: 'Pulumi' }, 'Pulumi', 'deployedBy=Pulumi'],
    [{ 'crossplane-kind': 'x' }, 'Crossplane', 'crossplane-kind=x'],
  ])('%j', async (tags, tool, tag) => {
    const { plan } = await planned(fixable(set('web-nsg', 'tags', tags)));
    expect(titles(plan, 'look')).toContain(
      `${tool} seems to write web-nsg (tag ${tag}): make the change in the code too, or its next run takes it back`,
    );
  });

  test.each([{ terraform: 'false' }, { 'managed-by': 'hand' }, { team: 'transformers' }])(
    '%j is none',
    async (tags) => {
      const { plan } = await planned(fixable(set('web-nsg', 'tags', tags)));
      expect(titles(plan, 'look').join('\n')).not.toContain('in the code');
    },
  );

  test('the tags of the group count for what is in it, those of what is not written don’t', async () => {
    const group = `/subscriptions/${healthyWorld().subscription}/resourceGroups/shop-rg`;
    const tagged = await planned(
      fixable(managedBy('shop-rg', 'x'), set(group, 'managedBy', undefined), set(group, 'tags', { iac: 'bicep' })),
    );
    expect(titles(tagged.plan, 'look').join('\n')).toContain('Bicep seems to write resource group shop-rg');
    const other = await planned(fixable(set('web-1', 'tags', { iac: 'bicep' })));
    expect(titles(other.plan, 'look').join('\n')).not.toContain('in the code');
  });
});

describe('the only way out', () => {
  const out: readonly Change[] = [
    set('shop-vnet', 'properties.subnets[web-subnet].properties.natGateway', undefined),
    addedToLb('outboundRules', {
      name: 'out',
      properties: {
        protocol: 'All',
        frontendIPConfigurations: [{ id: `${lb}/frontendIPConfigurations/web-frontend` }],
        backendAddressPool: { id: pool },
      },
    }),
  ];
  const taken = removeNic({
    poolId: pool,
    ipConfigurationId: `${id('Network/networkInterfaces', 'web-1-nic')}/ipConfigurations/ipconfig1`,
  });

  test('a member that is taken out of the pool of its outbound rule', async () => {
    const { plan } = await planned(change(healthyWorld(), ...out), taken);
    expect(plan.steps[0]?.title).toBe(
      'Give another way out first, such as a NAT gateway on the subnet, or make sure that none is needed: the connections of web-1-nic to the internet leave by outbound rule out, and after change-1 by no way at all',
    );
    const changed = plan.steps.find(({ kind }) => kind === 'change');
    expect(changed?.disruptive).toMatch(/Takes away the only way out to the internet of web-1-nic\.$/);
    expect(plan.steps.filter(({ kind }) => kind === 'undo').map(({ undoes }) => undoes)).toEqual(['change-1']);
  });

  test('is no matter with a NAT gateway', async () => {
    const { plan } = await planned(healthyWorld(), taken);
    expect(plan.steps.map(({ title, disruptive }) => `${title} ${disruptive}`).join('\n')).not.toMatch(/internet/);
  });

  test('that can’t be told is said', async () => {
    const { plan } = await planned(change(healthyWorld(), ...out, fault({ on: 'shop-vnet', kind: 'denied' })), taken);
    expect(plan.unread.join('\n')).toMatch(/^Not known: whether members keep a way out to the internet: /);
  });

  describe('of an interface that joins a pool', () => {
    const lends: readonly Change[] = [
      set('shop-vnet', 'properties.subnets[web-subnet].properties.natGateway', undefined),
      set('shop-vnet', 'properties.subnets[web-subnet].properties.defaultOutboundAccess', undefined),
      notInPool('web-1'),
    ];
    const joins = addNic({
      poolId: pool,
      ipConfigurationId: `${id('Network/networkInterfaces', 'web-1-nic')}/ipConfigurations/ipconfig1`,
    });

    test('is Azure’s lent address, and a Standard load balancer takes that away', async () => {
      const { plan } = await planned(change(healthyWorld(), ...lends), joins);
      expect(plan.steps[0]?.title).toMatch(
        /^Give another way out first, .* of web-1-nic to the internet leave by an address that Azure lends and changes \(default outbound access\), and after change-1 by no way at all$/,
      );
    });

    test('is the outbound rule’s from then on, from another address', async () => {
      const outbound = out.slice(1);
      const { plan } = await planned(change(healthyWorld(), ...lends, ...outbound), joins);
      expect(plan.steps[0]?.title).toMatch(
        /^See who admits them by their address: .*, and after change-1 by outbound rule out, from another address$/,
      );
    });

    test('is no matter with a NAT gateway', async () => {
      const { plan } = await planned(change(healthyWorld(), notInPool('web-1')), joins);
      expect(plan.steps.map(({ title }) => title).join('\n')).not.toMatch(/internet/);
      expect(plan.unread).toEqual([]);
    });
  });

  const ofModel = (position: number): readonly Step[] => [
    {
      kind: 'change',
      title: 'Take the pool out of the model',
      argv: [
        'az',
        'vmss',
        'update',
        '--resource-group=shop-rg',
        `--subscription=${healthyWorld().subscription}`,
        '--name=web',
        '--remove',
        'virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].ipConfigurations[0].loadBalancerBackendAddressPools',
        `${position}`,
      ],
      disruptive: null,
    },
  ];

  test('of the instances of a set whose model leaves the pool', async () => {
    const world = change(healthyWorld({ membership: 'uniform' }), ...out);
    const { plan } = await planned(world, ofModel(0));
    expect(plan.steps[0]?.title).toMatch(
      /connections of web_1, web_2, web_3 to the internet leave by outbound rule out/,
    );
    expect((await planned(world, ofModel(1))).plan.steps[0]?.title).toBe('Take the pool out of the model');
    const unread = change(world, fault({ on: /virtualMachineScaleSets\/web\?/, kind: 'denied' }));
    expect((await planned(unread, ofModel(0))).plan.unread.join('\n')).toContain('whether members keep a way out');
  });

  const lbUpdate = (...words: readonly string[]): readonly Step[] => [
    {
      kind: 'change',
      title: 'A change',
      argv: ['az', 'network', 'lb', ...words],
      disruptive: null,
    },
  ];
  const there = ['--resource-group=shop-rg', '--subscription=s'];

  test.each<readonly [readonly string[], boolean]>([
    [['outbound-rule', 'delete', ...there, '--lb-name=web-lb', '--name=out'], true],
    [['update', ...there, '--name=web-lb', '--remove', 'outboundRules', '0'], true],
    [['outbound-rule', 'delete', ...there, '--lb-name=web-lb', '--name=other'], false],
    [['rule', 'update', ...there, '--lb-name=web-lb', '--name=https', '--disable-outbound-snat=true'], false],
  ])('%j', async (words, takes) => {
    const { plan } = await planned(change(healthyWorld(), ...out), lbUpdate(...words));
    expect(plan.steps.some(({ title }) => title.startsWith('Give another way out first'))).toBe(takes);
  });

  test.each<readonly [readonly string[]]>([
    [['rule', 'update', ...there, '--lb-name=web-lb', '--name=https', '--disable-outbound-snat=true']],
    [['update', ...there, '--name=web-lb', '--set', 'loadBalancingRules[name=https].disableOutboundSnat=true']],
    [['rule', 'delete', ...there, '--lb-name=web-lb', '--name=https']],
  ])('of a balancing rule that translates: %j', async (words) => {
    const world = change(
      healthyWorld(),
      set('shop-vnet', 'properties.subnets[web-subnet].properties.natGateway', undefined),
      set('web-lb', 'properties.loadBalancingRules[https].properties.disableOutboundSnat', false),
    );
    const { plan } = await planned(world, lbUpdate(...words));
    expect(plan.steps[0]?.title).toMatch(
      /of web-1-nic, web-2-nic, web-3-nic to the internet leave by balancing rule https, and after change-1 by no way at all$/,
    );
  });
});

describe('what a command writes', () => {
  test.each(changing())('az %s is known', (command) => {
    expect(writesOf(['az', ...command.split(' '), '--name=a'])).not.toBeUndefined();
  });

  const at = ['--resource-group=g', '--subscription=s'];
  const network = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network';
  const write = (action: string, what: string) => ({ action: `Microsoft.Network/${action}`, id: `${network}/${what}` });
  test.each<readonly [readonly string[], readonly object[]]>([
    [['lb', 'probe', 'delete', ...at, '--lb-name=l', '--name=p'], [write('loadBalancers/write', 'loadBalancers/l')]],
    [
      ['lb', 'address-pool', 'address', 'remove', ...at, '--lb-name=l', '--pool-name=p', '--name=a'],
      [write('loadBalancers/backendAddressPools/write', 'loadBalancers/l/backendAddressPools/p')],
    ],
    [
      ['nsg', 'rule', 'delete', ...at, '--nsg-name=n', '--name=r'],
      [write('networkSecurityGroups/securityRules/delete', 'networkSecurityGroups/n/securityRules/r')],
    ],
    [
      [
        'nic',
        'ip-config',
        'address-pool',
        'add',
        ...at,
        '--nic-name=n',
        `--address-pool=${network}/loadBalancers/l/backendAddressPools/p`,
      ],
      [
        write('networkInterfaces/write', 'networkInterfaces/n'),
        write('loadBalancers/backendAddressPools/join/action', 'loadBalancers/l/backendAddressPools/p'),
      ],
    ],
    [
      [
        'nic',
        'ip-config',
        'address-pool',
        'remove',
        ...at,
        '--nic-name=n',
        `--address-pool=${network}/loadBalancers/l/backendAddressPools/p`,
      ],
      [write('networkInterfaces/write', 'networkInterfaces/n')],
    ],
  ])('%j', (words, expected) => expect(writesOf(['az', 'network', ...words])).toEqual(expected));

  test('of several machines each', () => {
    expect(
      writesOf(['az', 'vm', 'start', '--ids', id('Compute/virtualMachines', 'a'), id('Compute/virtualMachines', 'b')]),
    ).toHaveLength(2);
  });

  test('what is not known is said', async () => {
    const { plan } = await planned(healthyWorld(), [
      { kind: 'change', title: 'A change', argv: ['kubectl', 'apply'], disruptive: null },
    ]);
    expect(plan.unread).toEqual(['Not known: which rights change-1 needs, and which locks refuse it']);
  });

  test('of what is not known nothing is guessed', () => {
    expect(writesOf(['az', 'network', 'something', 'new', '--name=a'])).toBeUndefined();
    expect(writesOf(['az', 'rest', '--method=post', '--url=/subscriptions/s'])).toBeUndefined();
  });
});
