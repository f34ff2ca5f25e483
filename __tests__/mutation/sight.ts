import path from 'node:path';
import type { Imports } from './bundle.ts';

/** Tests that can see a file: their names begin with one of these. */
export interface Stage {
  readonly prefixes: readonly string[];
  /** Only the quickest that fires of each rule: of what all rules run through, one tells nearly as much as all. */
  readonly sample?: true;
}

const rulesTest = '__tests__/rules/rules.test.ts > ';
const tables = '__tests__/diagnosis/diagnosis.test.ts > ';

/** Which tests judge a file, before coverage thins them out, the closest first. */
export function stagesOf(file: string, imports: Imports, rules: readonly string[]): readonly Stage[] {
  const own = (files: readonly string[]) => files.map((rule) => `${rulesTest}${path.basename(rule, '.ts')} > `);
  if (rules.includes(file)) return [{ prefixes: own([file]) }, { prefixes: [tables] }];
  const users = rules.filter((rule) => reaches(rule, file, imports));
  if (file.startsWith('lib/rules/')) return [{ prefixes: own(users) }, { prefixes: [tables] }];
  const worlds: Stage = { prefixes: [rulesTest], sample: true };
  const field: Stage = { prefixes: ['__tests__/field/'] };
  if (file.startsWith('lib/network/'))
    return [{ prefixes: ['__tests__/network/'] }, worlds, { prefixes: [tables] }, field];
  return [
    { prefixes: ['__tests__/cli/', tables, '__tests__/view/'] },
    worlds,
    { prefixes: ['__tests__/diagnosis/evidence.test.ts > '], sample: true },
    { prefixes: ['__tests__/diagnosis/'] },
    { prefixes: ['__tests__/truth/'] },
    field,
  ];
}

/** One test of each rule, of those whose names come in this order. */
export function sampled(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const [file, rule] = name.split(' > ');
    const key = `${file} > ${rule}`;
    if (seen.has(key) || name.includes(' > is silent when ')) return false;
    seen.add(key);
    return true;
  });
}

/** Is it imported by this file, directly or by others? */
function reaches(from: string, to: string, imports: Imports, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (imports.get(from) ?? []).some((next) => reaches(next, to, imports, seen));
}
