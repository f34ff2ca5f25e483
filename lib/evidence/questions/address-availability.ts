import type { AddressAvailabilityAnswer } from '../../../schemas/az/address-availability.generated.ts';
import schema from '../../../schemas/az/address-availability.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';
import { scope } from './scope.ts';

/**
 * Whether anyone has an address in a virtual network: of instances of Uniform scale sets and of services, no list of
 * interfaces tells. `id` is the network's with `/ipAddresses/ADDRESS` behind it.
 */
export const addressAvailability = defineQuestion<AddressAvailabilityAnswer>({
  name: 'address-availability',
  schema,
  batch: false,
  argv: ([id = '']) => {
    const [network = '', address = ''] = id.split('/ipAddresses/');
    return ['network', 'vnet', 'check-ip-address', ...scope(network, 'name'), `--ip-address=${address}`];
  },
});
