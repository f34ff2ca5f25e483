import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import stringWidth from 'string-width';
import { clean } from '../../lib/report/clean.ts';
import { diagnosesText } from '../../lib/report/diagnoses-text.ts';
import { diagnosisText } from '../../lib/report/text.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import diagnosesSchema from '../../schemas/diagnoses.schema.json' with { type: 'json' };
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import diagnosisSchema from '../../schemas/diagnosis.schema.json' with { type: 'json' };
import { advice, cause, healthy, hostile, incident, member, nasty, unreadable } from './diagnoses.ts';

const ajv = new Ajv({ schemas: [diagnosisSchema, diagnosesSchema] });
const plain = { colour: false, width: 100, verbose: false };
const text = (diagnosis: Diagnosis, options = {}) => diagnosisText(diagnosis, { ...plain, ...options });
const lineCount = (report: string) => report.split('\n').length - 1;

const several: Diagnoses = {
  schemaVersion: 1,
  collectedAt: healthy.collectedAt,
  scope: { subscription: null, resourceGroup: 'shop-rg', ids: [] },
  loadBalancers: [incident, unreadable, healthy],
  notAsked: [
    { loadBalancer: { ...healthy.loadBalancer, name: 'old-lb' }, because: 'no pool', causes: [], findings: [advice] },
  ],
  calls: healthy.calls,
};

const fleet = (count: number, down: number): Diagnosis => ({
  ...incident,
  members: Array.from({ length: count }, (_, at) =>
    at >= count - down ? member(`vm-${at}`, 'down', 'TCP probe timed out') : member(`vm-${at}`, 'up'),
  ),
});

describe('the diagnoses of these tests fit the schema', () => {
  test.each(Object.entries({ healthy, incident, unreadable, hostile }))('%s', (_, diagnosis) => {
    expect(ajv.validate('diagnosis.schema.json', diagnosis)).toBe(true);
  });
  test('several', () => expect(ajv.validate('diagnoses.schema.json', several)).toBe(true));
  test('and one with a field too many does not', () => {
    expect(ajv.validate('diagnosis.schema.json', { ...healthy, extra: 1 })).toBe(false);
  });
});

