import { invisible } from '../words/invisible.ts';

// Not `=` first: zsh, which many paste into, reads `=name` as a command's path.
const plain = /^[A-Za-z0-9_./:,@%+-][A-Za-z0-9_./:=,@%+-]*$/;

/** One argument as bash reads it back: plain, in single quotes, or in `$'…'` where a control character would act in a terminal. */
export function bashQuotedWord(word: string): string {
  if (isControlled(word)) return `$'${[...word].map(ansiC).join('')}'`;
  if (plain.test(word) && !isAssignment(word)) return word;
  return inSingleQuotes(word);
}

/** The same for people: in double quotes, which every shell takes, unless something in it acts there. */
export function bashReadableWord(word: string): string {
  if (isControlled(word)) return bashQuotedWord(word);
  if (/^[A-Za-z0-9_./:+-][A-Za-z0-9_./:=+@-]*$/.test(word)) return word;
  return /["$`\\!%]/.test(word) ? inSingleQuotes(word) : `"${word}"`;
}

/** A command line that bash splits into exactly these arguments. */
export function bashQuoted(argv: readonly string[]): string {
  return argv.map(bashQuotedWord).join(' ');
}

/** The arguments of a command line that was quoted here; none where it has control characters. */
export function bashWords(line: string): readonly string[] | undefined {
  if (line.includes("$'")) return undefined;
  return (line.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []).map((word) =>
    word.replaceAll(
      /'([^']*)'|\\(.)/g,
      (_, inQuotes: string | undefined, escaped: string | undefined) => inQuotes ?? escaped ?? '',
    ),
  );
}

function inSingleQuotes(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

// `A=b` before the command's name would set a variable; options (`--a=b`) never do.
function isAssignment(word: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(word);
}

function isControlled(word: string): boolean {
  return invisible.test(word);
}

function ansiC(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (!invisible.test(character)) return character;
  // Bytes, not \uXXXX: bash 3.2 (macOS) knows no \u, and \u depends on the locale.
  return [...Buffer.from(character, 'utf8')].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
