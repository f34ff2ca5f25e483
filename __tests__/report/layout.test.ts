import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { diagnosisText } from '../../lib/report/text.ts';
import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { triaged } from '../rules/triaged.ts';
import { availabilityGroup } from '../world/shapes/clusters.ts';
import { advice, cause, healthy, incident, member } from './diagnoses.ts';

const plain = { colour: false, width: 100, verbose: false, exitCode: 1 };
const text = (diagnosis: Diagnosis, options = {}) => diagnosisText(diagnosis, { ...plain, ...options });
const lines = (report: string) => report.split('\n');
const topOf = (report: string) => report.slice(0, report.indexOf('\n\n'));

const [rule] = healthy.balancingRules;
if (rule === undefined) throw new Error('The healthy one balances.');

const stopped = (names: readonly string[]): Finding => ({
  ...cause,
  key: `member-vm-not-running@${names}`,
  rule: 'member-vm-not-running',
  severity: 'high',
  message: `${names.join(' and ')} are deallocated.`,
  affects: names.map((name) => `web-pool/${name}`),
  evidence: names.map((name) => ({
    command: `az vm get-instance-view --ids /subscriptions/s/resourceGroups/shop-rg/providers/Microsoft.Compute/virtualMachines/${name}`,
    path: "$.instanceView.statuses[?(@.code=='PowerState/deallocated')].code",
    query: "instanceView.statuses[?code=='PowerState/deallocated'] | [0].code",
    value: 'PowerState/deallocated',
  })),
});

/** Forty members; some stopped, some denied. */
const fleet: Diagnosis = {
  ...healthy,
  verdict: 'degraded',
  balancingRules: [{ ...rule, verdict: 'degraded', members: { total: 40, up: 36, down: 4, unknown: 0 } }],
  members: Array.from({ length: 40 }, (_, at) => {
    const name = `web-${at + 1}`;
    const isDown = [7, 21, 22, 31].includes(at + 1);
    return {
      ...member(name, isDown ? 'down' : 'up'),
      zone: String((at % 3) + 1),
      powerState: [7, 31].includes(at + 1) ? 'deallocated' : 'running',
    };
  }),
  findings: [{ ...cause, affects: ['http', 'web-pool/web-21', 'web-pool/web-22'] }, stopped(['web-31', 'web-7'])],
  causes: [cause.key, 'member-vm-not-running@web-31,web-7'],
};

const isCause = ({ kind, explainedBy }: Finding) => kind === 'fault' && explainedBy.length === 0;

describe('the first lines count', () => {
  const first = (diagnosis: Diagnosis) => lines(text(diagnosis, { width: 300 }))[0];
  const one = { ...member('web-1', 'down') };
  const two = member('web-2', 'up');
  const degraded: Diagnosis = { ...healthy, verdict: 'degraded', members: [one, two] };
  const cases: readonly (readonly [string, Diagnosis, string])[] = [
    ['one of two', degraded, '! DEGRADED  web-lb: 1 of 2 members gets no traffic: web-1. The other one is up.'],
    [
      'several causes, in natural order',
      fleet,
      '! DEGRADED  web-lb: 4 of 40 members get no traffic, 2 causes: web-7, web-21, web-22, web-31. The other 36 are up.',
    ],
    [
      'others of whom nobody knows',
      { ...degraded, members: [one, two, member('web-3', 'unknown')] },
      '! DEGRADED  web-lb: 1 of 3 members gets no traffic: web-1. Of the others 1 is up.',
    ],
    [
      'up, and cut off all the same',
      { ...degraded, members: [member('web-1', 'up'), two], findings: [stopped(['web-1'])] },
      '! DEGRADED  web-lb: 1 of 2 members gets no traffic: web-1. The other one is up.',
    ],
    [
      'the only one',
      { ...degraded, verdict: 'down', members: [one] },
      '✗ DOWN  web-lb: its only member gets no traffic: web-1.',
    ],
    [
      'nobody there',
      { ...healthy, verdict: 'down', members: [] },
      '✗ DOWN  web-lb: nobody is behind its 1 balancing rule.',
    ],
    [
      'one balancing rule of two',
      {
        ...healthy,
        verdict: 'down',
        balancingRules: [rule, { ...rule, key: 'https', name: 'https', verdict: 'down' }],
      },
      '✗ DOWN  web-lb: 1 of 2 balancing rules reaches nobody: https.',
    ],
    [
      'a mask',
      { ...healthy, verdict: 'masked' },
      '✗ MASKED  web-lb: all 2 members are reported up, and nothing behind it is really up.',
    ],
    ['nothing balanced', { ...healthy, balancingRules: [], members: [] }, '✓ OK  web-lb: it balances nothing.'],
    [
      'not measured',
      { ...healthy, verdict: 'at-risk', members: [member('web-1', 'not-measured')] },
      '! AT RISK  web-lb: 1 member, health not measured; it works now.',
    ],
    [
      'half of it known',
      { ...healthy, verdict: 'unknown', members: [two, member('web-3', 'unknown')] },
      '? UNKNOWN  web-lb: 1 of 2 members up; of the others nobody can say.',
    ],
  ];
  test.each(cases)('%s', (_, diagnosis, expected) => expect(first(diagnosis)).toBe(expected));

  test('what a load balancer does that balances nothing stands in the head, and not below again', () => {
    const does = { ...advice, rule: 'balances-nothing', message: 'web-lb has no balancing rule: it does inbound NAT.' };
    const printed = lines(text({ ...healthy, balancingRules: [], members: [], findings: [does] }));
    const saying = printed.filter((line) => line.includes('inbound NAT'));
    expect(saying).toHaveLength(1);
    expect(saying[0]).toMatch(/^ {2}Does {3}web-lb has no balancing rule/);
  });

  test('a machine is called by its name, two interfaces of one by theirs', () => {
    const [vm] = [member('a-nic', 'down')];
    const machineId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web-9';
    const named = { ...degraded, members: [{ ...vm, machineId }, two] };
    expect(first(named)).toContain('no traffic: web-9.');
    const twins = {
      ...degraded,
      members: [
        { ...vm, machineId },
        { ...member('b-nic', 'up'), machineId },
      ],
    };
    expect(first(twins)).toContain('no traffic: a-nic.');
  });

  test('then a line for each cause, with whom it is about', () => {
    expect(topOf(text(fleet))).toBe(
      [
        '! DEGRADED  web-lb: 4 of 40 members get no traffic, 2 causes: web-7, web-21, web-22, web-31. The',
        '  other 36 are up.',
        '  Why    1  web-21, web-22: DenyAll (priority 200) denies the probe on port 8080.',
        '         2  web-31 and web-7 are deallocated.',
        '  Where  shop-rg, westeurope, Standard, subscription 00000000-0000-0000-0000-000000000001',
      ].join('\n'),
    );
  });
});

