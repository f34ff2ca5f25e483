import type { Call } from '../az/call.ts';
import { isTooDeep, parsed, printed, property } from '../az/json.ts';

/** What a recording is about: the load balancer it was made for. */
export interface RecordedTarget {
  readonly id: string;
  readonly name: string;
  readonly resourceGroup: string;
  readonly subscriptionId: string;
}

/** What a recording of several load balancers is about; null is the active subscription, every group, no limit. */
export interface RecordedScope {
  readonly subscription: string | null;
  readonly resourceGroup: string | null;
  readonly ids: readonly string[];
  /** How many of them were asked about in full. */
  readonly limit: number | null;
}

/** `case.json` of a recording. */
export interface CaseFile {
  readonly schemaVersion: 1;
  readonly title: string;
  /** Nothing when the recording is of a whole group or subscription. */
  readonly target?: RecordedTarget;
  /** For such a recording. */
  readonly scope?: RecordedScope;
  readonly az: string;
  /** The version of azlb that asked; its absence means 0.1.0, which did not say. */
  readonly azlb?: string;
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
}

/** `calls/NN-….json`: a JSON answer is kept as JSON, so that two recordings compare line by line. */
export function callText(call: Call): string {
  return printed(recordedForm(call));
}

/** Whether a recording of this name is one file and no folder. */
export const isOneFile = (place: string): boolean => place.toLowerCase().endsWith('.json');

/** A recording in one file: the case with its calls. */
export function fileText(caseFile: CaseFile, calls: readonly Call[]): string {
  return printed({ ...caseFile, calls: calls.map(recordedForm) });
}

function recordedForm(call: Call): object {
  const { argv, input, exitCode, stderr, seconds, timedOut, timeUp } = call;
  const json = parsed(call.stdout);
  return {
    argv,
    ...(input === undefined ? {} : { input }),
    exitCode,
    ...(timedOut ? { timedOut } : {}),
    ...(timeUp === undefined ? {} : { timeUp }),
    seconds,
    stderr,
    stdoutIs: json ? 'json' : 'text',
    stdout: json ? json.value : call.stdout,
  };
}

/** The call in a file of `calls/`, or what is wrong with it. */
export function callIn(text: string): Call | string {
  const file = parsed(text);
  return file ? callFrom(file.value) : noJson(text);
}

/** The calls of a recording in one file, or what is wrong with it. */
export function callsIn(text: string): readonly Call[] | string {
  if (isTooDeep(text)) return noJson(text);
  const calls = property(parsed(text)?.value, 'calls');
  if (!Array.isArray(calls)) return 'has no calls';
  const read = calls.map((call: unknown) => callFrom(call));
  const at = read.findIndex((call) => typeof call === 'string');
  if (at !== -1) return `has a call, number ${at + 1}, that ${String(read[at])}`;
  return read.filter((call) => typeof call !== 'string');
}

function callFrom(recorded: unknown): Call | string {
  const value = (name: string) => property(recorded, name);
  const [argv, input, exitCode, seconds, stderr, stdout] = [
    'argv',
    'input',
    'exitCode',
    'seconds',
    'stderr',
    'stdout',
  ].map(value);
  if (!isTexts(argv)) return 'has no argv';
  if (!isNumber(exitCode, -0x8000_0000, 0xffff_ffff) || !Number.isInteger(exitCode) || !isNumber(seconds, 0, aYear))
    return 'has no exitCode or seconds';
  if (typeof stderr !== 'string') return 'has no stderr';
  if (input !== undefined && typeof input !== 'string') return 'has an input that is no text';
  const stdoutIs = value('stdoutIs');
  if (stdout === undefined || (stdoutIs !== 'json' && stdoutIs !== 'text')) return 'has no stdout or stdoutIs';
  if (stdoutIs === 'text' && typeof stdout !== 'string') return 'has a stdout that is no text';
  return {
    argv,
    ...(input === undefined ? {} : { input }),
    exitCode,
    stdout: stdoutIs === 'text' && typeof stdout === 'string' ? stdout : printed(stdout),
    stderr,
    seconds,
    ...(value('timedOut') === true ? { timedOut: true, ...timeUpIn(value('timeUp')) } : {}),
  };
}

function timeUpIn(value: unknown): { readonly timeUp?: number } {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? { timeUp: value } : {};
}

/** The case in `case.json`, or what is wrong with it. */
export function caseIn(text: string): CaseFile | string {
  const file = parsed(text);
  if (!file) return noJson(text);
  const names = ['schemaVersion', 'title', 'az', 'recordedAt', 'target', 'scope', 'azlb'];
  const [schemaVersion, title, az, recordedAt, target, scope, azlb] = names.map((name) => property(file.value, name));
  if (schemaVersion !== 1) return `has schemaVersion ${JSON.stringify(schemaVersion) ?? 'missing'}, this azlb reads 1`;
  if (typeof title !== 'string' || typeof az !== 'string' || typeof recordedAt !== 'string')
    return 'has no title, az or recordedAt';
  if (!/^\d{4}-\d\d-\d\dT[\d:.]{5,}Z$/.test(recordedAt) || Number.isNaN(Date.parse(recordedAt)))
    return 'has a recordedAt that is no time in UTC (ISO 8601)';
  if (scope !== undefined && !isScope(scope)) return 'has a scope without subscription, resourceGroup, ids or limit';
  if (azlb !== undefined && typeof azlb !== 'string') return 'has an azlb that is no version';
  const made = { schemaVersion, title, az, ...(azlb !== undefined && { azlb }), recordedAt } as const;
  if (target === undefined) return { ...made, ...(scope && { scope }) };
  if (!isTarget(target)) return 'has a target without id, name, resourceGroup or subscriptionId';
  return { ...made, target };
}

const aYear = 366 * 24 * 60 * 60;

function isNumber(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

const noJson = (text: string): string =>
  isTooDeep(text) ? 'is nested deeper than any answer of Azure' : 'is not JSON';

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isTarget(value: unknown): value is RecordedTarget {
  return ['id', 'name', 'resourceGroup', 'subscriptionId'].every((name) => typeof property(value, name) === 'string');
}

function isScope(value: unknown): value is RecordedScope {
  const limit = property(value, 'limit');
  return (
    ['subscription', 'resourceGroup'].every((name) => isTextOrNull(property(value, name))) &&
    isTexts(property(value, 'ids')) &&
    (limit === null || (isNumber(limit, 0, 999_999) && Number.isInteger(limit)))
  );
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
