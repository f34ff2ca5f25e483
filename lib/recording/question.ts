import { type Options, parseArgv } from './argv.ts';
import { armPath, type LeftOut } from './arm-path.ts';

/** What one of our own az command lines asks, apart from how it is spelled. */
export interface RecordedQuestion {
  /** The words before the first option; for `rest` the method belongs to it: `network nic show`, `rest get`. */
  readonly verb: string;
  /** What is asked about: resource ids, a list's scope, or the path and query of a `rest` URL; lower case, without repeats. */
  readonly ids: readonly string[];
  /** The options that change the answer, in a fixed order. */
  readonly detail: string;
  /** One an id, in their order: the same however the ids are spread over command lines. */
  readonly keys: readonly string[];
  /** True for `--ids` with more than one id: az answers with a list then. */
  readonly isBatch: boolean;
}

export function question(argv: readonly string[], input?: string, place: LeftOut = {}): RecordedQuestion {
  const { words, options } = parseArgv(argv);
  const isRest = words[0] === 'rest';
  const verb = (isRest ? `rest ${options.get('method')?.[0] ?? 'get'}` : words.join(' ')).toLowerCase();
  const { ids, used } = isRest ? restIds(options) : resourceIds(verb, options, place);
  const unique = [...new Set(ids.map((id) => timeless(id.toLowerCase())))];
  const detail = detailOf(options, used, input);
  return { verb, ids: unique, detail, keys: unique.map((id) => keyOf(verb, id, detail)), isBatch: unique.length > 1 };
}

export function keyOf(verb: string, id: string, detail: string): string {
  return [verb, id.toLowerCase(), detail].join('\n');
}

interface Asked {
  readonly ids: readonly string[];
  /** The options that said so, and are no detail any more. */
  readonly used: readonly string[];
}

function restIds(options: Options): Asked {
  const url = options.get('url')?.[0] ?? '';
  // A Location names the host, our own URLs do not: the active cloud is the same for both.
  return { ids: [url.replace(/^https?:\/\/[^/?#]*/i, '')], used: ['url', 'method'] };
}

function resourceIds(verb: string, options: Options, place: LeftOut): Asked {
  const ids = options.get('ids');
  if (ids) return { ids: ids.map(withoutSlash), used: ['ids'] };
  const resource = options.get('resource')?.[0];
  if (resource?.startsWith('/')) return { ids: [withoutSlash(resource)], used: ['resource'] };
  return armPath(verb, options, place);
}

function withoutSlash(id: string): string {
  return id.replace(/\/+$/, '');
}

// They change what az prints on stderr, where it is asked, or when: not what the answer is about.
const silent: readonly string[] = [
  'verbose',
  'debug',
  'only-show-errors',
  'output',
  'subscription',
  'start-time',
  'end-time',
];

function detailOf(options: Options, used: readonly string[], input: string | undefined): string {
  const parts = [...options]
    .filter(([name]) => !silent.includes(name) && !used.includes(name))
    .map(([name, values]) => `--${name}=${values.join(' ')}`)
    .sort();
  return timeless([...parts, ...(input === undefined ? [] : [canonicalBody(input)])].join(' ').toLowerCase());
}

function canonicalBody(input: string): string {
  try {
    return JSON.stringify(JSON.parse(input));
  } catch {
    return input;
  }
}

// The window of a metric or a log is always "now": the same question a day later has other times.
function timeless(text: string): string {
  return text.replace(
    /\d{4}-\d\d-\d\dt\d\d(:|%3a)\d\d((:|%3a)\d\d(\.\d+)?)?(z|[+-]\d\d(:|%3a)?\d\d|%2b\d\d(:|%3a)?\d\d)?/g,
    '<time>',
  );
}
