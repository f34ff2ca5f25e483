import { commentFor, lineFor, type Shell, typeByHand } from '../shell/shell.ts';
import { invisible } from '../words/invisible.ts';

export type StepKind = 'look' | 'backup' | 'change' | 'check' | 'undo';

/** One thing for a person to do. `argv` names its program first; empty where there is nothing to run, only to know. */
export interface Step {
  readonly kind: StepKind;
  readonly title: string;
  readonly argv: readonly string[];
  /** The file in the current folder that takes the answer of an `az rest`. */
  readonly saveTo?: string;
  /** Of a backup: the id of what is saved. */
  readonly saves?: string;
  /** Of a backup: the etag that it had when it was read, where that is known. */
  readonly etag?: string | undefined;
  /** Of an undo: the change that it takes back. */
  readonly undoes?: Step | undefined;
  /** Whom it can hurt, and how; null when it can't. */
  readonly disruptive: string | null;
}

export interface PrintedStep {
  /** What is run, a file for its answer included. */
  readonly argv: readonly string[];
  /** The same as one line to paste, or a comment line where no command can say it. */
  readonly command: string;
  readonly shell: Shell;
}

export function printedStep({ title, argv: own, saveTo }: PrintableStep, shell: Shell): PrintedStep {
  // Not `>`: az writes into a pipe in the code page of Windows, and Windows PowerShell what it reads there as UTF-16.
  const argv = saveTo === undefined ? own : [...own, `--output-file=${saveTo}`];
  return { argv, command: lineOf(title, argv, shell), shell };
}

type PrintableStep = Pick<Step, 'title' | 'argv' | 'saveTo'>;

function lineOf(title: string, argv: readonly string[], shell: Shell): string {
  if (argv.length === 0) return commentFor(shell, title);
  const unprintable = argv.find((word) => isUnprintable(word, argv[0]));
  return unprintable === undefined ? lineFor(shell, argv) : typeByHand(shell, unprintable);
}

function isUnprintable(word: string, program: string | undefined): boolean {
  // Pasted into a terminal, what is invisible acts before a shell reads it.
  return invisible.test(word) || (program === 'az' && isFileForAz(word));
}

// az (2.50 to 2.91) puts a file's content in place of an argument that begins with "@", or has it after its first "=".
function isFileForAz(word: string): boolean {
  return word.startsWith('@') || /^[^=]*=@/.test(word);
}
