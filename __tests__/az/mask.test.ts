import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { run } from '../../commands/root.ts';
import { keptOfDiagnosis } from '../../commands/support/recorded-case.ts';
import { withAz } from '../../commands/support/with-az.ts';
import type { Az, Call } from '../../lib/az/call.ts';
import { classify } from '../../lib/az/classify.ts';
import { AzError } from '../../lib/az/errors.ts';
import type { Target } from '../../lib/collect/target.ts';
import { keptValues } from '../../lib/masking/kept-values.generated.ts';
import { maskedAz, masks } from '../../lib/masking/mask.ts';
import { isPublicAddress, prefixContains } from '../../lib/network/address.ts';
import { readRecording } from '../../lib/recording/recorded-folder.ts';
import { recording } from '../../lib/recording/recording.ts';
import { replayAz } from '../../lib/recording/replay.ts';
import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { cases } from '../recordings/cases.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { deallocated, nicDenies, readerOnly, subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'azlb-mask-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const subscription = '3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21';
const group = `/subscriptions/${subscription}/resourceGroups/shop-rg`;
const network = `${group}/providers/Microsoft.Network`;
const answered = (stdout: string, more: Partial<Call> = {}): Call => ({
  argv: ['version'],
  exitCode: 0,
  stdout,
  stderr: '',
  seconds: 1,
  ...more,
});
const json = (made: ReturnType<typeof masks>, value: unknown): unknown =>
  JSON.parse(made.call(answered(JSON.stringify(value)), { argv: [] }).stdout);
const stderr = (made: ReturnType<typeof masks>, text: string): string =>
  made.call(answered('', { stderr: text, exitCode: 1 }), { argv: [] }).stderr;

/** Names, ids, addresses and tags in what az answered, found without the code under test. */
function identifying(value: unknown, found: Set<string> = new Set(), property = ''): Set<string> {
  // What Azure expands the tag Internet to is the same for everybody.
  if (/^(expanded(Source|Destination)AddressPrefix|Internet)$/.test(property)) return found;
  if (Array.isArray(value)) for (const item of value) identifying(item, found, property);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (property === 'tags') found.add(key).add(String(inner));
      else identifying(inner, found, ['sku', 'name'].includes(property) ? '' : key);
    }
  } else if (typeof value === 'string') {
    if (['name', 'computerName', 'adminUsername', 'resourceGroup'].includes(property)) {
      if (!/^(securityRules|defaultSecurityRules)\//.test(value) && !/^(Allow|Deny)\w+(In|Out)Bound$/.test(value))
        found.add(value);
    }
    const segments = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/[^/]+\/(.*)$/i.exec(value);
    if (segments && !value.includes('/defaultSecurityRules/') && !value.includes('Microsoft.Insights')) {
      const [, sub = '', resourceGroup = '', rest = ''] = segments;
      const names = rest.split('/').filter((part, at) => at % 2 === 1 && !/^\d+$/.test(part));
      for (const name of [sub, resourceGroup, ...names]) found.add(name);
    }
    for (const [guid] of value.matchAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi)) found.add(guid);
    for (const [address] of value.matchAll(/\d+\.\d+\.\d+\.\d+/g)) if (isPublicAddress(address)) found.add(address);
    for (const [user] of value.matchAll(/[\w.]+@[\w.]+/g)) found.add(user);
  }
  return found;
}

/** By these azlb tells who owns a load balancer; every cluster's are called so. */
const withoutOwners = (secrets: ReadonlySet<string>): Set<string> =>
  new Set([...secrets].filter((secret) => !/^(kubernetes|aks-managed|k8s-azure)/i.test(secret)));

/** Those of them that a text still holds, as a whole word. */
function leaks(text: string, secrets: ReadonlySet<string>): readonly string[] {
  return [...secrets].filter((secret) => {
    const escaped = secret.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}]|://)`, 'iu').test(text);
  });
}

const without = (secrets: ReadonlySet<string>, words: readonly string[]): Set<string> =>
  new Set([...secrets].filter((secret) => !words.includes(secret.toLowerCase())));

/** In a report they are azlb's: `"owner"`, and the end of a page's address. */
const ownWords = ['owner', 'https'];

