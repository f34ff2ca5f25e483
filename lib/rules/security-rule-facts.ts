import { cite, citeReferences, derive, type Fact } from '../evidence/fact.ts';
import { plainRuleName } from '../network/security-rule.ts';
import type { SecurityRule } from '../topology/model.ts';

/** What a reader needs to see that a security rule decides: its name alone proves nothing. */
export function securityRuleFacts(rule: SecurityRule) {
  return {
    priority: cite(rule, 'priority'),
    access: cite(rule, 'access'),
    direction: cite(rule, 'direction'),
    protocol: cite(rule, 'protocol'),
    source: listed(
      cite(rule, 'sourceAddressPrefix'),
      cite(rule, 'sourceAddressPrefixes'),
      citeReferences(rule, 'sourceApplicationSecurityGroups'),
    ),
    ports: listed(cite(rule, 'destinationPortRange'), cite(rule, 'destinationPortRanges')),
  };
}

/** The names of rules, proved by all that they say. */
export function namedRules(...rules: readonly SecurityRule[]): Fact<readonly string[]> {
  return derive(
    rules.map(({ name }) => name),
    ...rules.flatMap((rule) => [cite(rule, 'name'), ...Object.values(securityRuleFacts(rule))]),
  );
}

/** The same of one rule. */
export function namedRule(rule: SecurityRule): Fact<string> {
  return derive(plainRuleName(rule), namedRules(rule));
}

/** A rule says a thing in the singular field, in the plural one, or in both: what is there is cited. */
function listed(...facts: readonly Fact<string | readonly string[] | null | undefined>[]): Fact<readonly string[]> {
  const said = facts.map((fact) => ({ fact, values: [fact.value ?? []].flat().filter((value) => value !== '') }));
  const there = said.filter(({ values }) => values.length > 0);
  return derive(
    there.flatMap(({ values }) => values),
    ...there.map(({ fact }) => fact),
  );
}
