import type { Random } from '../lab/random.ts';
import { isObject, type Json } from '../world/json.ts';

/** An answer as no Azure gives it, and what was done to it. */
export interface Mutated {
  readonly text: string;
  readonly told: string;
  /** The text itself is no answer, and so nothing in it may be believed. */
  readonly isWhole: boolean;
}

const group = '/subscriptions/3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21/resourceGroups/other-rg/providers';
const texts = [
  '',
  ' ',
  '/',
  '--debug',
  '@/etc/passwd',
  '::error::x',
  '##vso[task.setvariable variable=PATH]x',
  "'; rm -rf ~; '",
  '$(id)',
  '\u001b[2J',
  '\u202e',
  '__proto__',
  'constructor',
  `${group}/Microsoft.Network/loadBalancers/other`,
  `${group}/Microsoft.Network`,
  '#'.repeat(20_000),
  '/'.repeat(20_000),
  'a'.repeat(20_000),
  "'a".repeat(10_000),
  '999.999.999.999',
  '10.0.0.0/999',
  '::/0',
  '0-99999',
  'NaN',
] as const;

const deep = (depth: number): string => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;
const deepMark = 'a place that is nested too deep';

const values = (random: Random): Json =>
  random.pick<() => Json>([
    () => random.pick(texts),
    () => random.pick(texts),
    () => random.pick([0, -1, 1e300, -1e300, 0.5, 65_536, 4_294_967_296]),
    () => random.pick<Json>([true, false, null]),
    () => random.pick<Json>([[], {}, [null], [[]], [{}], { id: '' }, ['a', 1, {}], { properties: null }]),
    () => ({ __proto__: null, constructor: 'x', id: random.pick(texts) }) as unknown as Json,
    () => deepMark,
  ])();

type Path = readonly (string | number)[];

/** Every place in a value, without going into recursion. */
function places(value: Json): readonly Path[] {
  const found: Path[] = [[]];
  for (let at = 0; at < found.length && found.length < 20_000; at += 1) {
    const path = found[at] ?? [];
    const here = inside(value, path);
    const steps = Array.isArray(here) ? here.keys() : isObject(here) ? Object.keys(here) : [];
    for (const step of steps) found.push([...path, step]);
  }
  return found;
}

function inside(value: Json, path: Path): Json | undefined {
  let here: Json | undefined = value;
  for (const step of path) {
    if (Array.isArray(here)) here = here[Number(step)];
    else if (isObject(here)) here = here[step];
    else return undefined;
  }
  return here;
}

/** The value with another at a place. */
function replaced(value: Json, [step, ...rest]: Path, made: Json): Json {
  if (step === undefined) return made;
  if (Array.isArray(value)) return value.map((item, at) => (at === step ? replaced(item, rest, made) : item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === step ? replaced(inner ?? null, rest, made) : (inner ?? null),
    ]),
  );
}

/** One to three things wrong in an answer: other values in places, or a text that is spoiled as a whole. */
export function mutate(stdout: string, random: Random): Mutated {
  if (random.chance(0.08)) return spoiledText(stdout, random);
  const told: string[] = [];
  let value: Json = JSON.parse(stdout);
  const count = random.pick([1, 1, 1, 2, 3]);
  for (let at = 0; at < count; at += 1) {
    const path = random.pick(places(value));
    const there = inside(value, path);
    const made = random.chance(0.2) ? likeness(there ?? null, random) : values(random);
    told.push(`$.${path.join('.')} is ${JSON.stringify(made).slice(0, 60)}`);
    value = replaced(value, path, made);
  }
  return {
    text: JSON.stringify(value).replaceAll(JSON.stringify(deepMark), deep(200)),
    told: told.join(', '),
    isWhole: false,
  };
}

/** What stands there, twice, in a list, in capitals, or as text. */
function likeness(value: Json, random: Random): Json {
  return random.pick<() => Json>([
    () => (Array.isArray(value) ? [...value, ...value] : [value]),
    () => (typeof value === 'string' ? value.toUpperCase() : JSON.stringify(value)),
    () => ({ value }),
    () => (Array.isArray(value) ? Object.fromEntries(value.map((item, at) => [`k${at}`, item])) : [value, value]),
  ])();
}

function spoiledText(stdout: string, random: Random): Mutated {
  const made = random.pick<() => readonly [string, string]>([
    () => ['cut', stdout.slice(0, random.int(0, stdout.length))],
    () => ['deep', deep(50_000)],
    () => ['brackets', '['.repeat(200_000)],
    () => ['behind a warning', `WARNING: x\n${stdout}`],
    () => ['twice', stdout + stdout],
    () => ['a page', `<html>${stdout}</html>`],
    () => ['with a byte order mark', `\ufeff${stdout}`],
    () => ['a word', random.pick(['null', 'true', '1', '""', '[]', '{}', '[{}]', '[null]', 'undefined', 'NaN'])],
  ])();
  return { told: made[0], text: made[1], isWhole: true };
}
