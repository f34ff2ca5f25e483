/**
 * A command as people type it: -g and -n, its subscription last, and quotes that bash, PowerShell and cmd read alike where
 * there are such. What is JSON carries the exact one.
 */
export function typed(command: string, ...more: readonly string[]): string {
  const words = wordsOf(command);
  if (words === undefined || !['az', 'azlb'].includes(words[0]?.text ?? '')) return command;
  // What follows `>` is the shell's.
  const at = words.findIndex(({ isQuoted, text }) => !isQuoted && text === '>');
  const own = (at < 0 ? words : words.slice(0, at)).map(({ text }) => text);
  const rest = at < 0 ? [] : words.slice(at).map(({ text }) => (text === '>' ? text : quoted(text)));
  const options = own.flatMap(split);
  const named = withName(options);
  const where = named.lastIndexOf('--subscription');
  const subscription = where < 0 ? [] : named.slice(where, where + 2);
  const others = where < 0 ? named : [...named.slice(0, where), ...named.slice(where + 2)];
  return [...[...others, ...more, ...subscription].map(quoted), ...rest].join(' ');
}

interface Word {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** The words of a command line that was quoted for bash; none where it is a comment or has more than single quotes. */
function wordsOf(command: string): readonly Word[] | undefined {
  if (/^#|\$'/.test(command)) return undefined;
  return (command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []).map((word) => ({
    isQuoted: /['\\]/.test(word),
    text: word.replaceAll(
      /'([^']*)'|\\(.)/g,
      (_, inQuotes: string | undefined, escaped: string | undefined) => inQuotes ?? escaped ?? '',
    ),
  }));
}

const short: Readonly<Record<string, string>> = { '--resource-group': '-g', '--name': '-n', '--output': '-o' };

/** `--name=web` as two words, but not where the value would be read as an option. */
function split(word: string): readonly string[] {
  const [, option = '', value = ''] = /^(--[a-z0-9-]+)=([^-][\s\S]*)$/.exec(word) ?? [];
  return option === '' ? [short[word] ?? word] : [short[option] ?? option, value];
}

/** One resource of a group by its name, which is what people know it by. */
function withName(words: readonly string[]): readonly string[] {
  const at = words.indexOf('--ids');
  const next = words[at + 2];
  const [, subscription, group = '', name = ''] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)$/i.exec(
      words[at + 1] ?? '',
    ) ?? [];
  const isOne = at >= 0 && (next === undefined || next.startsWith('-'));
  if (!isOne || subscription === undefined || group.startsWith('-') || name.startsWith('-')) return words;
  return [...words.slice(0, at), '-g', group, '-n', name, ...words.slice(at + 2), '--subscription', subscription];
}

const plain = /^[A-Za-z0-9_./:+-][A-Za-z0-9_./:=+@-]*$/;

/** In double quotes, which every shell takes, unless something in it acts there. */
function quoted(word: string): string {
  if (plain.test(word)) return word;
  return /["$`\\!%]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}
