import type { Misfit } from '../../schemas/expectation-validators.generated.js';
import { nearestOf } from '../nearest.ts';
import { quoted } from '../words/quoted.ts';
import { type Located, type Path, placed } from './document.ts';

/** What does not fit the schema, a line each: where, what is there, what was meant. */
export function misfits(file: string, document: Located, errors: readonly Misfit[]): readonly string[] {
  const told = plain(errors).map((error) => sentence(file, document, error));
  return [...new Set(told)].slice(0, 10);
}

/** Of a value that may be one of several kinds: what is wrong within the kind that it is, else that it is none of them. */
function plain(errors: readonly Misfit[]): readonly Misfit[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  return errors.filter((error) => {
    const choice = choices.find(({ instancePath }) => error.instancePath.startsWith(instancePath));
    if (choice === undefined) return true;
    const inside = errors.filter(
      (other) =>
        other !== choice &&
        other.instancePath.startsWith(choice.instancePath) &&
        !(other.keyword === 'type' && other.instancePath === choice.instancePath),
    );
    return inside.length > 0 ? inside.includes(error) : error === choice;
  });
}

function sentence(file: string, document: Located, error: Misfit): string {
  const path = pathOf(error.instancePath);
  const { keyword, params } = error;
  if (keyword === 'additionalProperties') {
    const key = String(params.additionalProperty);
    const known = Object.keys(propertiesOf(error.parentSchema));
    const meant = nearestOf(key, known);
    const hint = meant === undefined ? `Here may stand: ${known.join(', ')}.` : `Did you mean ${meant}?`;
    return placed(file, document.atKey([...path, key]), `unknown key ${quoted(key)}. ${hint}`);
  }
  const name = nameOf(path);
  if (keyword === 'required') {
    return placed(file, document.at(path), `${name} needs ${String(params.missingProperty)}.`);
  }
  const expected = descriptionOf(error);
  const came = said(error.data);
  return placed(file, document.at(path), `${name}: expected ${expected}; this is ${came}.`);
}

function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `members of web-pool`: the key, and the thing around it that has a name. */
function nameOf(path: Path): string {
  const [last, before] = [path.at(-1), path.at(-2)];
  if (last === undefined) return 'The file';
  if (/^\d+$/.test(String(last))) return `${String(before)}, entry ${Number(last) + 1}`;
  const isNamed = before !== undefined && before !== 'pools' && before !== 'balancingRules';
  return isNamed && !/^\d+$/.test(String(before)) ? `${last} of ${before}` : String(last);
}

const propertiesOf = (schema: unknown): object =>
  typeof schema === 'object' && schema !== null && 'properties' in schema && typeof schema.properties === 'object'
    ? (schema.properties ?? {})
    : {};

function descriptionOf({ parentSchema, keyword, message = keyword }: Misfit): string {
  const hasOne = typeof parentSchema === 'object' && parentSchema !== null && 'description' in parentSchema;
  if (!hasOne) return message.replace(/^must (be|have|NOT have) /, (_, verb) => (verb === 'NOT have' ? 'not ' : ''));
  if (['maxLength', 'minLength', 'uniqueItems', 'minItems', 'minimum', 'maximum', 'maxItems'].includes(keyword)) {
    return `${String(parentSchema.description)}, which ${message}`;
  }
  return String(parentSchema.description);
}

function said(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping (key: value)';
  return typeof value === 'string' ? `the text ${quoted(value, 60)}` : String(value);
}
