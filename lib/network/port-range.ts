/** All ports from `low` to `high`, both included. */
export interface PortRange {
  readonly low: number;
  readonly high: number;
}

const everyPort: PortRange = { low: 0, high: 65535 };

/** "80", "80-90" or "*"; null for what is no port range. */
export function parsePortRange(text: string): PortRange | null {
  if (text.trim() === '*') return everyPort;
  const match = /^\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*$/.exec(text);
  if (match === null) return null;
  const low = Number(match[1]);
  const high = Number(match[2] ?? match[1]);
  return low <= high && high <= 65535 ? { low, high } : null;
}

export function portRangeContains(range: PortRange, port: number): boolean {
  return range.low <= port && port <= range.high;
}

/** How much of the wanted range the others hold together. */
export function portCoverage(ranges: readonly PortRange[], wanted: PortRange): 'all' | 'some' | 'none' {
  const sorted = [...ranges].sort((a, b) => a.low - b.low);
  let next = wanted.low;
  let touched = false;
  for (const range of sorted) {
    if (range.high < wanted.low || range.low > wanted.high) continue;
    touched = true;
    if (range.low > next) return 'some';
    next = Math.max(next, range.high + 1);
  }
  if (!touched) return 'none';
  return next > wanted.high ? 'all' : 'some';
}
