/** How Windows takes a command line apart: models of cmd, of a batch file, of the C library and of PowerShell. */

const environment: Readonly<Record<string, string>> = { PATH: 'C:\\Windows', A: 'a & b' };

/**
 * The arguments of one command as cmd hands them on, as text. In a block, as the line of `az.cmd` that starts Python stands
 * in, a `)` ends it.
 */
export function throughCmd(line: string, isInBlock = false): string {
  const expanded = line.replaceAll(/%([^%]+)%/g, (all, name: string) => environment[name.toUpperCase()] ?? all);
  let handed = '';
  let isQuoted = false;
  for (let at = 0; at < expanded.length; at++) {
    const character = expanded[at] ?? '';
    if (character === '\n') throw new Error(`cmd: the line ends in ${line}`);
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '^') {
      handed += expanded[++at] ?? '';
      continue;
    } else if (!isQuoted && '&|<>'.includes(character)) throw new Error(`cmd: ${character} acts in ${line}`);
    else if (!isQuoted && isInBlock && character === ')') throw new Error(`cmd: ) ends the block in ${line}`);
    handed += character;
  }
  return handed;
}

/** `az.cmd` has `%*` in parentheses: its arguments are read once where they are typed, and again there. */
export function throughBatchFile(line: string): string {
  return throughCmd(throughCmd(line), true);
}

/** As the C library (UCRT) makes arguments of text. */
export function argumentsIn(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < text.length; ) {
    const slashes = /^\\*/.exec(text.slice(at))?.[0].length ?? 0;
    const next = text[at + slashes];
    if (next === '"') {
      word = (word ?? '') + '\\'.repeat(Math.floor(slashes / 2));
      at += slashes + 1;
      if (slashes % 2 === 1) word += '"';
      else if (isQuoted && text[at] === '"') {
        word += '"';
        at++;
      } else isQuoted = !isQuoted;
    } else if (slashes > 0) {
      word = (word ?? '') + '\\'.repeat(slashes);
      at += slashes;
    } else if (!isQuoted && (next === ' ' || next === '\t')) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
    } else {
      word = (word ?? '') + (next ?? '');
      at++;
    }
  }
  return word === undefined ? words : [...words, word];
}

const quotes = /['\u2018-\u201b]/;

/** The arguments of a command in PowerShell that are words without anything in them that acts, or in single quotes. */
export function powershellWords(line: string): readonly string[] {
  const words: string[] = [];
  for (let at = 0; at < line.length; ) {
    if (line[at] === ' ') at++;
    else if (quotes.test(line[at] ?? '')) {
      let word = '';
      for (at++; !quotes.test(line[at] ?? '') || quotes.test(line[at + 1] ?? ''); at++) {
        if (at >= line.length) throw new Error(`PowerShell: no end of quotes in ${line}`);
        if (quotes.test(line[at] ?? '')) at++;
        word += line[at];
      }
      at++;
      if (at < line.length && line[at] !== ' ') throw new Error(`PowerShell: text behind quotes in ${line}`);
      words.push(word);
    } else {
      const word = /^[^ ]+/.exec(line.slice(at))?.[0] ?? '';
      // What else begins with a letter, a digit, a slash or `--` is one word; `-a` is a name, which ends at its first point.
      if (!/^(?:[\w/]|--\w)[\w./:=+\\-]*$|^-\w+$/.test(word)) throw new Error(`PowerShell: ${word} acts in ${line}`);
      words.push(word);
      at += word.length;
    }
  }
  return words;
}

/**
 * The command line that PowerShell makes of words for a batch file (NativeCommandParameterBinder; in 7.3 and later
 * `$PSNativeCommandArgumentPassing` is Legacy for such).
 */
export function powershellLine(words: readonly string[], version: '5.1' | '7'): string {
  return words
    .flatMap((word) => {
      if (word === '') return [];
      if (!needsQuotes(word)) return [word];
      const end = version === '7' ? (/\\+$/.exec(word)?.[0] ?? '') : '';
      return [`"${word}${end}"`];
    })
    .join(' ');
}

// What .NET calls white space.
const blank = /[\t-\r\u0085\p{Z}]/u;

function needsQuotes(word: string): boolean {
  let count = 0;
  return [...word].some((character, at) => {
    if (character === '"' && word[at - 1] !== '\\') count++;
    else return blank.test(character) && count % 2 === 0;
    return false;
  });
}
