import type { LocksAnswer } from '../../../schemas/az/locks.generated.ts';
import schema from '../../../schemas/az/locks.schema.json' with { type: 'json' };
import { lastSegment } from '../../azure/ids.ts';
import { defineQuestion } from '../question.ts';

/** The locks of a resource group (`/subscriptions/S/resourceGroups/G`), of its subscription and of what is in it. */
export const locks = defineQuestion<LocksAnswer>({
  name: 'locks',
  since: '0.2.0',
  schema,
  batch: false,
  argv: ([id = '']) => [
    'lock',
    'list',
    `--resource-group=${lastSegment(id)}`,
    `--subscription=${id.split('/')[2] ?? ''}`,
  ],
});
