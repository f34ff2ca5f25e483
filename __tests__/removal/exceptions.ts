import type { Way } from './asked.ts';
import type { Told } from './tried.ts';

/** An answer that lacks this is itself a valid answer of Azure for another configuration, and nothing read contradicts it. */
export interface Exception {
  readonly question: RegExp;
  readonly key: RegExp;
  readonly harm?: RegExp;
  readonly way?: Way;
  readonly reason: string;
}

/** Health and ids are never among them; of lists one, where what is left contradicts nothing that waiting reads. */
export const exceptions: readonly Exception[] = [
  {
    question: /^network lb (show|list)$/,
    key: /^sku$/,
    harm: /^remove$/,
    reason: "an answer without a SKU is a Basic load balancer's: older APIs leave it out",
  },
  {
    question: /^network lb (show|list)$/,
    key: /^loadBalancingRules\[\]\.enableFloatingIP$/,
    harm: /^remove$/,
    reason: 'a balancing rule that says nothing of floating IP has none: then its nodes are no cluster',
  },
  {
    question: /^network lb show$/,
    key: /^backendAddressPools\[\]\.loadBalancerBackendAddresses\[\]$/,
    harm: /^drop$/,
    way: 'wait',
    reason: 'a pool of addresses without one of them is another pool: Azure tells no health of a machine that is off',
  },
];

export function exceptionFor({
  question,
  key,
  harm,
  way,
}: Pick<Told, 'question' | 'key' | 'harm' | 'way'>): string | undefined {
  return exceptions.find(
    (one) =>
      one.question.test(question) && one.key.test(key) && (one.harm?.test(harm) ?? true) && (one.way ?? way) === way,
  )?.reason;
}
