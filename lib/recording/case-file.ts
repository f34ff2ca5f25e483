import type { CallFile, CaseFile, RecordingFile } from '../../schemas/recording.generated.ts';
import type { Call } from '../az/call.ts';
import { isTooDeep, parsed, printed } from '../az/json.ts';
import { asCall, asCalls, asCase } from './form.ts';

/** `calls/NN-….json`: a JSON answer is kept as JSON, so that two recordings compare line by line. */
export function callText(call: Call): string {
  return printed(recordedForm(call));
}

/** Whether a recording of this name is one file and no folder. */
export const isOneFile = (place: string): boolean => place.toLowerCase().endsWith('.json');

/** A recording in one file: the case with its calls. */
export function fileText(caseFile: CaseFile, calls: readonly Call[]): string {
  const file: RecordingFile = { ...caseFile, calls: calls.map(recordedForm) };
  return printed(file);
}

function recordedForm(call: Call): CallFile {
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
  if (!file) return noJson(text);
  const call = asCall(file.value);
  return typeof call === 'string' ? call : callOf(call);
}

/** The calls of a recording in one file, or what is wrong with it. */
export function callsIn(text: string): readonly Call[] | string {
  const file = parsed(text);
  if (!file) return noJson(text);
  const recorded = asCalls(file.value);
  return typeof recorded === 'string' ? recorded : recorded.calls.map(callOf);
}

/** The case in `case.json`, or what is wrong with it. */
export function caseIn(text: string): CaseFile | string {
  const file = parsed(text);
  return file ? asCase(file.value) : noJson(text);
}

function callOf({ argv, input, exitCode, seconds, stderr, stdoutIs, stdout, timedOut, timeUp }: CallFile): Call {
  return {
    argv,
    ...(input === undefined ? {} : { input }),
    exitCode,
    stdout: stdoutIs === 'text' && typeof stdout === 'string' ? stdout : printed(stdout),
    stderr,
    seconds,
    ...(timedOut === true ? { timedOut, ...(timeUp === undefined ? {} : { timeUp }) } : {}),
  };
}

const noJson = (text: string): string =>
  isTooDeep(text) ? 'is nested deeper than any answer of Azure' : 'is not JSON';
