import type { SubnetAnswer } from '../../../schemas/az/subnet.generated.ts';
import schema from '../../../schemas/az/subnet.schema.json' with { type: 'json' };
import { misnamed } from '../parents.ts';
import { defineQuestion } from '../question.ts';

export const subnet = defineQuestion<SubnetAnswer>({
  name: 'subnet',
  schema,
  misfit: misnamed,
  batch: true,
  argv: (ids) => ['network', 'vnet', 'subnet', 'show', '--ids', ...ids],
});
