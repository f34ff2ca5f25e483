import type { ScaleSetAnswer } from '../../../schemas/az/scale-set.generated.ts';
import schema from '../../../schemas/az/scale-set.schema.json' with { type: 'json' };
import { misnamed } from '../parents.ts';
import { defineQuestion } from '../question.ts';
import { scope } from './scope.ts';

export const scaleSet = defineQuestion<ScaleSetAnswer>({
  name: 'scale-set',
  schema,
  misfit: misnamed,
  batch: false,
  argv: ([id = '']) => ['vmss', 'show', ...scope(id, 'name')],
});
