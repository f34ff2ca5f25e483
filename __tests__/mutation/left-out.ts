import type { Mutant } from './instrument.ts';

/** Mutants that no test could tell from the original, with the reason. `was` is enough to find them again. */
const equivalent: readonly {
  readonly file: string;
  readonly was: string;
  readonly became: string;
  readonly because: string;
}[] = [];

/** Why a mutant does not count; undefined when it does. */
export function leftOut(mutant: Mutant): 'text' | 'equivalent' | undefined {
  if (isText(mutant)) return 'text';
  const { file, was, became } = mutant;
  const known = equivalent.some((one) => one.file === file && one.was === was && one.became === became);
  return known ? 'equivalent' : undefined;
}

/** What people read about a rule, above a step, and of a fault of our own: words, which no test should fix. */
function isText({ mutator, was, before, file }: Mutant): boolean {
  if (mutator !== 'StringLiteral') return false;
  if (/\b(title|why|docs):\s*$|new Error\(\s*$/.test(before)) return true;
  const inFix = /\n {2}fix: (?![\s\S]*\n {2}\w)/.test(before) || file === 'lib/diagnosis/owners-fix.ts';
  return inFix && /^['"`][A-Z][\s\S]* [\s\S]* /.test(was);
}

/** Entries of the list that fit no mutant any more. */
export function outdated(mutants: readonly Mutant[]): readonly string[] {
  return equivalent
    .filter(
      ({ file, was, became }) => !mutants.some((one) => one.file === file && one.was === was && one.became === became),
    )
    .map(({ file, was }) => `${file}: ${was}`);
}
