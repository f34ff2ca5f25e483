import path from 'node:path';
import type { Imports } from './bundle.ts';

/** The tests that can see a file, the closest first: a test's name begins with one of a stage's prefixes. */
export type Stages = readonly (readonly string[])[];

const rulesTest = '__tests__/rules/rules.test.ts > ';
const tables = ['__tests__/diagnosis/diagnosis.test.ts > '];

/** Which tests judge a file, before coverage thins them out. */
export function stagesOf(file: string, imports: Imports, rules: readonly string[]): Stages {
  const own = (files: readonly string[]) => files.map((rule) => `${rulesTest}${path.basename(rule, '.ts')} > `);
  if (rules.includes(file)) return [own([file]), tables];
  const users = rules.filter((rule) => reaches(rule, file, imports));
  if (file.startsWith('lib/rules/')) return [own(users), tables];
  if (file.startsWith('lib/network/')) return [['__tests__/network/'], own(users), tables];
  return [['__tests__/cli/', ...tables], ['__tests__/diagnosis/', '__tests__/view/'], own(rules)];
}

/** Is it imported by this file, directly or by others? */
function reaches(from: string, to: string, imports: Imports, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (imports.get(from) ?? []).some((next) => reaches(next, to, imports, seen));
}
