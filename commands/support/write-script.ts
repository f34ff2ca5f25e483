import { lstat, writeFile } from 'node:fs/promises';
import type { Plan } from '../../lib/plan/plan.ts';
import { clean } from '../../lib/report/clean.ts';
import { planScript } from '../../lib/report/plan-script.ts';
import { bashQuotedWord } from '../../lib/shell/bash.ts';
import type { Shell } from '../../lib/shell/shell.ts';
import { quoted } from '../../lib/words/quoted.ts';
import { note, OutputError } from './output.ts';
import { UsageError } from './usage-error.ts';

export interface ScriptOptions {
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
  readonly shell?: Shell | undefined;
}

/** Before az is asked for nothing: a script that is there may be under way, and its log says what it did. */
export async function checkScriptPlace({ out, force, shell }: ScriptOptions): Promise<void> {
  if (out === undefined) {
    if (force === true) throw new UsageError('--force is about the file of --out.');
    return;
  }
  if (shell !== undefined && shell !== 'bash') {
    throw new UsageError('--out writes a bash script: leave --shell out.');
  }
  if (await isThere(`${out}.log`)) {
    throw new UsageError(
      `--out: ${quoted(`${out}.log`)} says what a script of this name did: move it away, or name another file.`,
    );
  }
  if (force !== true && (await isThere(out))) {
    throw new UsageError(`--out: ${quoted(out)} is there already: name another file, or write over it with --force.`);
  }
}

/** Names and addresses are in it, as in a recording: it is its owner's alone, and runs. */
export async function writeScript(plan: Plan, { out, force }: ScriptOptions): Promise<void> {
  if (out === undefined || plan.steps.length === 0) return;
  try {
    await writeFile(out, planScript(plan), { mode: 0o700, flag: force === true ? 'w' : 'wx' });
  } catch (error) {
    throw new OutputError(`${out} could not be written: ${String(error).replace(/^Error: /, '')}.`);
  }
  note(`azlb: read ${clean(out)}, then run it: bash ${clean(bashQuotedWord(out))}`);
}

async function isThere(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined)) !== undefined;
}
