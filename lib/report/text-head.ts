import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { ruleBehind } from '../diagnosis/rule-behind.ts';
import { counted } from '../words/counted.ts';
import { wrap } from './layout.ts';
import { shortReason } from './text-gaps.ts';
import { listed, memberNames } from './text-names.ts';
import { isAnsweredTwice, isIdle, isUp, servingMembers, stoppedMembers } from './text-stopped.ts';
import type { TextStyle } from './text-style.ts';
import { verdictWords } from './words.ts';

const most = { names: 8, causes: 4, messages: 3 } as const;

/** What is told of causes below, and what only has a line there. */
export interface ToldFindings {
  /** Findings of one cause each. */
  readonly causes: readonly (readonly Finding[])[];
  readonly risks: readonly Finding[];
}

/** The first lines can be read out alone: how many, which, why, where. */
export function headLines(diagnosis: Diagnosis, told: ToldFindings, style: TextStyle): readonly string[] {
  const { sign, word, colour } = verdictWords[diagnosis.verdict];
  const { paint, width } = style;
  const { name, resourceGroup, location, sku, tier, owner, subscriptionId } = diagnosis.loadBalancer;
  const kind = [sku, tier === 'Regional' ? null : tier].filter((part) => part !== null).join(' ');
  const where = [resourceGroup, location, kind, owner === 'user' ? null : `owned by ${owner}`]
    .filter((part) => part !== null && part !== '')
    .join(', ');
  const title = `${paint.bold(paint[colour](`${sign} ${word}`))}  ${paint.bold(name)}`;
  const place = `${where}, subscription ${subscriptionId}`;
  const why = whyLines(diagnosis, told, style);
  const also = alsoLines(diagnosis, told, style);
  return [
    ...wrap(`${title}: ${sentence(diagnosis, told)}`, width, '', '  '),
    ...why,
    ...also,
    ...(why.length + also.length === 0 ? wrap(place, width, '  ') : labelled('Where', place, style)).map(paint.dim),
  ];
}

const labelled = (label: string, text: string, { width }: TextStyle): readonly string[] =>
  wrap(text, width, `  ${label.padEnd(7)}`, ' '.repeat(9));

function sentence(diagnosis: Diagnosis, { causes }: ToldFindings): string {
  const { verdict, balancingRules } = diagnosis;
  const members = servingMembers(diagnosis);
  const up = members.filter(isUp).length;
  const total = members.length;
  // With --verbose risks have a block of their own as well; they are no causes of this.
  const faults = causes.filter(([first]) => first?.kind === 'fault').length;
  const many = faults > 1 ? `, ${faults} causes` : '';
  const rules = `its ${counted(balancingRules.length, 'balancing rule')}`;
  switch (verdict) {
    case 'ok':
      if (balancingRules.length === 0) return 'it balances nothing.';
      return `${upOf(diagnosis)}; nothing found that stops ${rules}.`;
    case 'at-risk':
      return `${upOf(diagnosis)}; it works now${causes.length > 1 ? `, with ${counted(causes.length, 'risk')}` : ''}.`;
    case 'unknown':
      return unknownSentence(diagnosis);
    case 'masked':
      return `${maskedOf(diagnosis)}${many}.`;
    default:
      if (total === 0) return `nobody is behind ${rules}${many}.`;
      return stoppedSentence(diagnosis, up, many);
  }
}

function upOf(diagnosis: Diagnosis): string {
  const members = servingMembers(diagnosis);
  if (members.length === 0) return 'no members';
  const measured = members.filter(({ health }) => health.some(({ state }) => state !== 'not-measured'));
  const up = members.filter(isUp).length;
  if (measured.length === 0) return `${counted(members.length, 'member')}, health not measured`;
  const idle = members.filter(isIdle).length;
  return `${up} of ${counted(members.length, 'member')} up${idle === 0 ? '' : `, ${idle} down by design`}`;
}

function unknownSentence(diagnosis: Diagnosis): string {
  const members = servingMembers(diagnosis);
  const up = members.filter(isUp).length;
  if (up === 0) return `can't say whether ${members.length === 0 ? 'it works' : 'its members get traffic'}.`;
  if (up < members.length) return `${upOf(diagnosis)}; of the others nobody can say.`;
  return `${upOf(diagnosis)}, but something that could matter was not readable.`;
}

function maskedOf(diagnosis: Diagnosis): string {
  const total = servingMembers(diagnosis).length;
  return `${total === 1 ? 'its only member is' : `all ${total} members are`} reported up, and nothing behind it is really up`;
}

