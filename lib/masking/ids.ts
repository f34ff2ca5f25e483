import type { Addresses } from './addresses.ts';
import { isAddressText } from './addresses.ts';
import type { NameMasks } from './names.ts';
import { isKeptHost, nameKindOf } from './words.ts';

export interface Ids {
  /** A resource id or the path of an ARM request, with or without a query. */
  readonly path: (text: string) => string;
  readonly url: (text: string) => string;
  readonly host: (text: string) => string;
  /** A type with names, without a scope before it: `Microsoft.Network/networkInterfaces/web-1-nic`. */
  readonly typed: (text: string) => string;
}

export const guidPattern = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i;
const wholeGuid = new RegExp(`^${guidPattern.source}$`, 'i');
export const isGuid = (text: string): boolean => text.length === 36 && wholeGuid.test(text);

/** What a query may hold that is Azure's. What else there is may be a token (a long-running result's `t`, `c`, `s` and `h`). */
const keptParameters = /^(api-version|statusOnly|monitor|\$?(top|expand|select))$/i;

export function maskIds(names: NameMasks, addresses: Addresses): Ids {
  // A large load balancer's answers say the same ids over and over.
  const paths = new Map<string, string>();

  // `parent` is the type before.
  const named = (type: string, name: string, parent: string): string => {
    if (name === '') return name;
    const kind = type.toLowerCase();
    if (['locations', 'metrics', 'defaultsecurityrules'].includes(kind)) return name;
    // The number of a Uniform scale set's instance, and that of a long-running operation, name nobody.
    if (/^\d+$/.test(name) && (/^operation/.test(kind) || (kind === 'virtualmachines' && /sets$/i.test(parent))))
      return name;
    if (isGuid(name)) return names.guid(name);
    return names.name(decoded(name), nameKindOf(type) ?? 'name');
  };

  // Types and names by turns, after the namespace.
  const pairs = (parts: readonly string[]): readonly string[] =>
    parts.map((part, at) => (at % 2 === 0 ? part : named(parts[at - 1] ?? '', part, parts[at - 3] ?? '')));

  // One after another and not each by itself: a path may be as long as an answer.
  const segments = (parts: readonly string[]): readonly string[] => {
    const made: string[] = [];
    for (let at = 0; at < parts.length; ) {
      const first = parts[at] ?? '';
      const second = parts[at + 1];
      const kind = first.toLowerCase();
      if (first === '') {
        made.push(first);
        at += 1;
      } else if (kind === 'subscriptions' || kind === 'tenants' || kind === 'resourcegroups') {
        made.push(first);
        if (second !== undefined)
          made.push(kind === 'resourcegroups' ? named(first, second, '') : subscription(second));
        at += 2;
      } else if (kind === 'providers') {
        let end = at + 2;
        while (end < parts.length && parts[end]?.toLowerCase() !== 'providers') end += 1;
        for (const part of parts.slice(at, at + 2)) made.push(part);
        for (const part of pairs(parts.slice(at + 2, end))) made.push(part);
        at = end;
      } else {
        const isLastWord = second === undefined && /^[a-z]+$/i.test(first) && names.known(first) === undefined;
        made.push(isLastWord ? first : names.name(second === undefined ? first : decoded(first), 'name'));
        at += 1;
      }
    }
    return made;
  };

  const subscription = (text: string): string =>
    text === '' || text === '*' ? text : isGuid(text) ? names.guid(text) : names.name(decoded(text), 'subscription');

  const query = (text: string): string =>
    text
      .split('&')
      .map((part) => {
        const [key = '', ...value] = part.split('=');
        const isKept = value.length === 0 || keptParameters.test(key);
        return isKept ? part : `${key}=${names.name(value.join('='), 'value')}`;
      })
      .join('&');

  const path = (text: string): string => {
    const known = paths.get(text);
    if (known !== undefined) return known;
    const made = pathOf(text);
    paths.set(text, made);
    return made;
  };

  const pathOf = (text: string): string => {
    const [, before = '', asked] = /^([^?#]*)(?:[?#](.*))?$/s.exec(text) ?? [];
    const masked = segments(before.split('/')).join('/');
    return asked === undefined ? masked : `${masked}?${query(asked)}`;
  };

  const host = (text: string): string => {
    if (isAddressText(text)) return addresses.mask(text);
    return isKeptHost(text) ? text : names.host(text);
  };

  return {
    path,
    host,
    typed: (text) => {
      const [namespace = '', ...parts] = text.split('/');
      return [namespace, ...pairs(parts)].join('/');
    },
    url: (text) => {
      const [, scheme = '', authority = '', rest = ''] = /^([a-z]+:\/\/)([^/?#]*)(.*)$/is.exec(text) ?? [];
      const [, name = '', port = ''] =
        /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
      const to = `${scheme}${host(name)}${port}`;
      const at = rest.search(/\/(subscriptions|providers|tenants)([/?]|$)/i);
      if (at >= 0) return `${to}${at === 0 ? '' : `/${names.name(rest.slice(1, at), 'value')}`}${path(rest.slice(at))}`;
      if (rest === '' || rest === '/' || /^aka\.ms$/i.test(name) || /^(learn|docs|go)\.microsoft\.com$/i.test(name))
        return `${to}${rest}`;
      return `${to}/${names.name(rest.replace(/^\//, ''), 'value')}`;
    },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
