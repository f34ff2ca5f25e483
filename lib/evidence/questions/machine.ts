import type { MachineAnswer } from '../../../schemas/az/machine.generated.ts';
import schema from '../../../schemas/az/machine.schema.json' with { type: 'json' };
import { misnamed } from '../parents.ts';
import { defineQuestion } from '../question.ts';

/** A virtual machine with its power state and agent (a Flexible scale set's instance is one). */
export const machine = defineQuestion<MachineAnswer>({
  name: 'machine',
  schema,
  misfit: misnamed,
  batch: true,
  lasting: 'answer',
  argv: (ids) => ['vm', 'get-instance-view', '--ids', ...ids],
});
