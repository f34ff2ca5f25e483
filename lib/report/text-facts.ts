import type { Citation, Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { cleanJson } from './clean.ts';
import { shortId, wrap } from './layout.ts';
import { listed, memberNames } from './text-names.ts';
import type { TextStyle } from './text-style.ts';
import { typed, typedAgain } from './typed.ts';

/** What is shown of one thing that az printed: its label, what it says, and the command to see it again. */
interface Fact {
  readonly key: string;
  readonly label: string;
  readonly text: string;
  readonly see: string;
  /** Facts that say the same of several things are one line: what each is about. */
  readonly of?: string;
}

const most = { facts: 6, things: 6, value: 80 } as const;

/** The facts of each group of findings, numbered through, and how to see them. */
export interface NumberedFacts {
  readonly lines: readonly (readonly string[])[];
  readonly see: readonly string[];
}

export function numberedFacts(
  diagnosis: Diagnosis,
  groups: readonly (readonly Finding[])[],
  style: TextStyle,
): NumberedFacts {
  const numbers = new Map<string, number>();
  const see = new Map<string, readonly number[]>();
  const lines = groups.map((group) => {
    const facts = joined(factsOf(diagnosis, group, style));
    const told = style.verbose ? facts : facts.slice(0, most.facts);
    const width = Math.min(30, Math.max(0, ...told.map(({ label }) => label.length)));
    const rows = told.flatMap((fact) => {
      const known = numbers.get(fact.key);
      const number = known ?? numbers.size + 1;
      if (known === undefined) {
        numbers.set(fact.key, number);
        see.set(fact.see, [...(see.get(fact.see) ?? []), number]);
      }
      const start = `  [${number}] `;
      return wrap(`${fact.label.padEnd(width)}  ${fact.text}`, style.width, start, ' '.repeat(start.length + 2));
    });
    const untold = facts.length - told.length;
    return untold === 0 ? rows : [...rows, style.paint.dim(`  and ${untold} more with --verbose`)];
  });
  return { lines, see: [...see].map(([command, of]) => `  ${of.map((number) => `[${number}]`).join('')} ${command}`) };
}

/** The evidence of a cause, then what is seen of it at its members' probes. */
function factsOf(diagnosis: Diagnosis, group: readonly Finding[], style: TextStyle): readonly Fact[] {
  const keys = new Set(group.map(({ key }) => key));
  const affected = new Set(group.flatMap(({ affects }) => affects));
  const addresses = new Set(diagnosis.members.flatMap(({ key, ip }) => (affected.has(key) && ip !== null ? [ip] : [])));
  const symptoms = diagnosis.findings.filter(({ explainedBy }) => explainedBy.some((key) => keys.has(key)));
  const seen = symptoms
    .flatMap(({ evidence }) => evidence)
    .filter(
      (citation) =>
        'follow' in citation &&
        'value' in citation &&
        typeof citation.value === 'string' &&
        !/^up/i.test(citation.value) &&
        addresses.has(elementOf(citation.query) ?? ''),
    );
  const things = new Map<string, readonly Citation[]>();
  for (const citation of [...group.flatMap(({ evidence }) => evidence), ...seen]) {
    const key = 'query' in citation ? `${citation.command} ${parted(citation.query).parent}` : citation.command;
    const known = things.get(key) ?? [];
    if (known.some((other) => JSON.stringify(other) === JSON.stringify(citation))) continue;
    things.set(key, [...known, citation]);
  }
  return [...things].map(([key, citations]) => factOf(key, citations, diagnosis, style));
}

/** One line for all that say the same. */
function joined(facts: readonly Fact[]): readonly Fact[] {
  const groups = new Map<string, readonly Fact[]>();
  for (const fact of facts) {
    const key = fact.of === undefined ? fact.key : `${fact.label} ${fact.text}`;
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (first?.of === undefined) return alike;
    const of = listed(
      alike.flatMap((fact) => fact.of ?? []),
      most.things,
    );
    return [{ ...first, text: `${of}  ${first.text}` }];
  });
}

function factOf(key: string, citations: readonly Citation[], diagnosis: Diagnosis, style: TextStyle): Fact {
  const [first] = citations;
  if (first === undefined || 'error' in first) return refusalOf(key, first, style);
  const placed = citations.filter((citation) => 'query' in citation);
  const { parent } = parted(first.query);
  const values = placed.map((citation) => ({
    name: parted(citation.query).key ?? '',
    value: 'value' in citation ? citation.value : undefined,
  }));
  const see = 'follow' in first ? membersCommand(diagnosis, style) : seeCommand(first.command, parent, values, style);
  const thing = { resource: resourceOf(first.command), list: listOf(parent), element: elementOf(parent) };
  return { key, see, ...said(thing, values, diagnosis) };
}

const refusalOf = (
  key: string,
  citation: Extract<Citation, { error: string }> | undefined,
  style: TextStyle,
): Fact => ({
  key,
  label: resourceOf(key),
  text: citation === undefined ? '' : `exit code ${citation.exitCode}: ${citation.error}`,
  see: typedAgain(key, style),
});

interface Value {
  readonly name: string;
  /** Undefined where nothing is there. */
  readonly value: unknown;
}

interface Thing {
  readonly resource: string;
  readonly list: string;
  readonly element: string | undefined;
}

