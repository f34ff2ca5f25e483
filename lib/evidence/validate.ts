import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

export type Schema = Readonly<Record<string, unknown>>;

const compiled = new WeakMap<Schema, ValidateFunction>();

/** Unknown keywords in a schema are our own mistake: strict. Enums are left open in the schemas, Azure adds values. */
const ajv = new Ajv({ strict: true, allowUnionTypes: true, verbose: true });

function validator(schema: Schema): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const made = ajv.compile(schema);
  compiled.set(schema, made);
  return made;
}

/** True, and a type by it, where the value fits the schema. The type is generated from the same file. */
export function fits<T>(schema: Schema, value: unknown): value is T {
  return validator(schema)(value);
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const sentence = ({ instancePath, message, data, keyword, params }: ErrorObject): string => {
  const where = `$${instancePath.replaceAll('/', '.')}`;
  if (keyword === 'required') return `at ${where} expected "${String(params['missingProperty'])}", it is absent`;
  return `at ${where} expected what ${message ?? keyword}, came ${kindOf(data)}`;
};

/** Where and how a value doesn't fit: path, what was expected, what came. */
export function misfit(schema: Schema, value: unknown): string {
  const check = validator(schema);
  if (check(value)) return '';
  return (check.errors ?? []).map(sentence).join('; ');
}
