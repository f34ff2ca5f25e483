import { everyInvisible } from '../words/invisible.ts';

/** Azure Pipelines runs `##vso[` and `##[` wherever they stand in a line of output. */
const pipelinesCommand = /#(?=#(?:vso)?\[)/gi;
/** GitHub Actions runs `::command::` after leading blanks. An IPv6 address may begin with `::` too and stays whole. */
const actionsCommand = /(^|\s):(?=:)(?!:[0-9a-f.:]*(?:\/\d+)?(?:[\s,;)\]]|$))/gi;

const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16);

/**
 * Text from the cloud made harmless for a terminal and a build log: what would act there becomes visible.
 * Only for text that people read; what programs read keeps its values, see `escapeHarmful`.
 */
export const clean = (text: string): string =>
  text
    .replace(everyInvisible, (character) => `\\u{${hex(character)}}`)
    .replace(pipelinesCommand, '# ')
    .replace(actionsCommand, '$1: ');

/** The same value with every string in it cleaned. It must be JSON. */
export const cleanAll = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'string' ? clean(part) : part));

/** A JSON value as cleaned text, cut where a person stops reading. */
export function cleanJson(value: unknown, length = 200): string {
  // JSON doubles the backslash of what was made visible already.
  const text = clean(JSON.stringify(value) ?? 'nothing').replaceAll('\\\\u{', '\\u{');
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

export const isHarmful = (text: string): boolean =>
  text.search(everyInvisible) !== -1 || text.search(pipelinesCommand) !== -1 || text.search(actionsCommand) !== -1;

/** JSON, or YAML whose harmful strings are in double quotes, with the same values and nothing in it that acts; line ends stay. */
export const escapeHarmful = (serialized: string): string =>
  serialized
    .replace(everyInvisible, (character) =>
      character === '\n'
        ? character
        : character.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    )
    .replace(pipelinesCommand, '\\u0023');