describe('the rest', () => {
  test('those that are not up come first, with their cause; of many that are up there is one line', () => {
    const report = text(fleet);
    const pool = report.slice(report.indexOf('POOL'), report.indexOf('\n\nSEE'));
    expect(lines(pool)).toEqual([
      'POOL web-pool  36 of 40 up',
      '     MEMBER  IP        ZONE  POWER        HEALTH  CAUSE',
      '  ✗  web-7   10.0.0.4  1     deallocated  down    2',
      '  ✗  web-21  10.0.0.4  3     running      down    1',
      '  ✗  web-22  10.0.0.4  1     running      down    1',
      '  ✗  web-31  10.0.0.4  1     deallocated  down    2',
      '  ✓  36 more up (--verbose lists them): zone 1: 11, zone 2: 13, zone 3: 12',
    ]);
  });

  test('what says the same of several is one line', () => {
    expect(text(fleet)).toContain('  [4] power  web-7, web-31  PowerState/deallocated\n');
    expect(text(fleet)).toContain(
      '  [4] az vm get-instance-view -g shop-rg -n web-31 --query "instanceView.statuses[].code" -o tsv --subscription s\n',
    );
  });

  test('a security rule is shown by what it does', () => {
    const command = 'az network nsg show -g shop-rg -n web-nsg';
    const values = {
      name: 'DenyAll',
      priority: 200,
      access: 'Deny',
      direction: 'Inbound',
      protocol: '*',
      sourceAddressPrefix: 'Internet',
      destinationPortRanges: ['80', '8443'],
    };
    const evidence = Object.entries(values).map(([key, value]) => ({
      command,
      path: `$.securityRules[?(@.name=='DenyAll')].${key}`,
      query: `securityRules[?name=='DenyAll'] | [0].${key}`,
      value,
    }));
    const report = text({ ...incident, findings: [{ ...cause, evidence }], causes: [cause.key] });
    expect(report).toContain('  [1] web-nsg  200 DenyAll  Deny  Inbound  any protocol  Internet → port 80 8443\n');
    expect(report).toContain(
      "-n web-nsg --query \"securityRules[?name=='DenyAll'] | [0].{name:name, priority:priority,",
    );
  });

  test('health names whom it is about, and is seen with azlb members', () => {
    const ip = '10.0.0.4';
    const evidence = [
      {
        command:
          "az rest --method=post '--url=/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/web-lb/loadBalancingRules/http/health?api-version=1' --verbose",
        follow: 'az rest --method=get --url=LOCATION',
        path: `$.loadBalancerBackendAddresses[?(@.ipAddress=='${ip}')].reason`,
        query: `loadBalancerBackendAddresses[?ipAddress=='${ip}'] | [0].reason`,
        value: 'Down_Probe_TcpProbeTimeout',
      },
    ];
    const report = text({ ...incident, findings: [{ ...cause, evidence }], causes: [cause.key] });
    expect(report).toContain('  [1] health http  web-vm-1  Down_Probe_TcpProbeTimeout\n');
    expect(report).toContain('  [1] azlb members -g shop-rg -n web-lb --subscription 0000');
  });

  test('one command that shows several facts stands once', () => {
    const group = (number: number) => ({
      command: 'az network nsg show -g shop-rg -n web-nsg',
      path: `$.a[${number}].b`,
      query: `a[${number}].b`,
      value: number,
    });
    const health = (key: string) => ({
      command: `az rest --method=post --url=/subscriptions/s/loadBalancingRules/${key}/health --verbose`,
      follow: 'az rest --method=get --url=LOCATION',
      path: '$.up',
      query: 'up',
      value: 1,
    });
    const evidence = [health('http'), group(1), health('https')];
    const report = text({ ...incident, findings: [{ ...cause, evidence }], causes: [cause.key] });
    expect(report).toMatch(/YOURSELF\n {2}\[1\]\[3\] azlb members .*\n {2}\[2\] az network nsg show .*"a\[1\]\.b"/);
  });

  test('no sentence stands twice', () => {
    for (const diagnosis of [incident, fleet]) {
      const report = text(diagnosis).replaceAll(/\s+/g, ' ');
      for (const { message } of diagnosis.findings.filter(isCause)) {
        expect(report.split(message)).toHaveLength(2);
      }
    }
  });

  test('time up says what was read and what not', () => {
    const call = (command: string, because: string | null) =>
      ({ command, status: because === null ? 'read' : 'skipped', because, seconds: 0 }) as const;
    const web = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/web-lb';
    const report = text({
      ...healthy,
      verdict: 'unknown',
      calls: [
        call(`az network lb show --ids ${web}`, null),
        call(
          `az rest --method=post '--url=${web}/loadBalancingRules/http/health?api-version=1'`,
          'Time was up after 3 s.',
        ),
        call('az vm list --subscription=s', 'Time was up after 3 s.'),
      ],
    });
    expect(report).toContain(
      'NOT READ\n  Time was up after 3 s; read: lb show web-lb; not read: health of http, vm list.\n',
    );
  });

  test('what was not read, the calls and the exit code always stand at the end', () => {
    expect(text(healthy, { exitCode: 0 })).toMatch(/\nNOT READ {2}nothing that was asked\.\n1 az call, .* Exit 0\.\n$/);
    expect(text(incident, { exitCode: 5 })).toMatch(/ Exit 5\.\n$/);
  });

  test.each([60, 80, 100])('at %d columns all but commands keep to them', (width) => {
    for (const diagnosis of [healthy, incident, fleet]) {
      const long = lines(text(diagnosis, { width })).filter((line) => stringWidth(line) > width);
      expect(long.filter((line) => !/^ {4}az|^ {2}(?:\[\d+\])+ az|https:\/\//.test(line))).toEqual([]);
    }
  });
});

describe('members that are down by design', () => {
  const idle = member('web-1', 'down');
  const passive = { ...idle, health: idle.health.map((entry) => ({ ...entry, byDesign: 'passive' as const })) };

  test('are counted apart, and stand after those that are in trouble', () => {
    const report = text({
      ...healthy,
      members: [passive, member('web-2', 'up'), member('web-10', 'down')],
      verdict: 'degraded',
    });
    expect(lines(report)[0]).toContain('1 of 3 members gets no traffic: web-10.');
    expect(report).toMatch(
      /1 of 3 up, 1 down by design[\s\S]*✗ {2}web-10[\s\S]*- {2}web-1 {3}.*down, passive[\s\S]*✓ {2}web-2/,
    );
    expect(lines(text({ ...healthy, members: [passive, member('web-2', 'up')] }))[0]).toBe(
      '✓ OK  web-lb: 1 of 2 members up, 1 down by design; nothing found that stops its 1 balancing rule.',
    );
  });
});

test('members that answer although one of them should are not said to get no traffic', async () => {
  const diagnosis = await triaged(availabilityGroup({ active: [1, 2] }), 'sql-lb', 'sql-rg');
  expect(lines(text(diagnosis))[0]).toBe(
    '! DEGRADED  sql-lb: 2 of 2 members up where one should be, and the others passive.',
  );
  expect(diagnosis.findings.map(({ rule: id, confidence }) => [id, confidence])).toEqual([
    ['active-passive-both-up', 'high'],
  ]);
});
