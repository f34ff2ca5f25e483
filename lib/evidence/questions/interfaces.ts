import type { NetworkInterfacesAnswer } from '../../../schemas/az/network-interfaces.generated.ts';
import schema from '../../../schemas/az/network-interfaces.schema.json' with { type: 'json' };
import { eachAs } from '../listed.ts';
import { defineQuestion } from '../question.ts';
import { networkInterface } from './network-interface.ts';

/**
 * Every network interface of a subscription (`/subscriptions/S`): the only way to whose an address in an IP-based pool
 * is. Those of Uniform scale sets are not among them.
 */
export const interfaces = defineQuestion<NetworkInterfacesAnswer>({
  name: 'interfaces',
  schema,
  batch: false,
  lists: eachAs(networkInterface),
  wholeSubscription: true,
  argv: ([id = '']) => ['network', 'nic', 'list', `--subscription=${id.split('/')[2] ?? ''}`],
});
