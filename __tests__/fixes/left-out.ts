import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';

/** Findings that stay although their fix was run as printed, or fixes that can't be run here, each with why that is right. */
const stays: readonly {
  readonly rule: string;
  readonly because: string;
  readonly when?: (finding: Finding, diagnosis: Diagnosis) => boolean;
}[] = [
  {
    rule: 'ghost-nic-missing',
    because: 'a write makes Azure look again; where the member stays only its support can help',
  },
  { rule: 'member-vm-unhealthy-platform', because: 'what a restart does inside a machine no world knows' },
  { rule: 'single-member-serving', because: 'no world makes an instance when a set grows' },
  {
    rule: 'membership-backref-mismatch',
    because: 'two answers contradict each other, and the world stores one of them',
  },
  {
    rule: 'admin-state-down',
    because: 'the world fixes the reason code',
    when: ({ data }) => data.adminState === undefined,
  },
  {
    rule: 'admin-state-up-masks-probe',
    because: 'the world fixes the reason code',
    when: ({ data }) => data.adminState === undefined,
  },
  {
    rule: 'admin-state-down',
    because: 'what is wrong with a drained machine shows once its probe decides again; a look asks for that first',
    when: (_, { verdict }) => verdict === 'at-risk',
  },
  { rule: 'rule-without-probe', because: 'what a first probe measures was so before, and nobody knew' },
];

export function staysBecause(finding: Finding, diagnosis: Diagnosis): string | undefined {
  return stays.find(({ rule, when }) => rule === finding.rule && (when?.(finding, diagnosis) ?? true))?.because;
}
