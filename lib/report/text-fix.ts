import type { Finding, FixStep } from '../../schemas/diagnosis.generated.ts';
import { isComment } from '../shell/shell.ts';
import { shortId, wrap } from './layout.ts';
import type { TextStyle } from './text-style.ts';
import { typed } from './typed.ts';
import { stepWords } from './words.ts';

/** The numbered steps of a finding's fix; a command stands alone on its line and is never wrapped. */
export function fixLines({ fix }: Finding, style: TextStyle): readonly string[] {
  if (fix === null || fix.steps.length === 0) return [];
  const owner = fix.owner === 'user' ? '' : ` (through ${fix.owner}, which owns this)`;
  return [
    '',
    `  ${style.paint.bold(`FIX${owner}`)}`,
    ...fix.steps.flatMap((step, at) => stepLines(step, `${at + 1} `, style)),
  ];
}

/** For a further finding of the same rule: only what changes something, since the way to it is the same. */
export function changeLines({ fix, on }: Finding, style: TextStyle): readonly string[] {
  const changes = (fix?.steps ?? []).filter(({ kind, command }) => kind === 'change' && command !== null);
  if (changes.length === 0) return [];
  return [`  The same for ${shortId(on)}:`, ...changes.flatMap((step) => stepLines(step, '', style))];
}

export function stepLines(
  { kind, title, argv, command, disruptive }: FixStep,
  number: string,
  style: TextStyle,
): readonly string[] {
  const end = /[.!?:]$/.test(title) || disruptive === null ? '' : '.';
  const warning = disruptive === null ? '' : `  ${disruptiveText(disruptive)}`;
  const lines = wrap(`${number}${stepWords[kind]}: ${title}${end}${warning}`, style.width, '  ', '    ');
  return [
    ...lines.map((line) => line.replace('DISRUPTIVE:', style.paint.yellow('DISRUPTIVE:'))),
    // A step without a program has only a comment there, which says its title again.
    ...(command === null || argv.length === 0 ? [] : [`    ${isComment(command) ? command : typed(argv, style)}`]),
  ];
}

const disruptiveText = (why: string): string => `DISRUPTIVE: ${why}`;
