import type { DiagnosedMember, Diagnosis, Finding, FixStep, HealthState } from '../../schemas/diagnosis.generated.ts';

const group = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop-rg/providers';
export const loadBalancerId = `${group}/Microsoft.Network/loadBalancers/web-lb`;
const nsgId = `${group}/Microsoft.Network/networkSecurityGroups/web-nsg`;

export const member = (name: string, state: HealthState, reason: string | null = null): DiagnosedMember => ({
  key: `web-pool/${name}`,
  pool: 'web-pool',
  name,
  ip: '10.0.0.4',
  nicId: `${group}/Microsoft.Network/networkInterfaces/${name}-nic`,
  machineId: `${group}/Microsoft.Compute/virtualMachines/${name}`,
  zone: '1',
  powerState: 'running',
  adminState: null,
  health: [{ balancingRule: 'http', state, reason, source: 'platform', byDesign: null }],
});

const step = (
  kind: FixStep['kind'],
  title: string,
  argv: readonly string[],
  disruptive: string | null = null,
): FixStep => ({
  kind,
  title,
  argv,
  command: argv.length === 0 ? null : argv.join(' '),
  shell: argv.length === 0 ? null : 'bash',
  disruptive,
});

export const healthy: Diagnosis = {
  schemaVersion: 1,
  azlb: '0.1.0',
  az: '2.91.0',
  collectedAt: '2026-11-22T03:14:15Z',
  loadBalancer: {
    id: loadBalancerId,
    name: 'web-lb',
    resourceGroup: 'shop-rg',
    subscriptionId: '00000000-0000-0000-0000-000000000001',
    location: 'westeurope',
    sku: 'Standard',
    tier: 'Regional',
    owner: 'user',
  },
  verdict: 'ok',
  balancingRules: [
    {
      key: 'http',
      name: 'http',
      verdict: 'ok',
      protocol: 'Tcp',
      frontend: { name: 'public', address: '20.1.2.3', port: 80 },
      backendPort: 8080,
      pools: ['web-pool'],
      probe: 'web-probe',
      members: { total: 2, up: 2, down: 0, unknown: 0 },
    },
  ],
  members: [member('web-vm-1', 'up'), member('web-vm-2', 'up')],
  causes: [],
  findings: [],
  notEvaluated: [],
  calls: [{ command: 'az network lb show -g shop-rg -n web-lb', status: 'read', because: null, seconds: 1.4 }],
  ruleFile: null,
  switchedOff: [],
  expectation: null,
};

export const cause: Finding = {
  key: `nsg-blocks-probe@${nsgId.toLowerCase()}`,
  rule: 'nsg-blocks-probe',
  kind: 'fault',
  severity: 'critical',
  confidence: 'high',
  message: 'DenyAll (priority 200) denies the probe on port 8080.',
  on: nsgId,
  affects: ['web-pool/web-vm-1', 'web-pool/web-vm-2'],
  data: { port: 8080 },
  explainedBy: [],
  evidence: [
    {
      command: 'az network nsg show -g shop-rg -n web-nsg',
      path: "$.securityRules[?(@.name=='DenyAll')].access",
      query: "securityRules[?name=='DenyAll'] | [0].access",
      value: 'Deny',
    },
    {
      command: 'az network nsg show -g shop-rg -n web-nsg',
      path: "$.securityRules[?(@.name=='AllowProbe')]",
      query: "securityRules[?name=='AllowProbe'] | [0]",
      absent: true,
    },
    {
      command: 'az network nic list-effective-nsg -g shop-rg -n web-vm-1-nic',
      exitCode: 1,
      error: 'AuthorizationFailed',
    },
  ],
  fix: {
    owner: 'user',
    steps: [
      step('look', 'see what is denied', [
        'az',
        'network',
        'nsg',
        'rule',
        'list',
        '-g',
        'shop-rg',
        '--nsg-name',
        'web-nsg',
      ]),
      step('backup', 'keep the security rules', ['az', 'network', 'nsg', 'show', '-g', 'shop-rg', '-n', 'web-nsg']),
      step(
        'change',
        'allow the probe',
        [
          'az',
          'network',
          'nsg',
          'rule',
          'create',
          '-g',
          'shop-rg',
          '--nsg-name',
          'web-nsg',
          '-n',
          'AllowProbe',
          '--priority',
          '100',
          '--access',
          'Allow',
          '--protocol',
          'Tcp',
          '--destination-port-ranges',
          '8080',
        ],
        'open connections may be cut',
      ),
      step('check', 'health is up', ['azlb', 'triage', '-g', 'shop-rg', '-n', 'web-lb']),
      step('undo', 'delete the security rule', [
        'az',
        'network',
        'nsg',
        'rule',
        'delete',
        '-g',
        'shop-rg',
        '--nsg-name',
        'web-nsg',
        '-n',
        'AllowProbe',
      ]),
    ],
  },
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
};

