import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import type { Shell } from '../shell/shell.ts';
import { printedStep } from '../steps/step.ts';

/** A diagnosis whose steps are quoted for a shell. */
export function inShell<T extends Diagnosis | Diagnoses>(value: T, shell: Shell | undefined): T {
  if (shell === undefined || shell === 'bash') return value;
  if (!('loadBalancers' in value)) return { ...value, findings: quoted(value.findings, shell) };
  const each = <L extends { readonly findings: readonly Finding[] }>(list: readonly L[]): readonly L[] =>
    list.map((one) => ({ ...one, findings: quoted(one.findings, shell) }));
  return { ...value, loadBalancers: each(value.loadBalancers), notAsked: each(value.notAsked) };
}

function quoted(findings: readonly Finding[], shell: Shell): readonly Finding[] {
  return findings.map((finding) => ({
    ...finding,
    fix: finding.fix && { ...finding.fix, steps: stepsInShell(finding.fix.steps, shell) },
  }));
}

export function stepsInShell<
  S extends { readonly title: string; readonly argv: readonly string[]; readonly command: string | null },
>(steps: readonly S[], shell: Shell | undefined): readonly S[] {
  if (shell === undefined) return steps;
  return steps.map((step) => ({ ...step, ...(step.command !== null && printedStep(step, shell)) }));
}
