import { readdirSync, readFileSync } from 'node:fs';

/** Processes that were started with this in their environment, whatever group or parent they have by now. */
export function processesWith(variable: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).split('\0').includes(variable))
    .map(Number);
}

/** Nothing for one that is gone meanwhile, or dead and not yet waited for. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
