import { lstatSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { CaseFile } from '../../schemas/recording.generated.ts';
import type { Az, Call } from '../az/call.ts';
import { atEnd } from '../az/endings.ts';
import { AzError } from '../az/errors.ts';
import { printed } from '../az/json.ts';
import { reducedStderr } from '../az/verbose.ts';
import { callText, fileText, isOneFile } from './case-file.ts';
import { question } from './question.ts';
import { renameFresh } from './rename.ts';

export interface Recording extends Az {
  /** Writes all calls answered so far. `change` sees each before it is written: to mask it. */
  save(caseFile: CaseFile, change?: (call: Call) => Call): Promise<void>;
}

/** An az that keeps what it was asked and answered, to be saved as a folder, or as one file where it ends in `.json`. Check the place before: `refuseFolder`. */
export function recording(az: Az, folder: string): Recording {
  const calls: (Call | undefined)[] = [];
  return {
    async run(argv, options) {
      // The place is taken at the start, so that the order is the asking's and not the answering's.
      const place = calls.push(undefined) - 1;
      const call = await az.run(argv, options);
      calls[place] =
        argv.includes('--verbose') || options?.readStderr ? { ...call, stderr: reducedStderr(call.stderr) } : call;
      return call;
    },
    async save(caseFile, change = (call) => call) {
      const answered = calls.filter((call) => call !== undefined).map(change);
      await writeRecording(folder, caseFile, answered);
    },
  };
}

/** Rejects with an AzError when a recording may not be written there: something is in it, or it is a link or a file. */
export async function refuseFolder(folder: string): Promise<void> {
  const there = await entry(path.resolve(folder));
  if (there === undefined) return;
  if (isOneFile(folder)) throw bad(folder, 'is there already. Name a new file.');
  if (there.isSymbolicLink()) throw bad(folder, 'is a link. Name a new folder.');
  if (!there.isDirectory()) throw bad(folder, 'is a file. Name a new folder.');
  if ((await readdir(folder)).length > 0) throw bad(folder, 'is not empty. Name a new folder.');
}

/** Nothing is waited for in writing: a signal that comes meanwhile is heard when the recording is there, whole. */
async function writeRecording(place: string, caseFile: CaseFile, calls: readonly Call[]): Promise<void> {
  await refuseFolder(place);
  const target = path.resolve(place);
  let draft: string | undefined;
  const forget = atEnd({ atOnce: () => remove(draft) });
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    // Under a name nobody can guess and beside its place, so that it appears whole or not at all; mkdtemp makes it 0700.
    draft = mkdtempSync(path.join(path.dirname(target), `.${path.basename(target)}-`));
    if (isOneFile(place)) writeOneFile(draft, target, fileText(caseFile, calls));
    else writeFolder(draft, target, caseFile, calls);
  } catch (error) {
    throw unwritten(place, error);
  } finally {
    remove(draft);
    forget();
  }
}

function writeOneFile(draft: string, target: string, text: string): void {
  const file = path.join(draft, 'recording.json');
  writeNew(file, text);
  renameFresh(file, target, () => {
    if (isThere(target)) throw new Error('it is there already');
  });
}

function writeFolder(draft: string, target: string, caseFile: CaseFile, calls: readonly Call[]): void {
  mkdirSync(path.join(draft, 'calls'), { mode: 0o700 });
  writeNew(path.join(draft, 'case.json'), printed(caseFile));
  for (const [at, call] of calls.entries()) writeNew(path.join(draft, 'calls', fileName(call, at)), callText(call));
  // Windows renames onto no folder, not even an empty one; a link or a full folder put there meanwhile fails here.
  renameFresh(draft, target, () => {
    if (isThere(target)) rmdirSync(target);
  });
}

/** Gone already where it was renamed. */
function remove(draft: string | undefined): void {
  if (draft !== undefined) rmSync(draft, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

function isThere(target: string): boolean {
  return lstatSync(target, { throwIfNoEntry: false }) !== undefined;
}

function unwritten(place: string, error: unknown): AzError {
  return bad(place, `could not be written: ${error instanceof Error ? error.message : String(error)}`);
}

function writeNew(file: string, text: string): void {
  writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
}

function fileName(call: Call, at: number): string {
  const { verb, ids } = question(call.argv, call.input);
  const names = ids.map((id) => id.replace(/\?.*/, '').split('/').filter(Boolean).at(-1) ?? '');
  const name = names.length > 1 ? `${names.length}-of-them` : names[0];
  const slug = `${verb} ${name ?? ''}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return `${String(at + 1).padStart(2, '0')}-${slug}.json`;
}

async function entry(file: string) {
  try {
    return await lstat(file);
  } catch {
    return undefined;
  }
}

function bad(folder: string, what: string): AzError {
  return new AzError('bad-recording', `The recording ${folder} ${what}`);
}
