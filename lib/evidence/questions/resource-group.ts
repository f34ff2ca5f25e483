import type { ResourceGroupAnswer } from '../../../schemas/az/resource-group.generated.ts';
import schema from '../../../schemas/az/resource-group.schema.json' with { type: 'json' };
import { lastSegment } from '../../azure/ids.ts';
import { defineQuestion } from '../question.ts';

/** A resource group (`/subscriptions/S/resourceGroups/G`), for what manages it. */
export const resourceGroup = defineQuestion<ResourceGroupAnswer>({
  name: 'resource-group',
  since: '0.2.0',
  schema,
  batch: false,
  argv: ([id = '']) => ['group', 'show', `--name=${lastSegment(id)}`, `--subscription=${id.split('/')[2] ?? ''}`],
});
