import type { ScaleSetInstancesAnswer } from '../../../schemas/az/scale-set-instances.generated.ts';
import schema from '../../../schemas/az/scale-set-instances.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';
import { scope } from './scope.ts';

/** Every instance of a scale set with its power state and whether it follows the set's latest model. */
export const scaleSetInstances = defineQuestion<ScaleSetInstancesAnswer>({
  name: 'scale-set-instances',
  schema,
  batch: false,
  argv: ([id = '']) => ['vmss', 'list-instances', ...scope(id, 'name'), '--expand=instanceView'],
});