/** az as it answers, and all that it said that identifies. */
function watched(az: Az): { readonly az: Az; readonly secrets: Set<string>; readonly calls: Call[] } {
  const secrets = new Set<string>();
  const calls: Call[] = [];
  return {
    secrets,
    calls,
    az: {
      async run(argv, options) {
        const call = await az.run(argv, options);
        calls.push(call);
        if (/^\s*[[{]/.test(call.stdout)) identifying(JSON.parse(call.stdout), secrets);
        identifying(call.stderr, secrets);
        return call;
      },
    },
  };
}

async function outcome(
  az: Az,
  target: Target,
  recordedAt: string,
): Promise<Omit<Diagnosis, 'calls'> | { readonly error: string }> {
  try {
    const { calls: _, ...diagnosis } = await triage(az, target, { recordedAt });
    return diagnosis;
  } catch (error) {
    if (!(error instanceof AzError)) throw error;
    return { error: error.kind };
  }
}

function namedTarget(world: World): Target {
  const lb = [...world.resources.values()].find(({ type }) => type === 'Microsoft.Network/loadBalancers');
  return { kind: 'id', id: lb?.id ?? '' };
}

const maskedTarget = (made: ReturnType<typeof masks>, target: Target): Target =>
  target.kind === 'id' ? { kind: 'id', id: made.id(target.id) } : target;

describe.each(readdirSync('recorded-outputs'))('the recording %s', (name) => {
  const original = `recorded-outputs/${name}`;

  test('masked by the command holds nothing that identifies, tells the same, and is masked already', async () => {
    const { calls } = await readRecording(original);
    const all = new Set<string>();
    for (const { call } of calls) {
      if (/^\s*[[{]/.test(call.stdout)) identifying(JSON.parse(call.stdout), all);
      identifying(call.stderr, all);
    }
    const secrets = withoutOwners(all);
    expect(secrets.size).toBeGreaterThan(10);

    const kept = async (replay: string, record: string) => {
      const into = path.join(folder, record);
      let told: unknown;
      await withAz(
        { replay, record: into, mask: true, onlyShowErrors: true },
        async (az, target, at = '') => {
          const diagnosis = await triage(az, target, { recordedAt: at });
          told = diagnosis;
          return diagnosis;
        },
        keptOfDiagnosis,
      ).catch((error) => {
        // A recording that waits for being recorded again still has to be masked.
        if (!(error instanceof AzError)) throw error;
        told = { error: error.message };
      });
      const files = readdirSync(path.join(into, 'calls')).sort();
      expect(files.length).toBeGreaterThan(2);
      const text = [
        ...files,
        readFileSync(path.join(into, 'case.json'), 'utf8').replace(/"(recordedAt|title)": .*/g, ''),
        ...files.map((file) => readFileSync(path.join(into, 'calls', file), 'utf8')),
      ].join('\n');
      return { into, text, told };
    };

    const masked = await kept(original, name);
    expect(leaks(masked.text, secrets)).toEqual([]);
    expect(leaks(JSON.stringify(masked.told), without(secrets, ownWords))).toEqual([]);
    if (readFileSync(path.join(masked.into, 'case.json'), 'utf8').includes('"target"')) {
      const again = await kept(masked.into, `${name}-again`);
      expect(again.text).toBe(masked.text);
    }
  });

  test('is diagnosed in masks as it is without', async () => {
    const replay = async () => replayAz(original);
    const { target, recordedAt } = await replay();
    const plain = await outcome(await replay(), { kind: 'id', id: target?.id ?? '' }, recordedAt);
    const made = masks();
    const masked = await outcome(
      maskedAz(await replay(), made),
      { kind: 'id', id: made.id(target?.id ?? '') },
      recordedAt,
    );
    expect(lowered(made.real(JSON.stringify(masked)))).toEqual(lowered(JSON.stringify(plain)));
  });
});

/** A diagnosis apart from letter case; findings that are equal, and what they affect, stand in the order of names. */
function lowered(told: string) {
  const value: { readonly findings?: readonly { readonly key: string; readonly affects: readonly string[] }[] } & {
    readonly causes?: readonly string[];
  } = JSON.parse(told.toLowerCase());
  return {
    ...value,
    findings: value.findings
      ?.map((finding) => ({ ...finding, affects: finding.affects.toSorted() }))
      .toSorted((one, other) => (one.key < other.key ? -1 : 1)),
  };
}

const odd = healthyWorld({
  name: 'Standard',
  group: 'Prod.RG-(1)',
  pools: [{ name: 'nic-pool' }, { name: 'nic' }],
  probes: [{ name: 'Tcp', protocol: 'Http', port: 8443, path: '/healthz' }],
  balancingRules: [
    { name: 'running', frontendPort: 443, backendPort: 8443, pool: 'nic-pool', probe: 'Tcp' },
    { name: 'vm-1', frontendPort: 444, backendPort: 8443, pool: 'nic', probe: 'Tcp' },
  ],
  tags: { 'nic-1': 'nic-1 of Standard', 'aks-managed-cluster-name': 'shop-aks', Succeeded: 'Prod.RG-(1)' },
});

const worlds: readonly (readonly [string, World])[] = [
  ...cases.map(({ folder: name, world }) => [name, world()] as const),
  ['names that are words of Azure, parts of others or masks themselves', odd],
  ['such names, and something wrong', change(odd, deallocated('nic-2'), readerOnly())],
  ['public prefixes in security rules', change(healthyWorld(), subnetDenies({ source: '20.50.0.0/16' }))],
  [
    'a denial that holds another public prefix',
    change(
      healthyWorld(),
      subnetDenies({ name: 'wide', source: '51.0.0.0/8', priority: 150 }),
      nicDenies('web-2', { name: 'block-both', sources: ['51.4.0.0/24', '2a01:111::/32'], priority: 160 }),
    ),
  ],
  ['an IPv6 pair', healthyWorld({ ipv6: true })],
  [
    'AKS',
    healthyWorld({ name: 'kubernetes', group: 'MC_shop_aks_westeurope', tags: { 'aks-managed-cluster-name': 'b' } }),
  ],
];

describe.each(worlds)('%s', (_, world) => {
  test('is diagnosed in masks as it is without, and nothing that identifies is seen', async () => {
    const target = namedTarget(world);
    const real = watched(azInMemory(world));
    const plain = await outcome(real.az, target, world.clock);
    const made = masks();
    const seen: Call[] = [];
    const az = maskedAz(azInMemory(world), made);
    const above: Az = {
      async run(argv, options) {
        const call = await az.run(argv, options);
        seen.push(call);
        return call;
      },
    };
    const masked = await outcome(above, maskedTarget(made, target), world.clock);
    expect(masked).not.toHaveProperty('error');
    // Equal findings stand in the order of their keys, which are made of names.
    expect(sorted(made.real(JSON.stringify(masked)))).toEqual(sorted(JSON.stringify(plain)));
    // Names that Azure's own words hold can't be told from them in a text.
    const words = new Set(['standard', 'nic', 'tcp', 'running', 'succeeded', 'vm-1', 'nic-1', 'nic-2', 'nic-3']);
    const secrets = withoutOwners(new Set([...real.secrets].filter((secret) => !words.has(secret.toLowerCase()))));
    expect(secrets.size).toBeGreaterThan(5);
    expect(leaks(JSON.stringify(seen), secrets)).toEqual([]);
    expect(leaks(JSON.stringify(masked), without(secrets, ownWords))).toEqual([]);
  });
});

/** Names with parentheses are quoted in a command, masks are not. */
function sorted(told: string): unknown {
  const value = lowered(told);
  const text = JSON.stringify({
    ...value,
    findings: value.findings?.toSorted((one, other) => (one.key < other.key ? -1 : 1)),
    causes: value.causes?.toSorted(),
  });
  return JSON.parse(text.replace(/'([^\s'"]*prod\.rg-\(1\)[^\s'"]*)'/g, '$1'));
}

describe('one name has one mask', () => {
  test('whatever its letter case, and a longer one has its own', () => {
    const made = masks();
    expect(made.id(`${network}/networkInterfaces/web-1`)).toBe(
      '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/group-1/providers/Microsoft.Network/networkInterfaces/nic-1',
    );
    expect(made.id(`${network.toUpperCase()}/NETWORKINTERFACES/WEB-1/IPCONFIGURATIONS/A`)).toBe(
      '/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000001/RESOURCEGROUPS/group-1/PROVIDERS/MICROSOFT.NETWORK/NETWORKINTERFACES/nic-1/IPCONFIGURATIONS/ip-config-1',
    );
    expect(made.id(`${network}/networkInterfaces/web-1-nic`)).toMatch(/\/nic-2$/);
    expect(made.text('web-1-nic belongs to WEB-1, web-1-nic-old did.')).toBe('nic-2 belongs to nic-1, name-1 did.');
  });

  test('an instance that of its scale set, in an id, a name and a sentence', () => {
    const made = masks();
    const set = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/web`;
    expect(json(made, { id: `${set}/virtualMachines/3`, instanceId: '3', name: 'web_3' })).toEqual({
      id: '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/group-1/providers/Microsoft.Compute/virtualMachineScaleSets/set-1/virtualMachines/3',
      instanceId: '3',
      name: 'set-1_3',
    });
    expect(made.real('set-1_3')).toBe('web_3');
    expect(masks().id(`${group}/providers/Microsoft.Compute/virtualMachines/web_3`)).toMatch(/\/set-1_3$/);
  });

  test.each([
    [{ name: 'DenyAllInBound' }, { name: 'DenyAllInBound' }],
    [{ name: 'defaultSecurityRules/DenyAllInBound' }, { name: 'defaultSecurityRules/DenyAllInBound' }],
    [{ name: 'securityRules/shop' }, { name: 'securityRules/rule-1' }],
    [{ name: 'GatewaySubnet' }, { name: 'GatewaySubnet' }],
    [{ sku: { name: 'Standard', tier: 'Regional' } }, { sku: { name: 'Standard', tier: 'Regional' } }],
    [{ probes: [{ name: 'Standard' }] }, { probes: [{ name: 'probe-1' }] }],
    [
      { name: { value: 'DipAvailability' }, value: '20.1.2.3' },
      { name: { value: 'DipAvailability' }, value: '203.0.113.1' },
    ],
    [{ sourceAddressPrefix: 'Storage.WestEurope' }, { sourceAddressPrefix: 'Storage.WestEurope' }],
    [
      { sourceAddressPrefixes: ['10.0.0.0/8', '20.1.0.0/16'] },
      { sourceAddressPrefixes: ['10.0.0.0/8', '203.0.0.0/16'] },
    ],
    [{ destinationPortRanges: ['80', '90-99'] }, { destinationPortRanges: ['80', '90-99'] }],
    [{ resourceGroup: 'MC_shop_aks_westeurope' }, { resourceGroup: 'MC_group-1' }],
    [
      { tags: { 'kubernetes.io/cluster/shop': 'owned', 'k8s-azure-service': 'a/b', owner: 'Ann' } },
      { tags: { 'kubernetes.io/tag-1': 'value-1', 'k8s-azure-service': 'value-2', 'tag-2': 'value-3' } },
    ],
    [
      { identity: { [`${group}/providers/Microsoft.X/y/z`]: {} } },
      {
        identity: {
          '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/group-1/providers/Microsoft.X/y/name-1':
            {},
        },
      },
    ],
    [{ dnsSettings: { fqdn: 'shop.westeurope.cloudapp.azure.com' } }, { dnsSettings: { fqdn: 'value-1' } }],
    [
      { neverHeardOf: 'Contoso', macAddress: '60-45-BD-00-00-01' },
      { neverHeardOf: 'value-1', macAddress: 'value-2' },
    ],
    [
      { osProfile: { customData: 'c2VjcmV0', secrets: [{ a: 'b' }] }, userData: 'x' },
      { osProfile: { customData: 'masked', secrets: [] }, userData: 'masked' },
    ],
    [
      { settings: { script: 'rm' }, protectedSettings: 'p' },
      { settings: {}, protectedSettings: 'masked' },
    ],
    [{ requestPath: '/' }, { requestPath: '/' }],
    [
      { tagMap: { Internet: ['1.0.0.0/8'], VirtualNetwork: ['10.0.0.0/8', '51.0.0.0/24'] } },
      { tagMap: { Internet: ['1.0.0.0/8'], VirtualNetwork: ['10.0.0.0/8', '203.0.113.0/24'] } },
    ],
    [
      { sourceAddressPrefix: 'Internet', expandedSourceAddressPrefix: ['1.0.0.0/8'] },
      { sourceAddressPrefix: 'Internet', expandedSourceAddressPrefix: ['1.0.0.0/8'] },
    ],
    [
      { destinationAddressPrefixes: ['VirtualNetwork'], expandedDestinationAddressPrefix: ['51.0.0.0/24'] },
      { destinationAddressPrefixes: ['VirtualNetwork'], expandedDestinationAddressPrefix: ['203.0.113.0/24'] },
    ],
    [
      { nextLink: 'https://management.azure.com/subscriptions?api-version=1&$skiptoken=abc' },
      { nextLink: 'https://management.azure.com/subscriptions?api-version=1&$skiptoken=value-1' },
    ],
    [{ uri: 'https://shopdiag.blob.core.windows.net/logs/a?sig=abc' }, { uri: 'https://host-1.example/value-1' }],
  ])('%j', (value, expected) => expect(json(masks(), value)).toEqual(expected));
});

test('of every text that azlb reads it is decided whether it is a word of Azure', () => {
  const masked = readdirSync('schemas/az')
    .filter((file) => file.endsWith('.schema.json'))
    .flatMap((file) => textsOf(JSON.parse(readFileSync(`schemas/az/${file}`, 'utf8'))))
    .filter(
      (property) => JSON.stringify(json(masks(), { [property]: 'Word' })) !== JSON.stringify({ [property]: 'Word' }),
    );
  // Where a property is new here: rules that read it would see a mask. If its words are Azure's, `x-mask` in its schema says which.
  expect([...new Set(masked)].sort()).toEqual([
    'denyAssignmentName',
    'description',
    'etag',
    'fqdn',
    'id',
    'instanceId',
    'ipAddress',
    'managedBy',
    'mode',
    'name',
    'networkInterfaceIPConfigurationId',
    'nextHopIpAddress',
    'nextLink',
    'privateIPAddress',
    'scope',
    'tags',
    'value',
  ]);
});

test('a word that is none of Azure stays nowhere but where Azure makes new ones and takes none of anybody', () => {
  const places = Object.keys(keptValues).map((property) => ({ [property]: 'Contoso' }));
  const others = [
    { sku: { name: 'Contoso', tier: 'Contoso' } },
    { sku: { name: 'Standard_Contoso' } },
    { name: { value: 'Contoso' }, unit: { value: 'Contoso' } },
    { ipAddress: 'Contoso' },
    { publicIPAddress: 'Contoso' },
    { code: 'Contoso/running' },
    { code: 'PowerState/contoso' },
    { reason: 'Down_Contoso' },
    { type: 'Contoso' },
    { error: { message: '', target: 'Contoso' } },
  ];
  const kept = [...places, ...others].filter((value) => /contoso/i.test(JSON.stringify(json(masks(), value))));
  expect(kept).toEqual([{ location: 'Contoso' }]);
});

test.each([
  [{ sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 2 } }, undefined],
  [{ sku: { name: 'Gateway', tier: 'Regional' } }, undefined],
  [{ sku: { name: 'StandardV2' } }, undefined],
  [
    { actions: ['*', '*/read', 'Microsoft.Network/loadBalancers/*'], notActions: ['Microsoft.Network/*/delete'] },
    undefined,
  ],
  [{ sourceAddressPrefix: 'Storage.WestEurope', destinationAddressPrefixes: ['*', 'VirtualNetwork'] }, undefined],
  [{ code: 'ProvisioningState/failed/OSProvisioningTimedOut', level: 'Error' }, undefined],
  [{ reason: 'Down_Probe_SomethingNew', state: 'Down' }, undefined],
  [{ error: { code: 'SomethingNew', details: [{ code: 'Other' }] } }, undefined],
  [{ name: { value: 'DipAvailability' }, errorCode: 'Success' }, undefined],
  [{ protocol: 'VXLAN', type: 'Internal', syncMode: 'Automatic', mode: 'Rolling' }, undefined],
  [{ displayStatus: 'Payroll of Contoso failed' }, { displayStatus: 'value-1' }],
  [{ displayStatus: 'VM deallocated', code: 'PowerState/deallocated' }, undefined],
  [{ reason: 'Down_Probe_HttpStatusCodeError', state: 'Down' }, undefined],
  [
    { reason: 'Contoso moved', scope: 'contoso', kind: 'Contoso' },
    { reason: 'value-1', scope: 'value-2', kind: 'value-2' },
  ],
  [{ provisioningState: 'contoso-prod is broken' }, { provisioningState: 'value-1' }],
  [{ protocol: 'Tcp', destinationPortRange: '80-443', zones: ['1'], location: 'westeurope' }, undefined],
  [
    { sourcePortRange: 'contoso', zones: ['rack of Contoso'] },
    { sourcePortRange: 'value-1', zones: ['value-2'] },
  ],
  [
    { somethingNew: 'Contoso', localizedValue: 'Contoso' },
    { somethingNew: 'value-1', localizedValue: 'value-1' },
  ],
  [{ type: 'Microsoft.Network/loadBalancers' }, undefined],
  [{ type: 'Contoso.Network/payroll' }, { type: 'value-1' }],
  [{ __proto__: null, constructor: 'Contoso' }, { constructor: 'value-1' }],
  [
    { tags: { 'aks-managed-contoso': '1', 'aks-managed-cluster-name': 'b' } },
    { tags: { 'aks-managed-tag-1': 'value-1', 'aks-managed-cluster-name': 'value-2' } },
  ],
])('only what a schema says is of Azure stays: %j', (value, masked) => {
  expect(json(masks(), value)).toEqual(masked ?? value);
});

function textsOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, inner]) => [
    ...(key === 'properties' && typeof inner === 'object' && inner !== null ? textPropertiesOf(inner) : []),
    ...textsOf(inner),
  ]);
}

const textPropertiesOf = (properties: object): readonly string[] =>
  Object.entries(properties)
    .filter(
      ([, property]) =>
        /"type":("string"|\[[^\]]*"string")/.test(JSON.stringify(property ?? '')) &&
        !/"properties"|"x-mask"/.test(JSON.stringify(property)),
    )
    .map(([name]) => name);

test('planted secrets are nowhere', () => {
  const made = masks();
  const secrets = ['hunter2', 'c2VjcmV0c2VjcmV0', 'S1GNATURE', 'eyJ0eXAiOiJKV1Qi'];
  const [password, data, signature, token] = secrets;
  const said = [
    json(made, {
      osProfile: {
        customData: data,
        adminPassword: password,
        linuxConfiguration: { ssh: { publicKeys: [{ keyData: data }] } },
      },
      extensions: [{ name: 'e', settings: { commandToExecute: `x ${password}` }, protectedSettings: { k: password } }],
      instanceView: {
        extensions: [
          {
            statuses: [{ message: `[stdout] ${password}`, displayStatus: 'Ready' }],
            substatuses: [{ message: password }],
          },
        ],
      },
      diagnosticsProfile: {
        bootDiagnostics: { storageUri: `https://shop.blob.core.windows.net/?sv=1&sig=${signature}` },
      },
      tags: { [`password-${password}`]: password },
      properties: { userData: data, connectionString: `Endpoint=sb://x;SharedAccessKey=${signature}` },
      message: `Authorization: Bearer ${token}.x.y, password: ${password}`,
    }),
    stderr(
      made,
      `ERROR: login failed, client_secret=${password}&x=1 {"access_token": "${token}.a.b"} AccountKey=${signature};\n`,
    ),
    stderr(made, `WARNING: https://shop.blob.core.windows.net/vhds/a?sp=r&sig=${signature}\n`),
  ];
  expect(secrets.filter((secret) => JSON.stringify(said).includes(secret))).toEqual([]);
  expect(JSON.stringify(said)).toContain('"displayStatus":"Ready"');
});

describe('what az says is masked, and is classified as before', () => {
  const notFound = `ERROR: (ResourceNotFound) The Resource 'Microsoft.Network/networkInterfaces/web-2-nic' under resource group 'shop-rg' was not found.\nCode: ResourceNotFound\n`;
  test.each([
    [
      notFound,
      "ERROR: (ResourceNotFound) The Resource 'Microsoft.Network/networkInterfaces/nic-1' under resource group 'name-1' was not found.\nCode: ResourceNotFound\n",
    ],
    [
      `ERROR: (AuthorizationFailed) The client 'ann@shop.example' with object id '5d0f7c1b-66a3-4e0b-8e43-2f1a9b7c4d50' does not have authorization to perform action 'Microsoft.Insights/metrics/read' over scope '${network}/loadBalancers/web-lb' or the scope is invalid.\n`,
      "ERROR: (AuthorizationFailed) The client 'user-1@example.com' with object id '00000000-0000-0000-0000-000000000001' does not have authorization to perform action 'Microsoft.Insights/metrics/read' over scope '/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/group-1/providers/Microsoft.Network/loadBalancers/lb-1' or the scope is invalid.\n",
    ],
    [
      `ERROR: Forbidden({"error":{"code":"AuthorizationFailed","message":"The client 'ann@shop.example' may not"}})\n`,
      `ERROR: Forbidden({"error":{"code":"AuthorizationFailed","message":"The client 'user-1@example.com' may not"}})\n`,
    ],
    [
      "ERROR: The subscription of 'Contoso Prod' doesn't exist in cloud 'AzureCloud'.\n",
      "ERROR: The subscription of 'name-1' doesn't exist in cloud 'name-2'.\n",
    ],
    ["ERROR: Please run 'az login' to setup account.\n", "ERROR: Please run 'az login' to setup account.\n"],
    [
      'ERROR: AADSTS50076: …\nInteractive authentication is needed. Please run:\naz login --tenant "contoso.onmicrosoft.com" --scope "https://management.core.windows.net//.default"\n',
      'ERROR: AADSTS50076: …\nInteractive authentication is needed. Please run:\naz login --tenant "host-1.example" --scope "https://host-2.example/value-1"\n',
    ],
    [
      'ERROR: Authorization: Bearer abc.def, sig=Zm9v&se=1, eyJ0eXAiOiJKV1QiLCJhbGciOi.eyJhdWQ.x from /home/ann/.azure and 20.1.2.3\n',
      'ERROR: Authorization: Bearer masked sig=masked&se=1, masked from /home/user-1/.azure and 203.0.113.1\n',
    ],
    [
      "ERROR: Too Many Requests: try again after '17' seconds\n",
      "ERROR: Too Many Requests: try again after '17' seconds\n",
    ],
    [
      "ERROR: HTTPSConnectionPool(host='management.azure.com', port=443): Max retries exceeded with url: /subscriptions/x/a?api-version=1 (Caused by NameResolutionError)\n",
      "ERROR: HTTPSConnectionPool(host='management.azure.com', port=443): Max retries exceeded with url: /subscriptions/subscription-1/a?api-version=1 (Caused by NameResolutionError)\n",
    ],
  ])('%s', (text, expected) => {
    const masked = stderr(masks(), text);
    expect(masked).toBe(expected);
    const kindOf = (said: string) => {
      const failure = classify(answered('', { exitCode: 1, stderr: said }));
      return { kind: failure?.kind, action: failure?.action, retryAfter: failure?.retryAfter };
    };
    expect(kindOf(masked)).toEqual(kindOf(text));
  });

  test('no answer but JSON is kept, and a page is still seen to be one', () => {
    const unreadable = (stdout: string) => {
      const call = masks().call(answered(stdout), { argv: [] });
      return [call.stdout, classify(call)?.firstLine === classify(answered(stdout))?.firstLine];
    };
    expect(unreadable('<!DOCTYPE html><title>Contoso proxy</title>')).toEqual(['<html>masked</html>\n', true]);
    expect(unreadable('{"name": "web-lb')).toEqual(['masked\n', true]);
    expect(unreadable('')).toEqual(['', true]);
  });
});

describe('az is asked in masks', () => {
  test('and gets the real names, on its standard input too, and what it throws is masked', async () => {
    const got: unknown[] = [];
    const location = `https://management.azure.com${network}/locations/westeurope/operationResults/5d0f7c1b-66a3-4e0b-8e43-2f1a9b7c4d50?api-version=1&t=638&c=MIIa/b%3D&s=S1G`;
    const az: Az = {
      async run(argv, options) {
        got.push(argv, options);
        if (argv[0] === 'throws')
          throw new AzError('unreachable', `az throws ${argv[1]}: no answer from ${network}/loadBalancers/web-lb.`);
        const stdout = JSON.stringify({ id: `${network}/loadBalancers/web-lb` });
        return {
          argv,
          input: options?.input ?? '',
          exitCode: 0,
          seconds: 1,
          stdout,
          stderr: `INFO:     'Location': '${location}'\n`,
        };
      },
    };
    const made = masks();
    const masked = maskedAz(az, made);
    const id = made.id(`${network}/loadBalancers/web-lb`);
    const first = await masked.run(['network', 'lb', 'show', '--ids', id], { input: `{"url":"${id}"}` });
    expect(got).toEqual([
      ['network', 'lb', 'show', '--ids', `${network}/loadBalancers/web-lb`],
      { input: `{"url":"${network}/loadBalancers/web-lb"}` },
    ]);
    expect(first).toMatchObject({ argv: ['network', 'lb', 'show', '--ids', id], input: `{"url":"${id}"}` });
    expect(first.stderr).toBe(
      `INFO:     'Location': 'https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/group-1/providers/Microsoft.Network/locations/westeurope/operationResults/00000000-0000-0000-0000-000000000002?api-version=1&t=value-1&c=value-2&s=value-3'\n`,
    );
    await masked.run(['rest', `--url=${/https:[^']*/.exec(first.stderr)?.[0]}`]);
    expect(got[2]).toEqual(['rest', `--url=${location}`]);
    await expect(masked.run(['throws', id])).rejects.toThrow(`az throws ${id}: no answer from ${id}.`);
  });

  test('two recordings by the same masks share them', async () => {
    const made = masks();
    const world = healthyWorld();
    const ids: string[] = [];
    for (const name of ['one', 'two']) {
      const into = path.join(folder, `shared-${name}`);
      const kept = recording(maskedAz(azInMemory(world), made), into);
      await outcome(kept, maskedTarget(made, namedTarget(world)), world.clock);
      await kept.save({ schemaVersion: 1, title: name, az: '', recordedAt: world.clock });
      ids.push(readFileSync(path.join(into, 'calls', '01-network-lb-show-lb-1.json'), 'utf8'));
    }
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('the command', () => {
  const printed = async (argv: readonly string[]) => {
    const out: string[] = [];
    const write = (chunk: string | Uint8Array, done?: unknown): boolean => {
      out.push(String(chunk));
      if (typeof done === 'function') done();
      return true;
    };
    const spies = [
      jest.spyOn(process.stdout, 'write').mockImplementation(write),
      jest.spyOn(process.stderr, 'write').mockImplementation(write),
    ];
    try {
      await run(argv);
      return { text: out.join(''), code: process.exitCode };
    } finally {
      for (const spy of spies) spy.mockRestore();
      process.exitCode = undefined;
    }
  };
  const original = 'recorded-outputs/machine-deallocated';

  test.each(['text', 'json', 'yaml', 'tsv'])('prints -o %s in masks, notes on stderr too', async (format) => {
    const plain = await printed(['triage', '--replay', original, '-o', format, '--verbose']);
    expect(plain.text).toContain('web-2');
    const masked = await printed(['triage', '--replay', original, '-o', format, '--verbose', '--mask']);
    expect(masked.code).toBe(plain.code);
    expect(masked.text).toMatch(/vm-\d/);
    expect(masked.text.match(/web-\d|web-lb|shop-rg|3f2c1a9e|machine-deallocated/g)).toBeNull();
  });

  test('does not name what was recorded and not asked for', async () => {
    const out: string[] = [];
    const spy = jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => out.push(String(chunk)) > 0);
    const unasked = { calls: [] as const, loadBalancers: [], notAsked: [], collectedAt: '', schemaVersion: 1 } as const;
    const scope = { subscription: null, resourceGroup: null, ids: [] };
    try {
      for (const mask of [false, true])
        await withAz({ replay: original, mask, verbose: true }, async () => ({ ...unasked, scope }), keptOfDiagnosis);
    } finally {
      spy.mockRestore();
    }
    const at = out.findIndex((line) => line.startsWith('Answered from a recording.'));
    expect(out.slice(0, at).join('')).toContain('--name=web-lb');
    expect(out.slice(at).join('')).toMatch(/not asked for: \d+\. /);
    expect(
      out
        .slice(at)
        .join('')
        .match(/web-|shop|deallocated/g),
    ).toBeNull();
  });

  test('masks what was named, and its error where it is not there', async () => {
    const named = await printed(['triage', '--replay', original, '-g', 'SHOP-RG', '-n', 'WEB-LB', '--mask']);
    expect(named.code).toBe(1);
    const missing = await printed(['triage', '--replay', original, '-g', 'secret-rg', '-n', 'secret-lb', '--mask']);
    expect(missing.code).toBe(4);
    expect(`${named.text}${missing.text}`.match(/web-|shop|secret/gi)).toBeNull();
  });
});

describe('addresses', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const address = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
  const text = (made: ReturnType<typeof masks>, prefix: string): string =>
    String(
      json(made, { ipAddress: prefix }) && JSON.parse(JSON.stringify(json(made, { ipAddress: prefix }))).ipAddress,
    );

  test('public ones only, and a prefix still holds what it held', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(address, fc.integer({ min: 8, max: 32 })), { minLength: 2, maxLength: 6 }),
        (list) => {
          const made = masks();
          const prefixes = list.flatMap(([ip, length]) => [ip, network0(ip, length)]);
          const masked = prefixes.map((prefix) => text(made, prefix));
          for (const [at, prefix] of prefixes.entries()) {
            const mask = masked[at] ?? '';
            expect(isPublicAddress(mask)).toBe(isPublicAddress(prefix));
            if (!isPublicAddress(prefix)) expect(mask).toBe(prefix);
            else expect(made.real(mask)).toBe(prefix);
            for (const [other, second] of prefixes.entries()) {
              if (!isPublicAddress(prefix) || !isPublicAddress(second)) continue;
              expect(prefixContains(mask, masked[other] ?? '')).toBe(prefixContains(prefix, second));
            }
          }
          const again = masks();
          expect(masked.map((mask) => text(again, mask))).toEqual(masked);
        },
      ),
    );
  });

  test.each([
    ['168.63.129.16', '168.63.129.16'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['100.64.0.1', '100.64.0.1'],
    ['fd00::1', 'fd00::1'],
    ['2603:1020::5', '2001:db8::1'],
    ['2603:1020::/32', '2001:db8::/32'],
    ['::ffff:20.1.2.3', '::ffff:203.0.113.1'],
  ])('%s is %s', (prefix, mask) => expect(text(masks(), prefix)).toBe(mask));

  const network0 = (ip: string, length: number): string => {
    const number = ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    const low = Math.floor(number / 2 ** (32 - length)) * 2 ** (32 - length);
    return `${[24, 16, 8, 0].map((shift) => Math.floor(low / 2 ** shift) % 256).join('.')}/${length}`;
  };
});

describe('whatever the names are', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,12}[A-Za-z0-9_]$/);
  const types = ['networkInterfaces', 'loadBalancers', 'virtualNetworks', 'customThings'];
  const id = fc
    .tuple(name, fc.constantFrom(...types), name)
    .map(
      ([resourceGroup, type, own]) =>
        `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/${type}/${own}`,
    );
  const answer = fc.record({
    id,
    name,
    tags: fc.dictionary(name, name, { maxKeys: 3 }),
    list: fc.array(fc.record({ id, note: name }), { maxLength: 3 }),
  });

  test('equal ones stay equal, different ones different, and each leads back', () => {
    fc.assert(
      fc.property(fc.array(id, { minLength: 1, maxLength: 12 }), (ids) => {
        const made = masks();
        const masked = ids.map(made.id);
        for (const [at, mask] of masked.entries()) {
          expect(made.real(mask).toLowerCase()).toBe(ids[at]?.toLowerCase());
          expect(made.id(ids[at]?.toUpperCase() ?? '').toLowerCase()).toBe(mask.toLowerCase());
        }
        const count = (list: readonly string[]) => new Set(list.map((one) => one.toLowerCase())).size;
        expect(count(masked)).toBe(count(ids));
      }),
    );
  });

  test('masking twice is masking once, and two runs give the same', () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 4 }), (answers) => {
        const once = json(masks(), answers);
        expect(json(masks(), answers)).toEqual(once);
        expect(json(masks(), once)).toEqual(once);
      }),
    );
  });

  test('no text of a property that nobody knows is kept', () => {
    const text = fc.stringMatching(/^[A-Za-z][A-Za-z ._-]{5,30}$/);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'displayName', 'userName'), text), (object) => {
        for (const value of Object.values(json(masks(), object) ?? {})) expect(value).toMatch(/^value-\d+$/);
      }),
    );
  });
});
