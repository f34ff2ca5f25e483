import stringWidth from 'string-width';
import type { Diagnoses, NotAsked } from '../../schemas/diagnoses.generated.ts';
import type { DiagnosedLoadBalancer, Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { isMinor } from '../diagnosis/order.ts';
import { counted } from '../words/counted.ts';
import { cleanAll } from './clean.ts';
import { columns, wrap } from './layout.ts';
import { whereOf } from './none-sentence.ts';
import { paint } from './paint.ts';
import { diagnosisText } from './text.ts';
import { callsLine } from './text-calls.ts';
import { shortReason } from './text-gaps.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { typed } from './typed.ts';
import { severityColour, verdictWords } from './words.ts';

/** A line a load balancer, then why those are bad that are; with --verbose these in full. */
export function diagnosesText(raw: Diagnoses, options: TextOptions): string {
  const { loadBalancers, notAsked, scope, calls, collectedAt } = cleanAll(raw);
  const style = { ...options, paint: paint(options.colour) };
  const untold = options.verbose ? [] : loadBalancers.filter(isBad);
  const parts = [
    [`${counted(loadBalancers.length + notAsked.length, 'load balancer')} ${whereOf(scope)}.`],
    columns(overviewRows(loadBalancers, style)),
    ...untold.map((diagnosis) => causeLines(diagnosis, style)),
    notAskedLines(notAsked, style),
    [style.paint.dim(callsLine({ calls, collectedAt, az: loadBalancers[0]?.az ?? null }))],
  ];
  const overview = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  // Not cleaned twice: the single report cleans for itself.
  const told = options.verbose ? raw.loadBalancers.filter(isBad) : [];
  return `${[`${overview}\n`, ...told.map((diagnosis) => diagnosisText(diagnosis, options))].join(`\n${'─'.repeat(20)}\n`)}`;
}

const isBad = ({ verdict }: Diagnosis): boolean => verdict !== 'ok' && verdict !== 'at-risk';

/** The last column takes the room that is left, and is cut: the causes follow in full. */
function overviewRows(
  loadBalancers: readonly Diagnosis[],
  { paint, width }: TextStyle,
): readonly (readonly string[])[] {
  const starts = loadBalancers.map((diagnosis) => {
    const { sign, word, colour } = verdictWords[diagnosis.verdict];
    const { name, resourceGroup } = diagnosis.loadBalancer;
    return [paint[colour](`${sign} ${word}`), paint.bold(name), resourceGroup, upOfTotal(diagnosis)];
  });
  const room = width - Math.max(0, ...columns(starts).map((line) => stringWidth(line))) - 4;
  return loadBalancers.map((diagnosis, at) => {
    const first = causesOf(diagnosis)[0]?.message ?? reasonOf(diagnosis) ?? '';
    return [...(starts[at] ?? []), cut(first, Math.max(30, room))];
  });
}

function cut(text: string, width: number): string {
  const [line = '', ...more] = wrap(text, width);
  return more.length > 0 ? `${line} …` : line;
}

/** A member is up that is up for every balancing rule that is measured. */
function upOfTotal({ members }: Diagnosis): string {
  if (members.length === 0) return 'no members';
  const states = members.map(({ health }) => health.map(({ state }) => state).filter((one) => one !== 'not-measured'));
  if (states.every((each) => each.every((state) => state === 'unknown'))) return `?/${members.length} up`;
  const up = states.filter((each) => each.length > 0 && each.every((state) => state === 'up')).length;
  return `${up}/${members.length} up`;
}

const causesOf = ({ causes, findings }: Pick<Diagnosis, 'causes' | 'findings'>): readonly Finding[] =>
  causes.flatMap((key) => findings.find((finding) => finding.key === key) ?? []);

/** Why nothing is known, where that is so. */
const reasonOf = ({ verdict, notEvaluated: [first] }: Diagnosis): string | undefined =>
  verdict === 'unknown' && first !== undefined ? shortReason(first.because) : undefined;

const mostCauses = 4;

function causeLines(diagnosis: Diagnosis, style: TextStyle): readonly string[] {
  const { name, resourceGroup } = diagnosis.loadBalancer;
  const causes = causesOf(diagnosis).filter((cause) => !isMinor(cause));
  const reason = reasonOf(diagnosis);
  const unknown =
    causes.length === 0 && reason !== undefined ? wrap(`Not readable: ${reason}`, style.width, '  ', '    ') : [];
  const left = causes.length - mostCauses;
  return [
    `${style.paint.bold(name)} (${resourceGroup})`,
    ...causes.slice(0, mostCauses).flatMap((finding) => findingLines(finding, style)),
    ...(left > 0 ? [style.paint.dim(`  and ${counted(left, 'further cause')}`)] : []),
    ...unknown,
    style.paint.dim(`  In full: ${triageLine(diagnosis.loadBalancer, style)}`),
  ];
}

export const findingLines = ({ severity, kind, rule, message }: Finding, style: TextStyle): readonly string[] =>
  wrap(
    `${style.paint[severityColour[severity]](`${severity} ${kind}`)}  ${message} (${rule})`,
    style.width,
    '  ',
    '    ',
  );

export function triageLine(
  { resourceGroup, name, subscriptionId }: Pick<DiagnosedLoadBalancer, 'resourceGroup' | 'name' | 'subscriptionId'>,
  style: TextStyle,
): string {
  const where = [`--resource-group=${resourceGroup}`, `--name=${name}`, `--subscription=${subscriptionId}`];
  return typed(['azlb', 'triage', ...where], style);
}

function notAskedLines(notAsked: readonly NotAsked[], style: TextStyle): readonly string[] {
  const [first] = notAsked;
  if (first === undefined) return [];
  const rows = notAsked.map((each) => {
    const [cause] = causesOf(each);
    const found =
      each.findings.length === 0 ? 'nothing found' : `${counted(each.findings.length, 'finding')}, no cause`;
    const seen = cause ? `${cause.severity} ${cause.kind}: ${cause.message}` : found;
    return [`? ${each.loadBalancer.name}`, each.loadBalancer.resourceGroup, cut(seen, Math.max(30, style.width - 40))];
  });
  return [
    style.paint.bold('HEALTH NOT ASKED'),
    ...wrap(`Only their configuration was looked at: ${first.because}.`, style.width, '  '),
    ...columns(rows, '  '),
    style.paint.dim(`  One of them in full: ${triageLine(first.loadBalancer, style)}`),
  ];
}
