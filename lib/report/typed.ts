import { bashWords } from '../shell/bash.ts';
import { lineFor, typeByHand } from '../shell/shell.ts';
import type { TextOptions } from './text-style.ts';

type ForShell = Pick<TextOptions, 'shell'>;

/**
 * A command as people type it into their shell: -g and -n, its subscription last, and quotes that are read most easily. What
 * is JSON carries the exact one.
 */
export function typed(argv: readonly string[], { shell = 'bash' }: ForShell, ...more: readonly string[]): string {
  if (!['az', 'azlb'].includes(argv[0] ?? '')) return lineFor(shell, argv, 'readable');
  const words = withName(argv.flatMap(split));
  const where = words.lastIndexOf('--subscription');
  const subscription = where < 0 ? [] : words.slice(where, where + 2);
  const others = where < 0 ? words : [...words.slice(0, where), ...words.slice(where + 2)];
  return lineFor(shell, [...others, ...more, ...subscription], 'readable');
}

/** The same of a command that evidence names, which is quoted for bash. */
export function typedAgain(command: string, style: ForShell, ...more: readonly string[]): string {
  const argv = bashWords(command);
  if (argv !== undefined) return typed(argv, style, ...more);
  const { shell = 'bash' } = style;
  return shell === 'bash' ? command : typeByHand(shell, command);
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
