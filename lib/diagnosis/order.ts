import { type FindingKind, findingKinds, type Severity, severities } from '../rule.ts';

/** The worse first; what has none last. */
export function bySeverity(one: Severity | undefined, other: Severity | undefined): number {
  return rank(severities, one) - rank(severities, other);
}

/** What stops traffic before what would. */
export function byKind(one: FindingKind | undefined, other: FindingKind | undefined): number {
  return rank(findingKinds, one) - rank(findingKinds, other);
}

export function worstOf(found: readonly Severity[]): Severity {
  return severities.find((severity) => found.includes(severity)) ?? 'info';
}

export function isAtLeast(least: Severity, { severity }: { readonly severity: Severity }): boolean {
  return bySeverity(severity, least) <= 0;
}

/** Below medium: it makes no verdict worse, and can wait. */
export function isMinor(finding: { readonly severity: Severity }): boolean {
  return !isAtLeast('medium', finding);
}

function rank<T>(order: readonly T[], value: T | undefined): number {
  return value === undefined ? order.length : order.indexOf(value);
}
