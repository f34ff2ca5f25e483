import type { PrivateLinkServicesAnswer } from '../../../schemas/az/private-link-services.generated.ts';
import schema from '../../../schemas/az/private-link-services.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

/** The Private Link services of a subscription (`/subscriptions/S`): a frontend does not say which are before it. */
export const privateLinkServices = defineQuestion<PrivateLinkServicesAnswer>({
  name: 'private-link-services',
  since: '0.2.0',
  schema,
  batch: false,
  wholeSubscription: true,
  argv: ([id = '']) => ['network', 'private-link-service', 'list', `--subscription=${id.split('/')[2] ?? ''}`],
});
