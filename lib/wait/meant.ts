import { sameName } from '../azure/ids.ts';
import type { Expectation } from '../expect/expectation.ts';
import { isStandbyIn, smallestOf } from '../expect/intent.ts';
import { expectationOf } from '../expect/match.ts';
import type { LoadBalancer } from '../topology/model.ts';
import type { Meant } from './see.ts';

const nothing: Meant = { pool: () => undefined, isStandby: () => false, smallest: () => undefined };

/** What an expectation file says of a load balancer, as far as waiting goes. */
export function meantBy(expectations: readonly Expectation[]): (loadBalancer: LoadBalancer) => Meant {
  const of = expectationOf(expectations);
  return (loadBalancer) => {
    const own = of(loadBalancer);
    if (own === undefined) return nothing;
    return {
      pool: ({ name }) => own.pools.find((pool) => sameName(pool.name, name)),
      isStandby: (member) => isStandbyIn(own, member),
      smallest: ({ name }) => smallestOf(own, name),
    };
  };
}
