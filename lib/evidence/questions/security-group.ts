import type { SecurityGroupAnswer } from '../../../schemas/az/security-group.generated.ts';
import schema from '../../../schemas/az/security-group.schema.json' with { type: 'json' };
import { misnamed, strangerIn } from '../parents.ts';
import { defineQuestion } from '../question.ts';

export const securityGroup = defineQuestion<SecurityGroupAnswer>({
  name: 'security-group',
  schema,
  misfit: (value) => misnamed(value) ?? strangerIn(value.id, value.securityRules, value.defaultSecurityRules),
  batch: true,
  argv: (ids) => ['network', 'nsg', 'show', '--ids', ...ids],
});
