import type { Condition } from '../../lib/wait/condition.ts';
import { UsageError } from './usage-error.ts';

export interface ConditionOptions {
  readonly healthy?: string | undefined;
  readonly members?: string | undefined;
  readonly verdict?: string | undefined;
}

/** What to wait for: exactly one thing. */
export function conditionOf({ healthy, members, verdict }: ConditionOptions): Condition {
  const given = [healthy, members, verdict].filter((value) => value !== undefined);
  if (given.length !== 1) {
    const problem = given.length === 0 ? 'Wait for what?' : 'One thing to wait for at a time:';
    throw new UsageError(`${problem} --healthy N|all, --members N|all, or --verdict ok.`);
  }
  if (verdict !== undefined) return { kind: 'verdict', wanted: 'ok' };
  if (healthy !== undefined) return { kind: 'healthy', wanted: countOf('--healthy', healthy) };
  return { kind: 'members', wanted: countOf('--members', members ?? '') };
}

function countOf(option: string, text: string): number | 'all' {
  if (text === 'all') return 'all';
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`${option} needs a whole number above 0, or all.`);
  const number = Number(text);
  if (number === 0) throw new UsageError(`${option} 0 is always so: there is nothing to wait for.`);
  return number;
}
