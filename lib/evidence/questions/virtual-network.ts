import type { VirtualNetworkAnswer } from '../../../schemas/az/virtual-network.generated.ts';
import schema from '../../../schemas/az/virtual-network.schema.json' with { type: 'json' };
import { eachAs } from '../listed.ts';
import { misnamed, strangerIn } from '../parents.ts';
import { defineQuestion, type Listed } from '../question.ts';
import { subnet } from './subnet.ts';

/** A virtual network with its subnets: which of them holds an address that no interface is known to have. */
export const virtualNetwork = defineQuestion<VirtualNetworkAnswer>({
  name: 'virtual-network',
  schema,
  misfit: (value) => misnamed(value) ?? strangerIn(value.id, value.subnets),
  batch: true,
  lists: subnetsOf,
  since: '0.2.0',
  argv: (ids) => ['network', 'vnet', 'show', '--ids', ...ids],
});

export function subnetsOf(network: unknown): readonly Listed[] {
  const hasSubnets = typeof network === 'object' && network !== null && 'subnets' in network;
  return hasSubnets ? eachAs(subnet)(network.subnets) : [];
}
