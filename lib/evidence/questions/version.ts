import type { VersionAnswer } from '../../../schemas/az/version.generated.ts';
import schema from '../../../schemas/az/version.schema.json' with { type: 'json' };
import { defineQuestion } from '../question.ts';

/** Which az answers: 2.46 renamed keys, and what a command can tell depends on it. Needs no login. */
export const version = defineQuestion<VersionAnswer>({
  name: 'version',
  schema,
  batch: false,
  argv: () => ['version'],
});
