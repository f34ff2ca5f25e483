import type { ScaleSetInstancesAnswer } from '../../../schemas/az/scale-set-instances.generated.ts';
import schema from '../../../schemas/az/scale-set-instances.schema.json' with { type: 'json' };
import { strangerIn } from '../parents.ts';
import { defineQuestion } from '../question.ts';
import { scope } from './scope.ts';

/** Every instance of a scale set with its power state and whether it follows the set's latest model. */
export const scaleSetInstances = defineQuestion<ScaleSetInstancesAnswer>({
  name: 'scale-set-instances',
  schema,
  // An instance is called web_3 and its id ends with 3.
  misfit: (value, id) =>
    strangerIn(
      id,
      value.map((item) => ({ id: item.id })),
    ),
  batch: false,
  argv: ([id = '']) => ['vmss', 'list-instances', ...scope(id, 'name'), '--expand=instanceView'],
});
