import type { EffectiveRoutesAnswer } from '../../../schemas/az/effective-routes.generated.ts';
import schema from '../../../schemas/az/effective-routes.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';
import { scope } from './scope.ts';

/** The routes in force at an interface, what gateways announce included; its machine must run. */
export const effectiveRoutes = defineQuestion<EffectiveRoutesAnswer>({
  name: 'effective-routes',
  since: '0.2.0',
  schema,
  batch: false,
  argv: ([id = '']) => ['network', 'nic', 'show-effective-route-table', ...scope(id, 'name')],
});
