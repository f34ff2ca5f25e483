import type { SubnetAnswer } from '../../../schemas/az/subnet.generated.ts';
import schema from '../../../schemas/az/subnet.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

export const subnet = defineQuestion<SubnetAnswer>({
  name: 'subnet',
  schema,
  batch: true,
  argv: (ids) => ['network', 'vnet', 'subnet', 'show', '--ids', ...ids],
});
