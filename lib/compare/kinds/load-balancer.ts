import type { Diagnosis } from '../../../schemas/diagnosis.generated.ts';
import { verdicts } from '../../diagnosis/verdict.ts';
import { Reading } from '../../evidence/reading.ts';
import type { Plain } from '../description.ts';
import { row } from '../field.ts';
import { type Grade, harmless, helps, risks, stops } from '../grade.ts';
import { type Described, defineKind } from '../kind.ts';

// An unknown one is a gap, and is not graded.
const worstFirst: readonly string[] = verdicts.filter((verdict) => verdict !== 'unknown');
const rank = (verdict: Plain): number => worstFirst.indexOf(String(verdict));

function verdictGrade(before: Plain, after: Plain): Grade {
  if (rank(after) > rank(before)) return helps;
  if (rank(after) <= 1) return stops('critical');
  return rank(after) === 2 ? stops('high') : risks('medium');
}

function verdictOf({ verdict, notEvaluated: [gap] }: Diagnosis) {
  return verdict === 'unknown' && gap !== undefined
    ? Reading.missing({ kind: 'verdict', because: gap.because })
    : verdict;
}

export const loadBalancer = defineKind<Described>('loadBalancer', {
  noun: 'load balancer',
  otherwise: 'one',
  gone: stops('critical'),
  all: (described) => [described],
  thing: ({ loadBalancer: { id, name } }) => ({ name, ids: [id], roles: ['the load balancer'] }),
  fields: {
    verdict: row('verdict', verdictGrade, ({ diagnosis }) => verdictOf(diagnosis), { isConclusion: true }),
    sku: row('SKU', risks('high'), ({ loadBalancer: { sku } }) => sku),
    tier: row('tier', risks('high'), ({ loadBalancer: { tier } }) => tier),
    location: row('location', harmless, ({ loadBalancer: { location } }) => location),
    owner: row('owner', risks('medium'), ({ loadBalancer: { owner } }) => owner, {
      now: (before, after) => `is now owned by ${after}, was by ${before}`,
    }),
  },
  tags: ({ loadBalancer: { tags } }) => tags,
});
