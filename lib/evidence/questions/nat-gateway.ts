import type { NatGatewayAnswer } from '../../../schemas/az/nat-gateway.generated.ts';
import schema from '../../../schemas/az/nat-gateway.schema.json' with { type: 'json' };
import { misnamed } from '../parents.ts';
import { defineQuestion } from '../question.ts';

export const natGateway = defineQuestion<NatGatewayAnswer>({
  name: 'nat-gateway',
  since: '0.2.0',
  schema,
  misfit: misnamed,
  batch: true,
  argv: (ids) => ['network', 'nat', 'gateway', 'show', '--ids', ...ids],
});
