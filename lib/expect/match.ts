import { sameName } from '../azure/ids.ts';
import type { LoadBalancer } from '../topology/model.ts';
import type { Expectation } from './expectation.ts';

/** Finds what the file says of a load balancer. */
export type ExpectationOf = (loadBalancer: Pick<LoadBalancer, 'name' | 'resourceGroup'>) => Expectation | undefined;

/** By name and group, in any case; an entry without a name is of whichever load balancer is looked at. */
export function expectationOf(expectations: readonly Expectation[]): ExpectationOf {
  return ({ name, resourceGroup }) => expectations.find((one) => speaksOf(one, { name, resourceGroup }));
}

/** Whether an entry is of a load balancer; a group that is not known yet may be the one it names. */
export function speaksOf(
  expectation: Expectation,
  { name, resourceGroup }: { readonly name: string; readonly resourceGroup: string | undefined },
): boolean {
  const isName = expectation.loadBalancer === undefined || sameName(expectation.loadBalancer, name);
  const isGroup =
    expectation.resourceGroup === undefined ||
    resourceGroup === undefined ||
    sameName(expectation.resourceGroup, resourceGroup);
  return isName && isGroup;
}
