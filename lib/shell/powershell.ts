import { actsInCmd, inDoubleQuotes } from './cmd.ts';

/**
 * One argument as PowerShell hands it to a batch file (az is `az.cmd`, azlb `azlb.cmd`), which cmd then reads: PowerShell
 * takes its own quotes off, adds double ones only where there is a blank outside of such, and escapes nothing, in 5.1 as in 7
 * (NativeCommandParameterBinder; about_Parsing: Legacy). So what would act in cmd without quotes brings its own.
 * Nothing where there is no sure form.
 */
export function powershellQuotedWord(word: string): string | undefined {
  if (actsInCmd(word) || isMiscounted(word)) return undefined;
  if (isPlain(word)) return word;
  const handed = isQuotedByPowershell(word) ? word : inDoubleQuotes(word);
  // It takes typographic quotes for plain ones.
  return `'${handed.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** The default policy of Windows refuses the `azlb.ps1` that npm writes, and PowerShell prefers it to `azlb.cmd`. */
export function powershellProgram(name: string): string {
  return name === 'azlb' ? 'azlb.cmd' : name;
}

function isPlain(word: string): boolean {
  // PowerShell cuts `-a.b` in two (PowerShell/PowerShell#6291), but not `--a.b`.
  return /^([A-Za-z0-9_/]|--[A-Za-z0-9])[A-Za-z0-9_./:=+\\-]*(?<!\\)$|^-[A-Za-z0-9]+$/.test(word);
}

/** With a blank it gets quotes, without what acts in cmd it needs none. */
function isQuotedByPowershell(word: string): boolean {
  if (word === '' || word.includes('"')) return false;
  // 5.1 lets a backslash at the end escape the quote that it adds, 7 does not (PowerShell/PowerShell#4358).
  if (word.includes(' ')) return !word.endsWith('\\');
  return !/[&|<>^()]/.test(word);
}

/** A quote behind a backslash is none to PowerShell when it looks for blanks outside of quotes. */
function isMiscounted(word: string): boolean {
  return word.includes('\\"') && /\s/.test(word);
}