describe('what the report says', () => {
  const cases: readonly (readonly [string, string, readonly (string | RegExp)[]])[] = [
    [
      'a healthy one',
      text(healthy),
      [
        /^✓ OK {2}web-lb/,
        '✓ OK  web-lb: 2 of 2 members up; nothing found that stops its 1 balancing rule.\n  shop-rg, westeurope, Standard, subscription ',
        '✓ ok  http  Tcp 20.1.2.3:80 → web-pool:8080  probe web-probe  2 of 2 up',
        'POOL web-pool  2 of 2 up; all running\n     MEMBER    IP        ZONE  HEALTH\n  ✓  web-vm-1  10.0.0.4  1     up',
        'NOT READ  nothing that was asked.\n1 az call, 1.4 s in az; az 2.91.0, read 2026-11-22 03:14:15Z.',
      ],
    ],
    [
      'an incident: verdict and first cause first',
      text(incident),
      [
        /^✗ DOWN {2}web-lb: none of 2 members gets traffic: web-vm-1, web-vm-2\.\n {2}Why {4}DenyAll \(priority 200\) denies the probe on port 8080\.\n/,
      ],
    ],
    [
      'its evidence can be checked',
      text(incident),
      [
        '  [1] DenyAll       access Deny\n  [2] AllowProbe    is not there\n  [3] web-vm-1-nic  exit code 1: AuthorizationFailed\n',
        `SEE IT YOURSELF\n  [1] az network nsg show -g shop-rg -n web-nsg --query "securityRules[?name=='DenyAll'] | [0].access" -o tsv\n`,
        '\n  [3] az network nic list-effective-nsg -g shop-rg -n web-vm-1-nic\n',
      ],
    ],
    ['its symptom is under its cause', text(incident), ['  Explains  tcp-probe-timeout\n']],
    ['whom it affects', text(incident), ['  Affects   web-vm-1, web-vm-2\n']],
    [
      'its fix in steps',
      text(incident),
      [
        '\n\n  FIX\n  1 Look: see what is denied\n    az network nsg rule list -g shop-rg --nsg-name web-nsg\n',
        '2 Back up: ',
        '3 Change: allow the probe.  DISRUPTIVE: open connections may be cut\n    az network nsg rule create',
        '4 Check: ',
        '5 Undo: ',
      ],
    ],
    [
      'commands are whole lines, however narrow',
      text(incident, { width: 40 }),
      [
        '\n    az network nsg rule create -g shop-rg --nsg-name web-nsg -n AllowProbe --priority 100 --access Allow --protocol Tcp --destination-port-ranges 8080\n',
      ],
    ],
    ['small advice is counted', text(incident), ['ALSO SEEN  1 of low severity: --verbose lists it.']],
    ['and listed when asked', text(incident, { verbose: true }), ['The load balancer has no tags. (lb-has-no-tags)']],
    [
      'an unreadable one says what to ask for, once',
      text(unreadable),
      [
        /^\? UNKNOWN/,
        'NOT READ\n',
        "can't say whether its members get traffic",
        'Undecided: http-probe-status, tcp-probe-timeout',
        '? Denied on loadBalancingRules/http: ask an administrator for the action\n    Microsoft.Network/loadBalancers/loadBalancingRules/health/action.\n',
        '2 az calls, 1 failed',
      ],
    ],
    [
      'members that cannot be told apart from up are not up',
      text(unreadable),
      ['POOL web-pool  0 of 2 up, 1 unknown, 1 not measured'],
    ],
    [
      'many members: the ones in trouble first, the rest counted',
      text(fleet(40, 3)),
      [
        '3 of 40 members get no traffic: vm-37, vm-38, vm-39. The other 37 are up.',
        /HEALTH\n {2}✗ {2}vm-37/,
        '  ✓  37 more up (--verbose lists them): zone 1: 37',
      ],
    ],
    [
      'several: an overview, then why those in trouble are',
      diagnosesText(several, plain),
      [
        '4 load balancers in group shop-rg',
        /✗ DOWN +web-lb +shop-rg +0\/2 up +DenyAll .*\n\? UNKNOWN +web-lb +shop-rg +\?\/2 up +Denied.*\n✓ OK +web-lb +shop-rg +2\/2 up\n/,
        'critical fault  DenyAll (priority 200) denies the probe on port 8080. (nsg-blocks-probe)\n  In full: azlb triage -g shop-rg -n web-lb',
        'Only their configuration was looked at: no pool.',
        '? old-lb  shop-rg  1 finding, no cause',
        '1 az call, 1.4 s in az',
      ],
    ],
    [
      'several, verbose: those in trouble in full',
      diagnosesText(several, { ...plain, verbose: true }),
      ['4 load balancers in group shop-rg', 'CAUSE  critical'],
    ],
  ];
  test.each(cases)('%s', (_, report, parts) => {
    for (const part of parts) {
      if (typeof part === 'string') expect(report).toContain(part);
      else expect(report).toMatch(part);
    }
  });

  test('no wall: an incident fits a screen or two', () => {
    expect(lineCount(text(incident))).toBeLessThan(60);
    expect(lineCount(text(fleet(200, 100)))).toBeLessThan(70);
  });

  test('causes of one rule are one story, with each its change', () => {
    const twins = { ...cause, key: 'twin', on: cause.on.replace('web-nsg', 'web-nsg-2') };
    const report = text({ ...incident, findings: [cause, twins], causes: [cause.key, twins.key] });
    expect(report.match(/CAUSE/g)).toHaveLength(1);
    expect(report).toContain('The same for networkSecurityGroups/web-nsg-2:\n  Change: allow the probe');
  });

  test('advice is told whether it is named a cause or not', () => {
    const unnamed = { ...incident, causes: [cause.key] };
    expect(text(unnamed)).toBe(text(incident));
  });

  test('a risk is told in full with its fix, a small one in a line; of many only the first few', () => {
    const risk = (severity: 'high' | 'low', number = 1) =>
      ({
        ...cause,
        rule: `risk-${number}`,
        key: `risk-${number}`,
        message: `risk ${number}`,
        kind: 'risk',
        severity,
        explainedBy: [],
      }) as const;
    const alone: Diagnosis = { ...healthy, verdict: 'at-risk', findings: [risk('high')], causes: ['risk-1'] };
    expect(text(alone)).toMatch(/^! AT RISK[\s\S]*RISK {2}high[\s\S]*3 Change/);
    const beside = (...risks: readonly ReturnType<typeof risk>[]) =>
      text({
        ...incident,
        findings: [...incident.findings, ...risks],
        causes: [cause.key, ...risks.map(({ key }) => key)],
      });
    expect(beside(risk('high'))).toContain(
      '\n\nRISK  high  risk-1  not why it is down; fix in daylight: --verbose\n  risk 1\n\n',
    );
    expect(beside(risk('high'))).toContain('\n  Also   1 risk: below.\n');
    expect(beside(risk('low'))).not.toMatch(/RISK/);
    const many = beside(...Array.from({ length: 6 }, (_, at) => risk('high', at)));
    expect(many.match(/^RISK {2}high/gm)).toHaveLength(6);
  });

  test('an unreadable or healthy one never says that something is wrong, an incident never that it is fine', () => {
    expect(text(unreadable)).not.toMatch(/✓|CAUSE/);
    expect(text(healthy)).not.toMatch(/✗|CAUSE|Undecided/);
    expect(text(incident)).not.toContain('✓');
  });

  test('lines keep to the width, commands and tables apart', () => {
    const wordy = { ...cause, message: 'word '.repeat(60).trim() };
    const report = text({ ...incident, findings: [wordy], causes: [wordy.key] }, { width: 60 });
    const long = report.split('\n').filter((line) => stringWidth(line) > 60);
    expect(long.filter((line) => /word/.test(line))).toEqual([]);
  });
});

