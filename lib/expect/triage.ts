import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis, OwnersWords } from '../../schemas/diagnosis.generated.ts';
import { idParts } from '../azure/ids.ts';
import type { Rule } from '../rule.ts';
import { rules as everyRule } from '../rules/index.generated.ts';
import type { Member } from '../topology/model.ts';
import type { TriageOptions } from '../triage/triage.ts';
import type { Expectation } from './expectation.ts';
import { isStandbyIn, meant, smallestOf } from './intent.ts';
import { expectationOf } from './match.ts';
import { expectationRules } from './rules.ts';

/** What triage needs to judge by a file: its rules beside the others, which learn what is meant to be so. */
export function expecting(
  expectations: readonly Expectation[],
  rules: readonly Rule[] = everyRule,
): Pick<TriageOptions, 'isStandby' | 'smallest'> & { readonly rules: readonly Rule[] } {
  if (expectations.length === 0) return { rules };
  const of = expectationOf(expectations);
  return {
    rules: [...rules, ...expectationRules(of)].map((rule) => meant(rule, of)),
    // A member says by its pool which load balancer it is of.
    isStandby: (member: Member) => {
      const { resourceGroup, names } = idParts(member.pool.id);
      const expectation = of({ name: names[0] ?? '', resourceGroup });
      return expectation !== undefined && isStandbyIn(expectation, member);
    },
    smallest: ({ id, name }) => {
      const { resourceGroup, names } = idParts(id);
      const expectation = of({ name: names[0] ?? '', resourceGroup });
      return expectation && smallestOf(expectation, name);
    },
  };
}

/** The diagnosis with its owner's lines, for whoever is on call. */
export function withOwnersWords<T extends Diagnosis | Diagnoses>(expectations: readonly Expectation[], said: T): T {
  const of = expectationOf(expectations);
  const words = <D extends Diagnosis>(one: D): D => {
    const expectation = of(one.loadBalancer);
    return { ...one, expectation: expectation ? ownersWords(expectation) : null };
  };
  if ('loadBalancers' in said) return { ...said, loadBalancers: said.loadBalancers.map(words) };
  return { ...said, ...words(said) };
}

function ownersWords(expectation: Expectation): OwnersWords {
  const { file, line, owner, normalCheck, escalation, rollBackWhen, environment } = expectation;
  return {
    file,
    line,
    owner: inOneLine(owner),
    normalCheck: inOneLine(normalCheck),
    escalation: inOneLine(escalation),
    rollBackWhen: inOneLine(rollBackWhen),
    environment: environment?.value ?? 'production',
  };
}

/** However it was broken into lines in the file. */
function inOneLine(text: string | undefined): string | null {
  return text === undefined ? null : text.trim().replace(/\s*\n\s*/g, ' ');
}
