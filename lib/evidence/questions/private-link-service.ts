import type { PrivateLinkServiceAnswer } from '../../../schemas/az/private-link-service.generated.ts';
import schema from '../../../schemas/az/private-link-service.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

export const privateLinkService = defineQuestion<PrivateLinkServiceAnswer>({
  name: 'private-link-service',
  since: '0.2.0',
  schema,
  batch: true,
  argv: (ids) => ['network', 'private-link-service', 'show', '--ids', ...ids],
});