const symptom: Finding = {
  ...cause,
  key: 'tcp-probe-timeout@http',
  rule: 'tcp-probe-timeout',
  severity: 'high',
  message: 'The probe of http times out.',
  on: `${loadBalancerId}/loadBalancingRules/http`,
  explainedBy: [cause.key],
  evidence: [],
  fix: null,
  docs: null,
};

export const advice: Finding = {
  ...symptom,
  key: 'lb-has-no-tags@web-lb',
  rule: 'lb-has-no-tags',
  kind: 'advice',
  severity: 'low',
  message: 'The load balancer has no tags.',
  affects: [],
  explainedBy: [],
};

export const incident: Diagnosis = {
  ...healthy,
  verdict: 'down',
  balancingRules: healthy.balancingRules.map((rule) => ({
    ...rule,
    verdict: 'down',
    members: { total: 2, up: 0, down: 2, unknown: 0 },
  })),
  members: [member('web-vm-1', 'down', 'TCP probe timed out'), member('web-vm-2', 'down', 'TCP probe timed out')],
  causes: [cause.key, advice.key],
  findings: [symptom, cause, advice],
};

const denied =
  "az rest …/health: AuthorizationFailed: The client does not have authorization to perform action 'Microsoft.Network/loadBalancers/loadBalancingRules/health/action' over scope '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/web-lb/loadBalancingRules/http' or the scope is invalid.";

export const unreadable: Diagnosis = {
  ...healthy,
  verdict: 'unknown',
  balancingRules: healthy.balancingRules.map((rule) => ({
    ...rule,
    verdict: 'unknown',
    members: { total: 2, up: 0, down: 0, unknown: 2 },
  })),
  members: [member('web-vm-1', 'unknown', 'denied'), member('web-vm-2', 'not-measured')],
  notEvaluated: [
    { rule: 'tcp-probe-timeout', on: `${loadBalancerId}/loadBalancingRules/http`, because: denied },
    { rule: 'http-probe-status', on: `${loadBalancerId}/loadBalancingRules/http`, because: denied },
  ],
  calls: [...healthy.calls, { command: 'az rest …/health', status: 'failed', because: 'denied', seconds: 0.6 }],
};

export const nasty =
  '\u001b[31mred\u001b]52;c;eA==\u0007 \u009b1m \u202eevil\u2066 \u200b ##vso[task.setvariable variable=PATH]x ##[error]y\n::set-output name=a::b';

const withNasty = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (key, part: unknown) =>
    typeof part === 'string' &&
    ['message', 'name', 'because', 'title', 'error', 'reason', 'ip', 'zone', 'location'].includes(key)
      ? `${nasty}${part}`
      : part,
  );

/** Every free text in it holds what terminals and build agents act on. */
export const hostile: Diagnosis = withNasty({
  ...incident,
  notEvaluated: unreadable.notEvaluated,
  findings: incident.findings.map((finding) => ({
    ...finding,
    evidence: [{ command: `az x ${nasty}`, path: '$', query: nasty, value: { [nasty]: nasty } }],
  })),
});
