import type { Misfit } from '../../schemas/az/validators.generated.js';
import * as validators from '../../schemas/az/validators.generated.js';
import { kindOfValue } from '../words/kind-of-value.ts';

/** A schema of schemas/az/, known by its title: its validator was generated from it. Enums are left open, Azure adds values. */
export interface Schema {
  readonly title: string;
}

function validator({ title }: Schema): (typeof validators)[keyof typeof validators] {
  const found = Object.entries(validators).find(([name]) => name === title)?.[1];
  if (!found) throw new Error(`There is no validator for ${title}: npm run generate`);
  return found;
}

const known = new WeakMap<Schema, ReturnType<typeof validator>>();

function validatorOf(schema: Schema): ReturnType<typeof validator> {
  const found = known.get(schema) ?? validator(schema);
  known.set(schema, found);
  return found;
}

/** True, and a type by it, where the value fits the schema. The type is generated from the same file. */
export function fits<T>(schema: Schema, value: unknown): value is T {
  return validatorOf(schema)(value);
}

/** Where and how a value doesn't fit: path, what was expected, what came. */
export function misfit(schema: Schema, value: unknown): string {
  const check = validatorOf(schema);
  return check(value) ? '' : (check.errors ?? []).map((error) => sentence(error, value)).join('; ');
}

/** The formats of .ci/generate-validators.ts. */
const kindsOfId: ReadonlyMap<string, string> = new Map([
  ['resource-id', 'a resource id'],
  ['ip-configuration-id', "the id of an interface's IP configuration"],
  ['subnet-id', 'the id of a subnet'],
]);

function sentence({ instancePath, message, keyword, params }: Misfit, value: unknown): string {
  const where = `$${instancePath.replaceAll('/', '.')}`;
  if (keyword === 'required') return `at ${where} expected "${String(params.missingProperty)}", it is absent`;
  const wanted = keyword === 'format' ? kindsOfId.get(String(params.format)) : undefined;
  if (wanted !== undefined) return `at ${where} expected ${wanted}, came ${kindOfValue(valueAt(value, instancePath))}`;
  return `at ${where} expected what ${message ?? keyword}, came ${kindOfValue(valueAt(value, instancePath))}`;
}

/** What stands at a JSON Pointer (RFC 6901). */
function valueAt(value: unknown, pointer: string): unknown {
  let at = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === key)?.[1] : undefined;
  }
  return at;
}
