import type { NetworkInterfacesAnswer } from '../../../schemas/az/network-interfaces.generated.ts';
import schema from '../../../schemas/az/network-interfaces.schema.json' with { type: 'json' };
import { eachAs } from '../listed.ts';
import { strangerIn } from '../parents.ts';
import { defineQuestion } from '../question.ts';
import { networkInterface } from './network-interface.ts';
import { scope } from './scope.ts';

/** The network interfaces of a Uniform scale set's instances; a Flexible one's are in the subscription's list (az 2.91). */
export const scaleSetInterfaces = defineQuestion<NetworkInterfacesAnswer>({
  name: 'scale-set-interfaces',
  schema,
  misfit: (value, id) =>
    strangerIn(
      id,
      value.map((item) => ({ id: item.id })),
    ),
  batch: false,
  lists: eachAs(networkInterface),
  // In a triage; `find` asked it before.
  since: '0.2.0',
  argv: ([id = '']) => ['vmss', 'nic', 'list', ...scope(id, 'vmss-name')],
});
