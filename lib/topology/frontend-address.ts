import type { LoadBalancerAnswer } from '../../schemas/az/load-balancer.generated.ts';
import { type Evidence, reading } from '../evidence/evidence.ts';
import { publicAddress } from '../evidence/questions/public-address.ts';
import { Reading } from '../evidence/reading.ts';

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
    if (answer.gone) {
      // Azure deletes no public IP that is in use: it is there, and out of sight.
      const { error, command } = answer.refusal;
      return Reading.missing({ kind: 'not-found', because: error, command });
    }
    const { ipAddress } = answer.value;
    return ipAddress === undefined ? unsaid(`public IP ${answer.value.name} has no address`) : Reading.known(ipAddress);
  });
}
