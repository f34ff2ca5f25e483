import type { SecurityGroupAnswer } from '../../../schemas/az/security-group.generated.ts';
import schema from '../../../schemas/az/security-group.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

export const securityGroup = defineQuestion<SecurityGroupAnswer>({
  name: 'security-group',
  schema,
  batch: true,
  argv: (ids) => ['network', 'nsg', 'show', '--ids', ...ids],
});
