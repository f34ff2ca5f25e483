import { invisible } from '../words/invisible.ts';

/**
 * One argument as cmd hands it to a program, by way of a batch file too (az is `az.cmd`): plain, or in double quotes, where
 * nothing but `%` acts. Nothing where there is no sure form.
 */
export function cmdQuotedWord(word: string): string | undefined {
  if (actsInCmd(word)) return undefined;
  return /^[A-Za-z0-9_./:=@+\\-]+$/.test(word) && !word.endsWith('\\') ? word : inDoubleQuotes(word);
}

/**
 * As the C library of Windows takes quotes apart: two are one, backslashes count only before a quote. Not `\"`, which is an
 * end of the quotes to cmd.
 */
export function inDoubleQuotes(word: string): string {
  return `"${word.replaceAll(/\\*"/g, (found) => `${found.slice(0, -1).repeat(2)}""`).replace(/\\+$/, '$&$&')}"`;
}

/** Whatever quotes are around it: of what stands between two `%` cmd makes a variable's value. */
export function actsInCmd(word: string): boolean {
  return word.includes('%') || invisible.test(word);
}

/** Of a remark cmd reads the first word, and passes over the rest. */
export function cmdComment(text: string): string {
  return /^[\w.,:'-]+ /.test(text) ? `rem ${text}` : `rem - ${text}`;
}
