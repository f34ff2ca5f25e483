import { renameSync } from 'node:fs';

export interface Renaming {
  readonly isWindows: boolean;
  readonly rename: (from: string, to: string) => void;
  /** Nothing else may run meanwhile. */
  readonly wait: (milliseconds: number) => void;
}

const here: Renaming = {
  isWindows: process.platform === 'win32',
  rename: renameSync,
  wait: (milliseconds) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  },
};

const held = ['EPERM', 'EACCES', 'EBUSY'];
const waits = [20, 50, 100, 200, 400, 800];

/**
 * Renames what was just written. On Windows a scanner or an indexer holds new files open for a moment, and renaming fails.
 * `before` is run before each try: what it looks at may have changed.
 */
export function renameFresh(from: string, to: string, before: () => void, system: Renaming = here): void {
  const { isWindows, rename, wait } = system;
  for (let tries = 0; ; tries += 1) {
    try {
      before();
      rename(from, to);
      return;
    } catch (error) {
      const milliseconds = isWindows && held.includes(codeOf(error)) ? waits[tries] : undefined;
      if (milliseconds === undefined) throw error;
      wait(milliseconds);
    }
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
