import type { PublicAddressAnswer } from '../../../schemas/az/public-address.generated.ts';
import schema from '../../../schemas/az/public-address.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

export const publicAddress = defineQuestion<PublicAddressAnswer>({
  name: 'public-address',
  since: '0.2.0',
  schema,
  batch: true,
  argv: (ids) => ['network', 'public-ip', 'show', '--ids', ...ids],
});
