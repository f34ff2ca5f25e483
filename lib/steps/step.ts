import { bashQuoted, bashQuotedWord } from '../shell/bash.ts';
import { everyInvisible, invisible } from '../words/invisible.ts';

export type StepKind = 'look' | 'backup' | 'change' | 'check' | 'undo';

/** One thing for a person to do. `argv` names its program first; empty where there is nothing to run, only to know. */
export interface Step {
  readonly kind: StepKind;
  readonly title: string;
  readonly argv: readonly string[];
  /** The file in the current folder that takes the command's output. */
  readonly saveTo?: string;
  /** Of a backup: the id of what is saved. */
  readonly saves?: string;
  /** Whom it can hurt, and how; null when it can't. */
  readonly disruptive: string | null;
}

export type Shell = 'bash';

export interface PrintedStep {
  /** One line to paste, or a comment line where no command can say it. */
  readonly command: string;
  readonly shell: Shell;
}

export function printedStep(step: Step, shell: Shell): PrintedStep {
  const unprintable = [...step.argv, step.saveTo ?? ''].find((word) => isUnprintable(word, step.argv[0]));
  if (step.argv.length === 0) return { command: comment(step.title), shell };
  if (unprintable !== undefined) {
    return { command: comment(`Type this by hand, one value can't be pasted safely: ${unprintable}`), shell };
  }
  const redirected = step.saveTo === undefined ? '' : ` > ${bashQuotedWord(step.saveTo)}`;
  return { command: bashQuoted(step.argv) + redirected, shell };
}

function isUnprintable(word: string, program: string | undefined): boolean {
  // Pasted into a terminal, what is invisible acts before bash reads it.
  return invisible.test(word) || (program === 'az' && isFileForAz(word));
}

// az (2.50 to 2.91) puts a file's content in place of an argument that begins with "@", or has it after its first "=".
function isFileForAz(word: string): boolean {
  return word.startsWith('@') || /^[^=]*=@/.test(word);
}

function comment(text: string): string {
  return `# ${text.replace(everyInvisible, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)}`;
}
