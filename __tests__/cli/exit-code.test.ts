import { describe, expect, test } from '@jest/globals';
import { exitOf } from '../../commands/support/exit.ts';
import { OutputError } from '../../commands/support/output.ts';
import { wantsColour } from '../../commands/support/terminal.ts';
import { UsageError } from '../../commands/support/usage-error.ts';
import { AzError } from '../../lib/az/errors.ts';
import { exitCode, type FailOn } from '../../lib/diagnosis/exit-code.ts';
import { QueryError } from '../../lib/report/query.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis, Severity, Verdict } from '../../schemas/diagnosis.generated.ts';
import { advice, healthy, incident, unreadable } from '../report/diagnoses.ts';

const judged = (verdict: Verdict, severity?: Severity): Diagnosis => ({
  ...healthy,
  verdict,
  findings: severity === undefined ? [] : [{ ...advice, severity }],
});
const several = (loadBalancers: readonly Diagnosis[], notAsked: Diagnoses['notAsked'] = []): Diagnoses => ({
  schemaVersion: 1,
  collectedAt: healthy.collectedAt,
  scope: { subscription: null, resourceGroup: null, ids: [] },
  loadBalancers,
  notAsked,
  calls: [],
});
const notAsked = (severity: Severity) => [
  { loadBalancer: healthy.loadBalancer, because: 'not asked', causes: [], findings: [{ ...advice, severity }] },
];

describe('the exit code of a diagnosis', () => {
  test.each<readonly [string, Diagnosis | Diagnoses, FailOn, number]>([
    ['ok', judged('ok'), 'high', 0],
    ['ok, with something below the threshold', judged('ok', 'medium'), 'high', 0],
    ['ok, with something at the threshold', judged('ok', 'medium'), 'medium', 1],
    ['ok, with something above it', judged('ok', 'critical'), 'low', 1],
    ['information is below every threshold', judged('ok', 'info'), 'low', 0],
    ['at risk, nothing grave', judged('at-risk', 'medium'), 'high', 0],
    ['at risk, grave', judged('at-risk', 'high'), 'high', 1],
    ['down without a finding', judged('down'), 'critical', 1],
    ['masked', judged('masked'), 'critical', 1],
    ['degraded, with only small findings', judged('degraded', 'low'), 'critical', 1],
    ['unknown', judged('unknown'), 'high', 5],
    ['unknown, and something grave', judged('unknown', 'high'), 'high', 1],
    ['none: down', judged('down', 'critical'), 'none', 0],
    ['none: unknown', judged('unknown'), 'none', 0],
    ['several, all well', several([healthy, healthy]), 'high', 0],
    ['several, one down, one unknown', several([healthy, unreadable, incident]), 'high', 1],
    ['several, one unknown', several([healthy, unreadable]), 'high', 5],
    ['several, one with health not asked', several([healthy], notAsked('low')), 'high', 5],
    ['several, that one with something grave', several([healthy], notAsked('high')), 'high', 1],
    ['several, none', several([incident], notAsked('high')), 'none', 0],
    ['nothing there', several([]), 'high', 3],
    ['nothing there, none', several([]), 'none', 3],
  ])('%s', (_, diagnosis, failOn, code) => expect(exitCode(diagnosis, failOn)).toBe(code));
});

describe('the exit code of an error', () => {
  test.each<readonly [Error, number, string]>([
    [new UsageError('no such thing'), 2, 'azlb: no such thing'],
    [new QueryError('no query'), 2, 'azlb: no query'],
    [new AzError('refused', 'not run'), 2, 'azlb: not run'],
    [new AzError('not-found', 'gone'), 3, 'azlb: gone'],
    [new AzError('group-not-found', 'gone'), 3, 'azlb: gone'],
    [new AzError('not-installed', 'no az'), 4, 'azlb: no az'],
    [new AzError('not-logged-in', 'az login'), 4, 'azlb: az login'],
    [new AzError('denied', 'no'), 4, 'azlb: no'],
    [new AzError('not-recorded', 'unknown question'), 4, 'azlb: unknown question'],
    [new OutputError('disk full'), 4, 'azlb: disk full'],
    [new TypeError('x is undefined'), 70, 'azlb: this is a fault of azlb itself'],
    [new AzError('other', 'bad \u001b[2J ##vso[x]'), 4, 'azlb: bad \\u{1b}[2J # #vso[x]'],
  ])('%s', (error, code, message) => {
    const exit = exitOf(error, false);
    expect(exit.code).toBe(code);
    expect(exit.message).toContain(message);
    expect(exit.message).not.toContain('    at ');
  });

  test('the stack of a fault is printed only when asked for', () => {
    expect(exitOf(new TypeError('x'), true).message).toContain('    at ');
  });
});

describe('colour', () => {
  test.each([
    ['on a terminal', {}, true, true],
    ['in a pipe', {}, false, false],
    ['NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['both', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ])('%s', (_, env, isTTY, wanted) => expect(wantsColour(env, { isTTY })).toBe(wanted));
});
