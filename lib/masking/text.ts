import { type Addresses, ipv4Pattern, ipv6Pattern } from './addresses.ts';
import { guidPattern, type Ids, isGuid } from './ids.ts';
import type { NameMasks } from './names.ts';
import { isSentenceWord } from './words.ts';

/** Sentences: az's messages, Azure's errors, notes of our own. What stands in quotes is masked unless it is Azure's. */
export interface Sentences {
  readonly mask: (text: string) => string;
}

/** In the place of what may be a secret: nothing ever needs to be asked with it again. */
export const secret = 'masked';

// One pass, the first alternative that fits wins, so that no mask is masked again.
const tokens = new RegExp(
  [
    /(?<page><(?:!doctype|html|head|body|\?xml)[\s\S]*)/,
    /(?<jwt>\beyJ[\w-]{8,}(?:\.[\w-]*){0,4})/,
    /(?<bearer>(?<=\bbearer )[^\s'"]+)/,
    /(?<assigned>(?<=\b(?:sig|password|secret|client_secret|accountkey|sharedaccesskey|access_token|token|key)["']?\s?[=:]\s?["']?)[^\s&'",;]+)/,
    /(?<url>\bhttps?:\/\/[^\s'"<>`]*[^\s'"<>`.,;:)\]}])/,
    /(?<quoted>(?<![\p{L}\p{N}])'[^'\n]*'(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])"[^"\n]*"(?![\p{L}\p{N}]))/u,
    /(?<id>\/(?:subscriptions|providers)\/[^\s'"<>,;]*[^\s'"<>,;.:)\]}])/,
    /(?<home>(?<=\/home\/|\/Users\/|\\Users\\)[^/\\\s'"]+)/,
    /(?<user>(?<![\w.+#-])[\w.+#-]+@[\w-]+(?:\.[\w-]+)+)/,
    new RegExp(`(?<guid>${guidPattern.source})`),
    new RegExp(`(?<address>${ipv6Pattern.source}|${ipv4Pattern.source})`),
    /(?<typed>\bMicrosoft\.\w+(?:\.\w+)*(?:\/[\w.()-]*[\w)])+)/,
    /(?<host>\b[a-z\d][\w-]*(?:\.[\w-]+)*\.(?:com|net|org|io|eu|de|uk|fr|nl|ch|us|cn|dev|app|cloud|local|internal|corp|lan|intra|home|example|test|ms)\b(?!\())/,
    /(?<long>(?<![\w+/=-])(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+/-]{40,}={0,2})/,
    /(?<word>[\p{L}\p{N}_][\p{L}\p{N}_.()-]*)/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'giu',
);

const actionEnd = /\/(read|write|delete|action|\*)$/i;
/** Words in quotes that az and Azure say of themselves. */
const saidByAzure =
  /^(|\d{1,6}(\.\d{1,3})?%?|forbidden|unauthorized|not found|conflict|bad request|too many requests|internal server error|service unavailable|gateway timeout|bad gateway|location|retry-after|dict|str|list|int|nonetype|microsoft\.\w+(\.\w+)*|-{1,2}[a-z][a-z-]*|\{\}|get|put|post|delete|patch|true|false|none|null|\d{4}-\d\d-\d\d(-preview)?|running|stopped|deallocated|succeeded|failed|updating|creating|deleting)$/i;

export function maskSentences(names: NameMasks, addresses: Addresses, ids: Ids): Sentences {
  const word = (text: string): string => {
    const bare = withoutEnd(text);
    for (const candidate of [text, bare]) {
      const known = names.known(candidate);
      const isProse = isSentenceWord(candidate) || /^\d+$/.test(candidate);
      if (known !== undefined && !isProse) return known + text.slice(candidate.length);
    }
    // What is longer than a name would say it too.
    return names.holdsKnown(bare) ? names.name(bare, 'name') + text.slice(bare.length) : text;
  };

  const quoted = (text: string): string => {
    const mark = text.slice(0, 1);
    const inner = text.slice(1, -1);
    if (saidByAzure.test(inner)) return text;
    if (/^az /.test(inner)) return mark + mask(inner) + mark;
    if (/^\/?(subscriptions|providers)\//i.test(inner)) return mark + ids.path(inner) + mark;
    if (/^(https?:\/\/\S*|[^\s@]+@[^\s@]+|microsoft\.\w+(\.\w+)*\/\S*)$/i.test(inner)) return mark + mask(inner) + mark;
    if (isGuid(inner)) return mark + names.guid(inner) + mark;
    if (/^[\da-f.:]+(\/\d+)?$/i.test(inner) && addresses.mask(inner) !== inner)
      return mark + addresses.mask(inner) + mark;
    if (/^[a-z\d-]+(\.[a-z\d-]+){2,}$/i.test(inner)) return mark + ids.host(inner) + mark;
    return mark + names.name(inner, 'name') + mark;
  };

  const one = (text: string, found: Readonly<Record<string, string | undefined>>): string => {
    if (found.page !== undefined) return `<html>${secret}</html>`;
    if (['jwt', 'bearer', 'assigned', 'long'].some((name) => found[name] !== undefined)) return secret;
    if (found.url !== undefined) return ids.url(text);
    if (found.quoted !== undefined) return quoted(text);
    if (found.id !== undefined) return ids.path(text);
    if (found.home !== undefined) return names.name(text, 'user');
    if (found.user !== undefined) return names.user(text);
    if (found.guid !== undefined) return names.guid(text);
    if (found.address !== undefined) return addresses.mask(text);
    if (found.typed !== undefined) return actionEnd.test(text) ? text : ids.typed(text);
    if (found.host !== undefined) return names.known(text) ?? (isModule(text) ? text : ids.host(text));
    return word(text);
  };

  const mask = (text: string): string =>
    text.replace(tokens, (match: string, ...rest: readonly unknown[]) => {
      const groups = rest.at(-1);
      return isGroups(groups) ? one(match, groups) : match;
    });

  return { mask };
}

/** A word without the signs that it ends with. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '.()-'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

// `azure.cli.core.net` and its like in a traceback are modules, not hosts.
const isModule = (text: string): boolean => /^(azure|msal|requests|urllib3|knack)\./i.test(text);

function isGroups(value: unknown): value is Readonly<Record<string, string | undefined>> {
  return typeof value === 'object' && value !== null;
}
