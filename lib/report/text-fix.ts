import type { Finding, FixStep } from '../../schemas/diagnosis.generated.ts';
import { shortId, wrap } from './layout.ts';
import type { TextStyle } from './text-style.ts';
import { stepWords } from './words.ts';

/** The numbered steps of a finding's fix; a command stands alone on its line and is never wrapped. */
export const fixLines = ({ fix, docs }: Finding, style: TextStyle): readonly string[] => {
  const source = docs === null ? [] : [style.paint.dim(`  More: ${docs}`)];
  if (fix === null || fix.steps.length === 0) return source;
  const owner = fix.owner === 'user' ? '' : ` (through ${fix.owner}, which owns this)`;
  return [
    `  ${style.paint.bold(`Fix${owner}:`)}`,
    ...fix.steps.flatMap((step, at) => stepLines(step, `${at + 1}. `, style)),
    ...source,
  ];
};

/** For a further finding of the same rule: only what changes something, since the way to it is the same. */
export const changeLines = ({ fix, on }: Finding, style: TextStyle): readonly string[] => {
  const changes = (fix?.steps ?? []).filter(({ kind, command }) => kind === 'change' && command !== null);
  if (changes.length === 0) return [];
  return [`  The same for ${shortId(on)}:`, ...changes.flatMap((step) => stepLines(step, '', style))];
};

const stepLines = (
  { kind, title, argv, command, disruptive }: FixStep,
  number: string,
  style: TextStyle,
): readonly string[] => {
  const warning = disruptive === null ? [] : wrap(`DISRUPTIVE: ${disruptive}`, style.width, '       ');
  return [
    ...wrap(`${number}${stepWords[kind]}: ${title}`, style.width, '    ', '       '),
    ...warning.map(style.paint.yellow),
    // A step without a program has only a comment there, which says its title again.
    ...(command === null || argv.length === 0 ? [] : [`       ${command}`]),
  ];
};
