import type { EffectiveSecurityGroupsAnswer } from '../../../schemas/az/effective-security-groups.generated.ts';
import schema from '../../../schemas/az/effective-security-groups.schema.json' with { type: 'json' };
import { idKey } from '../../azure/ids.ts';
import { defineQuestion } from '../question.ts';

/**
 * What really applies to a network interface, security admin rules included. An action: a Reader is refused, and it
 * needs a running machine. The answer carries no id of the interface, so it is asked for one at a time.
 */
export const effectiveSecurityGroups = defineQuestion<EffectiveSecurityGroupsAnswer>({
  name: 'effective-security-groups',
  schema,
  misfit: ({ value }, id) => {
    const other = value.find(({ association }) => !isOf(association?.networkInterface?.id, id));
    return other && `it is about ${other.association?.networkInterface?.id ?? ''}`;
  },
  batch: false,
  argv: (ids) => ['network', 'nic', 'list-effective-nsg', '--ids', ...ids],
});

const isOf = (nicId: string | undefined, id: string): boolean => nicId === undefined || idKey(nicId) === idKey(id);
