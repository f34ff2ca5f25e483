import type { ScaleSetAnswer } from '../../../schemas/az/scale-set.generated.ts';
import schema from '../../../schemas/az/scale-set.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';
import { scope } from './scope.ts';

export const scaleSet = defineQuestion<ScaleSetAnswer>({
  name: 'scale-set',
  schema,
  batch: false,
  argv: ([id = '']) => ['vmss', 'show', ...scope(id, 'name')],
});
