import { lstat, mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Az, Call } from './call.ts';
import { type CaseFile, callText, fileText, isOneFile } from './case-file.ts';
import { AzError } from './errors.ts';
import { printed } from './json.ts';
import { question } from './question.ts';
import { reducedStderr } from './verbose.ts';

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

async function writeRecording(place: string, caseFile: CaseFile, calls: readonly Call[]): Promise<void> {
  await refuseFolder(place);
  if (isOneFile(place)) await writeOneFile(place, fileText(caseFile, calls));
  else await writeFolder(place, caseFile, calls);
}

async function writeOneFile(place: string, text: string): Promise<void> {
  const target = path.resolve(place);
  let draft: string | undefined;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    draft = await mkdtemp(path.join(path.dirname(target), `.${path.basename(target)}-`));
    await writeNew(path.join(draft, 'recording.json'), text);
    await refuseFolder(place);
    await rename(path.join(draft, 'recording.json'), target);
  } catch (error) {
    throw error instanceof AzError ? error : unwritten(place, error);
  } finally {
    if (draft !== undefined) await rm(draft, { recursive: true, force: true });
  }
}

async function writeFolder(folder: string, caseFile: CaseFile, calls: readonly Call[]): Promise<void> {
  const target = path.resolve(folder);
  let draft: string | undefined;
  try {
    await mkdir(path.dirname(target), { recursive: true });
    // Under a name nobody can guess and beside its place, so that the folder appears whole or not at all; mkdtemp makes it 0700.
    draft = await mkdtemp(path.join(path.dirname(target), `.${path.basename(target)}-`));
    await mkdir(path.join(draft, 'calls'), { mode: 0o700 });
    await writeNew(path.join(draft, 'case.json'), printed(caseFile));
    for (const [at, call] of calls.entries())
      await writeNew(path.join(draft, 'calls', fileName(call, at)), callText(call));
    // Windows renames onto no folder, not even an empty one; a link or a full folder put there meanwhile fails here.
    if (await entry(target)) await rmdir(target);
    await rename(draft, target);
  } catch (error) {
    if (draft !== undefined) await rm(draft, { recursive: true, force: true });
    throw unwritten(folder, error);
  }
}

function unwritten(place: string, error: unknown): AzError {
  return bad(place, `could not be written: ${error instanceof Error ? error.message : String(error)}`);
}

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx', mode: 0o600 });
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
