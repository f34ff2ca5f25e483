import { format } from 'node:util';

export { expect } from 'expect';

/** A test of the suite, with the describe blocks around it in its name. */
export interface Registered {
  readonly name: string;
  readonly run: () => unknown;
}

/** Every test, in the order in which the files declare them. */
export const tests: Registered[] = [];

const around: string[] = [];
const names = new Set<string>();

/** Said at the head of each test file: whose tests follow. */
export function from(file: string): void {
  around.splice(0, around.length, file);
}

type Body = (...row: readonly unknown[]) => unknown;

function register(title: string, run: () => unknown): void {
  const base = [...around, title].join(' > ');
  let name = base;
  for (let copy = 2; names.has(name); copy += 1) name = `${base} (${copy})`;
  names.add(name);
  tests.push({ name, run });
}

function within(title: string, body: () => unknown): void {
  around.push(title);
  body();
  around.pop();
}

/** A title with the row's values in it: `%s` by position, `$key` by name. */
function titled(title: string, row: readonly unknown[]): string {
  const [first] = row;
  const fields = new Map(Object.entries(typeof first === 'object' && first !== null ? first : {}));
  const named = title.replaceAll(/\$(\w+)/g, (word, key) => (fields.has(key) ? String(fields.get(key)) : word));
  const places = named.match(/%[a-z]/g)?.length ?? 0;
  return format(named, ...row.slice(0, places));
}

function each(declare: (title: string, run: () => unknown) => void) {
  return (table: readonly unknown[]) => (title: string, body: Body) => {
    for (const entry of table) {
      const row: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
      declare(titled(title, row), () => body(...row));
    }
  };
}

export const test = Object.assign(register, { each: each(register) });
export const describe = Object.assign(within, { each: each(within) });

/** Temporary folders go with the one they are all in. */
export function afterAll(): void {}
