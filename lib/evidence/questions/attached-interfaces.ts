import type { NetworkInterfacesAnswer } from '../../../schemas/az/network-interfaces.generated.ts';
import schema from '../../../schemas/az/network-interfaces.schema.json' with { type: 'json' };
import { eachAs } from '../listed.ts';
import { defineQuestion } from '../question.ts';
import { networkInterface } from './network-interface.ts';
import { scope } from './scope.ts';

/** Every network interface in the load balancer's pools, in one call; one that is gone is not among them. */
export const attachedInterfaces = defineQuestion<NetworkInterfacesAnswer>({
  name: 'attached-interfaces',
  schema,
  batch: false,
  lasting: 'answer',
  lists: eachAs(networkInterface),
  argv: ([id = '']) => ['network', 'lb', 'list-nic', ...scope(id, 'name')],
});
