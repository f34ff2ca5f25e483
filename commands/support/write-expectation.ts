import { lstat, open, rm } from 'node:fs/promises';
import { expectationFor } from '../../lib/expect/write.ts';
import { clean } from '../../lib/report/clean.ts';
import type { Topology } from '../../lib/topology/model.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { note, OutputError } from './output.ts';
import { UsageError } from './usage-error.ts';

/** Refuses to write over a file, which its owner may have edited, before az is asked for nothing. */
export async function refuseExisting(file: string): Promise<void> {
  if ((await lstat(file).catch(() => undefined)) === undefined) return;
  throw new UsageError(`--expect ${quoted(file)} is there already, and may have been edited: name a new file.`);
}

/** Writes an expectation file, for editing, that the load balancer as it is now agrees with. */
export async function writeExpectation(file: string, topology: Topology): Promise<void> {
  const text = expectationFor(topology);
  // What is in it are names and addresses: its owner's alone, like a recording.
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => unwritten(file, error));
  try {
    await handle.writeFile(text);
  } catch (error) {
    await rm(file, { force: true });
    unwritten(file, error);
  } finally {
    await handle.close();
  }
  note(`azlb: ${clean(file)} says what is there now. Edit it, then compare: azlb triage --expect ${clean(file)}`);
}

function unwritten(file: string, error: unknown): never {
  throw new OutputError(`${file} could not be written: ${String(error).replace(/^Error: /, '')}.`);
}