function stoppedSentence(diagnosis: Diagnosis, up: number, many: string): string {
  const names = memberNames(diagnosis);
  const stopped = stoppedMembers(diagnosis);
  const total = servingMembers(diagnosis).length;
  const cut = diagnosis.balancingRules.filter(({ verdict }) => verdict === 'down' || verdict === 'masked');
  const which = listed(
    stopped.map(({ key, name }) => names.get(key) ?? name),
    most.names,
  );
  const isPart = cut.length > 0 && cut.length < diagnosis.balancingRules.length;
  if (stopped.length === 0 && diagnosis.findings.some(isAnsweredTwice)) {
    return `${up} of ${counted(total, 'member')} up where one should be, and the others passive${many}.`;
  }
  if (stopped.length === 0 || isPart) {
    const nobody = cut.length > 0 ? cut : diagnosis.balancingRules.filter(({ verdict }) => verdict === 'degraded');
    const rules = `${nobody.length} of ${counted(diagnosis.balancingRules.length, 'balancing rule')}`;
    const reach = cut.length > 0 ? (cut.length === 1 ? 'reaches nobody' : 'reach nobody') : 'in part without traffic';
    return `${rules} ${reach}${many}: ${listed(
      nobody.map(({ name }) => name),
      most.names,
    )}.`;
  }
  if (stopped.length === total) {
    return total === 1
      ? `its only member gets no traffic${many}: ${which}.`
      : `none of ${total} members gets traffic${many}: ${which}.`;
  }
  const others = total - stopped.length;
  const left = up >= others ? restUp(others) : ` Of the others ${up} ${up === 1 ? 'is' : 'are'} up.`;
  const get = stopped.length === 1 ? 'gets' : 'get';
  return `${stopped.length} of ${total} members ${get} no traffic${many}: ${which}.${left}`;
}

const restUp = (others: number): string => ` The other ${others === 1 ? 'one is' : `${others} are`} up.`;

function whyLines(diagnosis: Diagnosis, { causes }: ToldFindings, style: TextStyle): readonly string[] {
  if (diagnosis.verdict === 'unknown' && causes.length === 0) {
    const [first] = diagnosis.notEvaluated;
    return first === undefined ? [] : labelled('Why', shortReason(first.because), style);
  }
  const [only] = causes;
  if (only === undefined) return doesLines(diagnosis, style);
  if (causes.length === 1) return labelled('Why', messages(only, diagnosis), style);
  const told = causes.slice(0, most.causes);
  const lines = told.flatMap((cause, at) =>
    wrap(messages(cause, diagnosis), style.width, `  ${at === 0 ? 'Why    ' : '       '}${at + 1}  `, ' '.repeat(12)),
  );
  const left = causes.length - told.length;
  return left === 0 ? lines : [...lines, `         and ${counted(left, 'further cause')}: below`];
}

/** What a load balancer without balancing rules does instead. */
const doesLines = (diagnosis: Diagnosis, style: TextStyle): readonly string[] =>
  diagnosis.findings.filter(tellsWhatItDoes).flatMap(({ message }) => labelled('Does', message, style));

export const tellsWhatItDoes = (finding: Finding): boolean => ruleBehind(finding)?.saysWhatItDoes === true;

/** What a cause says, after those that it is about where it doesn't name them itself. */
function messages(cause: readonly Finding[], diagnosis: Diagnosis): string {
  const said = cause.slice(0, most.messages).map(({ message }) => message);
  const more = cause.length - said.length;
  const text = [...said, ...(more === 0 ? [] : [`And ${more} more alike.`])].join(' ');
  const names = memberNames(diagnosis);
  const affected = cause.flatMap(({ affects }) => affects.flatMap((key) => names.get(key) ?? []));
  const isAll = new Set(affected).size >= servingMembers(diagnosis).length;
  const isSaid = affected.every((name) => text.includes(name));
  const stopped = stoppedMembers(diagnosis).length;
  const isOnly = new Set(affected).size === stopped;
  return isAll || isSaid || isOnly ? text : `${listed(affected, most.names)}: ${text}`;
}

function alsoLines(diagnosis: Diagnosis, { risks }: ToldFindings, style: TextStyle): readonly string[] {
  const reasons = new Set(diagnosis.notEvaluated.map(({ because }) => because)).size;
  const isSaid = diagnosis.verdict === 'unknown' && reasons === 1;
  const parts = [
    ...(risks.length === 0 ? [] : [counted(risks.length, 'risk')]),
    ...(reasons === 0 || isSaid ? [] : [`${counted(reasons, 'thing')} not read`]),
  ];
  return parts.length === 0 ? [] : labelled('Also', `${parts.join(', ')}: below.`, style);
}
