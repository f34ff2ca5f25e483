import type { PublicAddressesAnswer } from '../../../schemas/az/public-addresses.generated.ts';
import schema from '../../../schemas/az/public-addresses.schema.json' with { type: 'json' };
import { eachAs } from '../listed.ts';
import { defineQuestion } from '../question.ts';
import { publicAddress } from './public-address.ts';

/** The public IPs of a subscription (`/subscriptions/S`), without those of Uniform scale sets' instances. */
export const publicAddresses = defineQuestion<PublicAddressesAnswer>({
  name: 'public-addresses',
  schema,
  batch: false,
  lists: eachAs(publicAddress),
  wholeSubscription: true,
  argv: ([id = '']) => ['network', 'public-ip', 'list', `--subscription=${id.split('/')[2] ?? ''}`],
});
