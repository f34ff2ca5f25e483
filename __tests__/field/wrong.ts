import { exitOf } from '../../commands/support/exit.ts';
import { AzError } from '../../lib/az/errors.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { diagnosisText } from '../../lib/report/text.ts';
import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { loadBalancerOf } from '../world/healthy.ts';
import type { World } from '../world/world.ts';
import type { Expected, Row, Wanted } from './row.ts';
import { viewed } from './viewed.ts';

/** What is said of a row's world and should not be, or isn't and should; nothing when all of it is right. */
export async function wrongOf({ world: make, expect }: Row): Promise<readonly string[]> {
  const world = make();
  const { id } = loadBalancerOf(world);
  const views = await Promise.all((expect.view ?? []).map((each) => viewed(world, each)));
  return [...(await wrongDiagnosis(world, id, expect)), ...views.flat()];
}

async function wrongDiagnosis(world: World, id: string, expect: Expected): Promise<readonly string[]> {
  let diagnosis: Diagnosis;
  try {
    diagnosis = await triage(azInMemory(world), { kind: 'id', id }, { recordedAt: world.clock });
  } catch (error) {
    if (!(error instanceof AzError)) throw error;
    const { refused } = expect;
    const { code } = exitOf(error, false);
    return refused !== undefined && refused.exitCode === code && has(error.message, refused.says ?? '')
      ? []
      : [`refused with exit code ${code}: ${error.message}`];
  }
  if (expect.refused !== undefined) return [`not refused; said: ${told(diagnosis)}`];
  const wrong = wrongIn(diagnosis, expect);
  return wrong.length > 0 ? [...wrong, `said: ${told(diagnosis)}`] : [];
}

function wrongIn(diagnosis: Diagnosis, expect: Expected): readonly string[] {
  const { findings, verdict, causes, notEvaluated, loadBalancer } = diagnosis;
  const text = diagnosisText(diagnosis, { colour: false, width: 200, verbose: true });
  const code = exitCode(diagnosis, 'high');
  const ofKey = (key: string | undefined) => findings.find((each) => each.key === key);
  const first = ofKey(causes[0])?.rule;
  const causeRules = causes.map((key) => ofKey(key)?.rule ?? '');
  const serious = findings.filter(isSerious);
  const becauses = notEvaluated.map(({ because }) => because);
  const all = [...findings.flatMap((each) => [each.message, ...stepsOf(each)]), ...becauses];
  const missing = (name: string, wanted: unknown, found: unknown) => `${name} ${String(found)}, not ${String(wanted)}`;
  return [
    ...wrongOne('verdict', expect.verdict, verdict),
    ...wrongOne('exit code', expect.exitCode, code),
    ...wrongOne('owner', expect.owner, loadBalancer.owner),
    ...(expect.quiet ? serious.map((each) => `${each.severity} ${each.rule}, where all is well`) : []),
    ...wrongOne('first cause', expect.first, first),
    ...(expect.causes ?? [])
      .filter((rule) => !causeRules.includes(rule))
      .map((rule) => missing('causes', rule, causeRules)),
    ...(expect.finds ?? []).filter((wanted) => !findings.some((each) => agrees(each, wanted))).map(unfound),
    ...(expect.never ?? []).flatMap((what) =>
      serious.filter((each) => isAbout(each, what)).map((each) => `${each.severity} ${each.rule} says ${what}`),
    ),
    ...(expect.nowhere ?? []).flatMap((what) =>
      findings.filter((each) => isAbout(each, what)).map((each) => `${each.severity} ${each.rule} says ${what}`),
    ),
    ...(expect.says ?? []).filter((what) => !all.some((text) => has(text, what))).map((what) => `nothing says ${what}`),
    ...(expect.noFix ?? []).flatMap((what) =>
      findings
        .filter((each) => stepsOf(each).some((text) => has(text, what)))
        .map(({ rule }) => `${rule} fixes: ${what}`),
    ),
    ...(expect.noFault ?? []).flatMap((rule) =>
      findings.filter((each) => each.rule === rule && each.kind === 'fault').map(() => `${rule} is called a fault`),
    ),
    ...(expect.text?.has ?? []).filter((what) => !has(text, what)).map((what) => `the report lacks ${what}`),
    ...(expect.text?.hasNot ?? []).filter((what) => has(text, what)).map((what) => `the report says ${what}`),
    ...listed(expect.unread)
      .filter((what) => !becauses.some((text) => has(text, what)))
      .map((what) => `not told as unread: ${what}`),
  ];
}

export const listed = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : isListOf(value) ? value : [value];
const isListOf = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);

export function wrongOne<T>(
  name: string,
  wanted: T | readonly T[] | undefined,
  found: T | undefined,
): readonly string[] {
  const allowed = listed(wanted);
  if (allowed.length === 0 || (found !== undefined && allowed.includes(found))) return [];
  return [`${name} ${String(found)}, not ${allowed.join(' or ')}`];
}

export const has = (text: string, what: string | RegExp): boolean =>
  typeof what === 'string' ? text.includes(what) : what.test(text);

const isSerious = ({ severity }: Finding): boolean => ['critical', 'high', 'medium'].includes(severity);
const isAbout = ({ rule, message }: Finding, what: string | RegExp): boolean => rule === what || has(message, what);

const stepsOf = ({ fix }: Finding): readonly string[] =>
  (fix?.steps ?? []).flatMap(({ title, command }) => [title, command ?? '']);

function agrees(finding: Finding, { rule, severity, kind, on, says, fix, changes, affects }: Wanted): boolean {
  const steps = stepsOf(finding);
  const changing = (finding.fix?.steps ?? [])
    .filter((each) => each.kind === 'change')
    .map(({ command }) => command ?? '');
  return (
    listed(rule).includes(finding.rule) &&
    (severity === undefined || listed(severity).includes(finding.severity)) &&
    (kind === undefined || listed(kind).includes(finding.kind)) &&
    (on === undefined || finding.on.toLowerCase().includes(on.toLowerCase())) &&
    listed(says).every((what) => has(finding.message, what)) &&
    listed(fix).every((what) => steps.some((text) => has(text, what))) &&
    listed(changes).every((what) => changing.some((text) => has(text, what))) &&
    (affects === undefined || finding.affects.length === affects)
  );
}

const unfound = (wanted: Wanted): string =>
  `no finding ${Object.entries(wanted)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(', ')}`;

/** A diagnosis in a line. */
const told = ({ verdict, findings, causes, notEvaluated }: Diagnosis): string =>
  [
    verdict,
    ...findings
      .filter((each) => isSerious(each) || causes.includes(each.key))
      .map(
        (each) =>
          `${causes.includes(each.key) ? '' : '(symptom) '}${each.severity} ${each.kind} ${each.rule}: ${each.message}`,
      ),
    `${notEvaluated.length} not evaluated${notEvaluated.length > 0 ? `, for one ${notEvaluated[0]?.rule}: ${notEvaluated[0]?.because}` : ''}`,
  ].join(' | ');
