import { everyInvisible } from '../words/invisible.ts';
import { bashQuotedWord, bashReadableWord } from './bash.ts';
import { cmdComment, cmdQuotedWord } from './cmd.ts';
import { powershellProgram, powershellQuotedWord } from './powershell.ts';

export const shells = ['bash', 'powershell', 'cmd'] as const;
export type Shell = (typeof shells)[number];

interface Quoting {
  /** Nothing where no form of a word is sure. */
  readonly word: (word: string) => string | undefined;
  /** The form that people read most easily. */
  readonly readable: (word: string) => string | undefined;
  readonly program: (name: string) => string;
  /** Of a text without line ends. */
  readonly comment: (text: string) => string;
}

const quotings: Readonly<Record<Shell, Quoting>> = {
  bash: {
    word: bashQuotedWord,
    readable: bashReadableWord,
    program: (name) => name,
    comment: (text) => `# ${text}`,
  },
  powershell: {
    word: powershellQuotedWord,
    readable: powershellQuotedWord,
    program: powershellProgram,
    comment: (text) => `# ${text}`,
  },
  cmd: { word: cmdQuotedWord, readable: cmdQuotedWord, program: (name) => name, comment: cmdComment },
};

/** A command line that a shell hands on as exactly these arguments; a comment where that can't be had. */
export function lineFor(
  shell: Shell,
  [program = '', ...argv]: readonly string[],
  form: 'word' | 'readable' = 'word',
): string {
  const quoting = quotings[shell];
  const quoted = [quoting.program(program), ...argv].map((word) => quoting[form](word) ?? { unsafe: word });
  const unsafe = quoted.find((word) => typeof word !== 'string');
  return unsafe === undefined ? quoted.join(' ') : typeByHand(shell, unsafe.unsafe);
}

export function typeByHand(shell: Shell, value: string): string {
  return commentFor(shell, `Type this by hand, one value can't be pasted safely: ${value}`);
}

export function commentFor(shell: Shell, text: string): string {
  return quotings[shell].comment(text.replace(everyInvisible, escaped));
}

/** No command begins so. */
export function isComment(line: string): boolean {
  return line.startsWith('# ') || line.startsWith('rem ');
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
