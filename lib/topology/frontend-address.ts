import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import { type Evidence, reading } from '../evidence/evidence.ts';
import { publicAddress } from '../evidence/questions/public-address.ts';
import { Reading } from '../evidence/reading.ts';
import { outOfSight } from './gone.ts';

type FrontendAnswer = NonNullable<LoadBalancerAnswer['frontendIPConfigurations']>[number];

/** A frontend's own address; that of a public one is its public IP's to say, and asked for where it matters. */
export function frontendAddress(
  evidence: Evidence,
  { name, privateIPAddress, publicIPAddress, publicIPPrefix }: FrontendAnswer,
): Reading<string> {
  if (privateIPAddress !== undefined) return Reading.known(privateIPAddress);
  const unsaid = (because: string) => Reading.missing({ kind: 'empty', because });
  if (publicIPAddress === undefined) {
    return unsaid(`frontend ${name} has ${publicIPPrefix === undefined ? 'no address' : 'a prefix, not an address'}`);
  }
  return reading(evidence, publicAddress, publicIPAddress.id).andThen((answer): Reading<string> => {
    // Azure deletes no public IP that is in use.
    if (answer.gone) return outOfSight(answer);
    const { ipAddress } = answer.value;
    return ipAddress === undefined ? unsaid(`public IP ${answer.value.name} has no address`) : Reading.known(ipAddress);
  });
}
