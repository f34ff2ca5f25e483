import type { Machine } from '../topology/model.ts';

/** `stopped` is still billed, `deallocated` is not; both answer nothing. */
const off = ['deallocated', 'deallocating', 'stopped', 'stopping'];

export function isOff({ powerState }: Machine): boolean {
  return off.includes(powerState ?? '');
}
