import type { RouteTableAnswer } from '../../../schemas/az/route-table.generated.ts';
import schema from '../../../schemas/az/route-table.schema.json' with { type: 'json' };
import { misnamed } from '../parents.ts';
import { defineQuestion } from '../question.ts';

export const routeTable = defineQuestion<RouteTableAnswer>({
  name: 'route-table',
  since: '0.2.0',
  schema,
  misfit: misnamed,
  batch: true,
  argv: (ids) => ['network', 'route-table', 'show', '--ids', ...ids],
});
