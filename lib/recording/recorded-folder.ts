import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CaseFile } from '../../schemas/recording.generated.ts';
import type { Call } from '../az/call.ts';
import { AzError } from '../az/errors.ts';
import { fileTextOf } from '../words/file-text.ts';
import { callIn, callsIn, caseIn, isOneFile } from './case-file.ts';

export interface RecordedCall {
  readonly call: Call;
  /** As in `calls/03-network-nic-show-web1.json`. */
  readonly file: string;
}

const maxBytes = 64 * 1024 * 1024;

interface ReadRecording {
  readonly caseFile: CaseFile;
  readonly calls: readonly RecordedCall[];
}

/** Reads a recording, a folder or one file; rejects with an AzError `bad-recording` for what is none, or leads out of itself. */
export async function readRecording(place: string): Promise<ReadRecording> {
  const found = isOneFile(place) ? await lstat(path.resolve(place)).catch(() => undefined) : undefined;
  return found?.isFile() ? readFileRecording(place) : readFolder(place);
}

async function readFileRecording(place: string): Promise<ReadRecording> {
  const content = await text(place, path.resolve(place), '');
  const caseFile = caseIn(content);
  if (typeof caseFile === 'string') throw bad(place, `it ${caseFile}`);
  const calls = callsIn(content);
  if (typeof calls === 'string') throw bad(place, `it ${calls}`);
  return { caseFile, calls: calls.map((call, at) => ({ call, file: `calls[${at}]` })) };
}

async function readFolder(folder: string): Promise<ReadRecording> {
  // Without its trailing slash, a link is seen as one.
  const root = path.resolve(folder);
  await expect(folder, root, '', 'directory');
  const caseFile = caseIn(await text(folder, root, 'case.json'));
  if (typeof caseFile === 'string') throw bad(folder, `case.json ${caseFile}`);
  await expect(folder, root, 'calls', 'directory');
  const names = (await readdir(path.join(root, 'calls'))).filter(
    (name) => name.endsWith('.json') && !name.startsWith('.'),
  );
  const calls: RecordedCall[] = [];
  for (const name of names.sort(byNumber)) {
    const file = `calls/${name}`;
    const call = callIn(await text(folder, root, file));
    if (typeof call === 'string') throw bad(folder, `${file} ${call}`);
    calls.push({ call, file });
  }
  return { caseFile, calls };
}

// 100-… comes after 11-….
function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}

async function text(folder: string, root: string, file: string): Promise<string> {
  await expect(folder, root, file, 'file');
  const read = fileTextOf(await readFile(path.join(root, file)));
  if (read === undefined) throw bad(folder, `${file || 'it'} is not written in UTF-8`);
  return read;
}

async function expect(folder: string, root: string, name: string, kind: 'file' | 'directory'): Promise<void> {
  const called = name || 'it';
  const found = await lstat(path.join(root, name)).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown');
  if (typeof found === 'string')
    throw bad(folder, found === 'ENOENT' ? `${called} is not there` : `${called} cannot be read (${found})`);
  if (found.isSymbolicLink()) throw bad(folder, `${called} is a link`);
  if (kind === 'directory' && !found.isDirectory()) throw bad(folder, `${called} is no folder`);
  if (kind === 'file' && !found.isFile()) throw bad(folder, `${called} is no file`);
  if (kind === 'file' && found.size > maxBytes) throw bad(folder, `${called} is larger than 64 MB`);
}

function bad(folder: string, what: string): AzError {
  return new AzError('bad-recording', `${folder} is no recording: ${what}. Name what --record or azlb snapshot wrote.`);
}
