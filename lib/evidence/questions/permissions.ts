import type { PermissionsAnswer } from '../../../schemas/az/permissions.generated.ts';
import schema from '../../../schemas/az/permissions.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

/** What whoever is logged in may do with a resource, or in a group: az has no command for it. */
export const permissions = defineQuestion<PermissionsAnswer>({
  name: 'permissions',
  since: '0.2.0',
  schema,
  batch: false,
  argv: ([id = '']) => [
    'rest',
    '--method=get',
    `--url=${id}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`,
  ],
});
