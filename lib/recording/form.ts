import type { CallFile, CaseFile, RecordedCalls } from '../../schemas/recording.generated.ts';
import { callFile, caseFile, type Misfit, recordedCalls } from '../../schemas/recording-validators.generated.js';
import { property } from '../az/json.ts';
import { kindOfValue } from '../words/kind-of-value.ts';

/** The value, once it has the form of `case.json`; else what is wrong with it, as a sentence about the file goes on. */
export const asCase = (value: unknown): CaseFile | string => (isCase(value) ? value : misfit(caseFile.errors));

/** The same of a file of `calls/`. */
export const asCall = (value: unknown): CallFile | string => (isCall(value) ? value : misfit(callFile.errors));

/** The same of a recording in one file, as far as its calls go. */
export const asCalls = (value: unknown): RecordedCalls | string =>
  isCalls(value) ? value : misfit(recordedCalls.errors);

// The types are generated from the schema that the validators were made of.
const isCase = (value: unknown): value is CaseFile => caseFile(value);
const isCall = (value: unknown): value is CallFile => callFile(value);
const isCalls = (value: unknown): value is RecordedCalls => recordedCalls(value);

/** One thing is enough to say; another version first, as all else may be of that. */
function misfit(errors: readonly Misfit[] | null | undefined): string {
  const own = (errors ?? []).filter(({ keyword }) => keyword !== 'if');
  const error = own.find(({ instancePath }) => instancePath === '/schemaVersion') ?? own[0];
  if (error === undefined) return 'is no recording';
  const { instancePath, keyword, params, data } = error;
  const field = fieldAt(instancePath);
  if (keyword !== 'required') {
    const came = field === '' ? `is ${kindOfValue(data)}` : `has ${field} ${kindOfValue(data)}`;
    return `${came}: expected ${described(error.parentSchema)}`;
  }
  const missing = String(params.missingProperty);
  const wanted = described(property(property(error.parentSchema, 'properties'), missing));
  return `has no ${field === '' ? missing : `${field}.${missing}`}: expected ${wanted}`;
}

/** `/calls/0/seconds` as `calls[0].seconds`; the names are the schema's. */
const fieldAt = (pointer: string): string =>
  pointer
    .slice(1)
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');

const described = (schema: unknown): string => String(property(schema, 'description') ?? 'something else');
