import type { Told } from './tried.ts';

/** An answer that lacks this is itself a valid answer of Azure for another configuration, and nothing read contradicts it. */
export interface Exception {
  readonly question: RegExp;
  readonly key: RegExp;
  readonly harm?: RegExp;
  readonly reason: string;
}

/** Health and ids are never among them; of lists one, where what is left contradicts nothing that is read. */
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
    question: /^network lb (show|list)$/,
    key: /^backendAddressPools\[\]\.loadBalancerBackendAddresses\[\]$/,
    harm: /^drop$/,
    reason: 'a pool of addresses without one of them is another pool: Azure tells no health of a machine that is off',
  },
];

export function exceptionFor({ question, key, harm }: Pick<Told, 'question' | 'key' | 'harm'>): string | undefined {
  return exceptions.find((one) => one.question.test(question) && one.key.test(key) && (one.harm?.test(harm) ?? true))
    ?.reason;
}
