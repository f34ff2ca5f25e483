import type { Step } from '../steps/step.ts';

/** Fixes that can be done one after the other as they are, and those that would change again what an earlier one changed. */
export interface Sorted<T> {
  readonly kept: readonly T[];
  readonly putOff: readonly T[];
}

/** The more important keeps its word: what comes later and sets the same thing otherwise is put off. */
export function withoutContradictions<T>(fixes: readonly T[], stepsOf: (fix: T) => readonly Step[]): Sorted<T> {
  const kept: T[] = [];
  const putOff: T[] = [];
  const settings = new Map<string, string>();
  for (const fix of fixes) {
    const own = stepsOf(fix).flatMap((step) => (step.kind === 'change' ? settingsOf(step.argv) : []));
    const isContradicted = own.some(([what, value]) => (settings.get(what) ?? value) !== value);
    (isContradicted ? putOff : kept).push(fix);
    if (!isContradicted) for (const [what, value] of own) settings.set(what, value);
  }
  return { kept, putOff };
}

/** Options that say which thing is written; each of the others sets something of it. */
const identifying =
  /^--(resource-group|subscription|name|lb-name|nsg-name|nic-name|vnet-name|pool-name|ip-config-name|ids|instance-ids)(=|$)/;

/** What a command sets, by the thing and the field, with the value. */
function settingsOf(argv: readonly string[]): readonly (readonly [string, string])[] {
  const thing = argv.filter((word) => !word.startsWith('--') || identifying.test(word)).join(' ');
  const fields = argv.filter((word) => /^--[^=]+=/.test(word) && !identifying.test(word));
  const sets = argv.flatMap((word, at) => (argv[at - 1] === '--set' ? [`--set ${word}`] : []));
  return [...fields, ...sets].map((field) => {
    const at = field.indexOf('=');
    return [`${thing} ${field.slice(0, at)}`, field.slice(at + 1)] as const;
  });
}