describe('text from the cloud acts neither in a terminal nor in a build log', () => {
  const acting =
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|##vso\[|##\[|^\s*::/mu;
  const reports = {
    text: text(hostile),
    verbose: text(hostile, { verbose: true }),
    several: diagnosesText(
      { ...several, loadBalancers: [hostile], scope: { subscription: nasty, resourceGroup: nasty, ids: [] } },
      plain,
    ),
  };
  test('the strings of these tests would', () => expect(nasty).toMatch(acting));
  test.each(Object.entries(reports))('%s', (_, report) => {
    expect(report).not.toMatch(acting);
    expect(report).toContain('\\u{1b}[31mred');
    expect(report).toContain('# #vso[task');
  });
  test('with colour the only escapes are ours', () => {
    const escapes = text(hostile, { colour: true }).match(/\u001b[^m]*m/g) ?? [];
    expect(escapes.length).toBeGreaterThan(5);
    expect(escapes.filter((found) => !/^\u001b\[\d+m$/.test(found))).toEqual([]);
  });
  test.each([
    ['::1', '::1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['::/0, ::1', '::/0, ::1'],
    ['::debug::x', ': :debug::x'],
    [' ::error file=a::x', ' : :error file=a::x'],
    ['##VSO[x]', '# #VSO[x]'],
    ['a\u007fb', 'a\\u{7f}b'],
    ['Zürich 東京 e\u0301 नमस्ते 😀', 'Zürich 東京 e\u0301 नमस्ते 😀'],
    ...[0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x3164, 0xffa0, 0xfe0f, 0xe0100, 0xe0041, 0xa0, 0x2003, 0xd800, 0xe000].map(
      (code) => [`a${String.fromCodePoint(code)}b`, `a\\u{${code.toString(16)}}b`] as const,
    ),
  ])('%j', (raw, cleaned) => expect(clean(raw)).toBe(cleaned));
});