function said(
  { resource, list, element }: Thing,
  values: readonly Value[],
  diagnosis: Diagnosis,
): Pick<Fact, 'label' | 'text' | 'of'> {
  const of = (...names: readonly string[]) => values.filter(({ name }) => names.includes(name));
  const text = (...names: readonly string[]) => of(...names).map(({ value }) => valueText(value));
  if (/securityRules$/i.test(list) && element !== undefined && of('priority', 'access', 'direction').length === 3) {
    const ports = text('destinationPortRange', 'destinationPortRanges').join(' ') || '*';
    const sources = text('sourceAddressPrefix', 'sourceAddressPrefixes', 'sourceApplicationSecurityGroups').join(' ');
    const [protocol = '*'] = text('protocol');
    const about = [
      `${text('priority').join('')} ${element.replace(/^.*\//, '')}`,
      ...text('access', 'direction'),
      protocol === '*' || protocol === 'All' ? 'any protocol' : protocol,
      `${sources || '*'} → port ${ports}`,
    ];
    return { label: resource, text: about.join('  ') };
  }
  if (list === 'loadBalancerBackendAddresses' && of('reason').length > 0) {
    const names = memberNames(diagnosis);
    const member = diagnosis.members.find(({ ip }) => ip === element);
    const name = member === undefined ? element : names.get(member.key);
    return { label: `health ${resource}`, of: name ?? '?', text: text('reason').join(' ') };
  }
  if (list === 'statuses') return { label: 'power', of: resource, text: text('code').join(' ') };
  const label = element === undefined ? resource : `${nouns[list] ?? ''}${element}`;
  const parts = values.filter(({ name, value }) => name !== 'name' || value !== element);
  return { label, text: parts.map(partText).join(', ') || 'is there' };
}

const nouns: Readonly<Record<string, string>> = {
  probes: 'probe ',
  loadBalancingRules: 'balancing rule ',
  backendAddressPools: 'pool ',
  frontendIPConfigurations: 'frontend ',
};

function partText({ name, value }: Value): string {
  if (value === undefined) return name === '' ? 'is not there' : `no ${name}`;
  return name === '' ? valueText(value) : `${name} ${valueText(value)}`;
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value.startsWith('/subscriptions/') ? shortId(value) : value;
  if (Array.isArray(value) && value.length === 0) return 'none';
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.map(valueText).join(' ');
  return cleanJson(value, most.value);
}

/** `a[?name=='x'] | [0].port` taken apart: what the last property belongs to, and the property. */
function parted(query: string): { readonly parent: string; readonly key: string | undefined } {
  const [, parent, key] = /^(?:([\s\S]*)\.)?([A-Za-z_]\w*)$/.exec(query) ?? [];
  return key === undefined ? { parent: query, key } : { parent: parent ?? '', key };
}

/** The element of a list that a query ends at. */
function elementOf(query: string): string | undefined {
  const [, raw, literal] = [...query.matchAll(/\[\?[^=]*==(?:'([^']*)'|`("(?:[^"\\]|\\.)*")`)\]/g)].at(-1) ?? [];
  return literal === undefined ? raw : String(JSON.parse(literal));
}

const listOf = (query: string): string => [...query.matchAll(/(?:^|\.)([A-Za-z]\w*)\[\?/g)].at(-1)?.[1] ?? '';

/** What a command asks about: the last name in its id, address or options. */
function resourceOf(command: string): string {
  const rule = /\/loadBalancingRules\/([^/\s?']+)\/health\b/.exec(command)?.[1];
  if (rule !== undefined) return rule;
  const id = [...command.matchAll(/\/subscriptions\/[^\s'?]+/g)].at(-1)?.[0];
  const named = /(?:--name=|-n )'?([^\s']+)/.exec(command)?.[1];
  return named ?? id?.split('/').at(-1) ?? command.split(' ').slice(1, 4).join(' ');
}

function seeCommand(command: string, parent: string, values: readonly Value[], style: TextStyle): string {
  const names = values.flatMap(({ name }) => (name === '' ? [] : [name]));
  const isNested = values.some(({ value }) => typeof value === 'object' && value !== null);
  const dot = parent === '' ? '' : '.';
  // A state selected by itself would show nothing new: all of them do.
  const [, states] = /^([\s\S]*statuses)\[\?code==[\s\S]*\] \| \[0\]$/.exec(parent) ?? [];
  if (states !== undefined && names.join() === 'code')
    return typedAgain(command, style, '--query', `${states}[].code`, '-o', 'tsv');
  if (names.length === 0) return typedAgain(command, style, '--query', parent, '-o', 'json');
  if (names.length === 1) {
    return typedAgain(command, style, '--query', `${parent}${dot}${names[0]}`, '-o', isNested ? 'json' : 'tsv');
  }
  const columns = names.map((name) => `${name}:${name}`).join(', ');
  return typedAgain(command, style, '--query', `${parent}${dot}{${columns}}`, '-o', isNested ? 'json' : 'table');
}

/** Health has no az command; in two steps it is in the JSON. */
const membersCommand = ({ loadBalancer }: Diagnosis, style: TextStyle): string =>
  typed(['azlb', 'members', '--ids', loadBalancer.id], style);
