import type { DenyAssignmentsAnswer } from '../../../schemas/az/deny-assignments.generated.ts';
import schema from '../../../schemas/az/deny-assignments.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

/** What is denied in a group to all but its owner, a deployment stack or a platform, whatever their roles allow. */
export const denyAssignments = defineQuestion<DenyAssignmentsAnswer>({
  name: 'deny-assignments',
  since: '0.2.0',
  schema,
  batch: false,
  argv: ([id = '']) => [
    'rest',
    '--method=get',
    `--url=${id}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01`,
  ],
});
