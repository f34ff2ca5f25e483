import type { WaitOutcome } from '../../schemas/wait.generated.ts';
import { inShell } from '../diagnosis/in-shell.ts';
import { counted } from '../words/counted.ts';
import { cleanAll } from './clean.ts';
import { wrap } from './layout.ts';
import { type Paint, paint } from './paint.ts';
import type { Report } from './render.ts';
import { diagnosisText } from './text.ts';
import type { TextOptions } from './text-style.ts';
import { durationText, standing } from './wait-words.ts';

/** How waiting ended, ready for every output format. */
export function waitReport(ended: WaitOutcome, options: TextOptions): Report {
  const value = { ...ended, diagnosis: ended.diagnosis && inShell(ended.diagnosis, options.shell) };
  return {
    value,
    rows: () =>
      value.members.map(({ name, pool, health }) => ({
        LoadBalancer: value.loadBalancer?.name ?? '',
        Outcome: value.outcome,
        Pool: pool,
        Member: name,
        Health: health ?? '',
      })),
    text: () => waitText(value, options),
  };
}

const endWords = {
  reached: { title: '✓ REACHED', colour: 'green' },
  'timed-out': { title: '✗ TIME IS UP', colour: 'red' },
  interrupted: { title: '! INTERRUPTED', colour: 'yellow' },
  'met-in-recording': { title: '✓ IT IS SO', colour: 'green' },
  'unmet-in-recording': { title: '✗ IT IS NOT SO', colour: 'red' },
} as const satisfies Record<WaitOutcome['outcome'], { title: string; colour: keyof Paint }>;

function waitText(value: WaitOutcome, options: TextOptions): string {
  const outcome: WaitOutcome = { ...cleanAll({ ...value, diagnosis: null }), diagnosis: value.diagnosis };
  const colours = paint(options.colour);
  const { title, colour } = endWords[outcome.outcome];
  const name = outcome.loadBalancer?.name ?? 'No look was finished';
  const { pool, balancingRule, kind } = outcome.condition;
  const place = [pool && `pool ${pool}`, balancingRule && `rule ${balancingRule}`].filter((part) => !!part).join(', ');
  const state = outcome.loadBalancer === null ? '' : `${place === '' ? '' : ` (${place})`}: ${standing(kind, outcome)}`;
  const lines = [
    ...wrap(`${colours.bold(colours[colour](title))}  ${colours.bold(name)}${state}.`, options.width, '', '  '),
    ...wrap(`${timeSentence(outcome)}${heldSentence(outcome)}`, options.width, '  '),
    ...outcome.gaps.flatMap((gap) => wrap(`? Not read: ${gap}`, options.width, '  ', '    ')),
    ...outcome.notes.flatMap((note) => wrap(`! ${note}`, options.width, '  ', '    ')),
    ...(outcome.notDiagnosed === null
      ? []
      : wrap(`? No diagnosis: ${outcome.notDiagnosed}`, options.width, '  ', '    ')),
    ...(options.verbose ? outcome.changes.map(({ seconds, text }) => `  ${durationText(seconds)}: ${text}`) : []),
  ];
  const rest = outcome.diagnosis === null ? '' : `\n${diagnosisText(outcome.diagnosis, options)}`;
  return `${lines.join('\n')}\n${rest}`;
}

function timeSentence({ outcome, seconds, looks, unread, endedAt }: WaitOutcome): string {
  if (outcome.endsWith('recording')) return `A recording of ${endedAt} doesn't change: it was looked at once.`;
  const failed = unread === 0 ? '' : `, ${unread} without an answer`;
  return `After ${durationText(seconds)} and ${counted(looks, 'look')}${failed}.`;
}

function heldSentence({ outcome, heldSeconds, holdSeconds, condition }: WaitOutcome): string {
  if (heldSeconds === null || holdSeconds === null || holdSeconds === 0 || outcome.endsWith('recording')) return '';
  const it = condition.kind === 'verdict' ? 'The verdict' : 'It';
  const need = `two probe periods, ${durationText(holdSeconds)}`;
  return outcome === 'reached'
    ? ` ${it} held for ${need}.`
    : ` ${it} held for ${durationText(heldSeconds)}, and counts after ${need}.`;
}
