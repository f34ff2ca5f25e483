import type { HealthAnswer } from '../../../schemas/az/health.generated.ts';
import schema from '../../../schemas/az/health.schema.json' with { type: 'json' };
import { exchange } from '../../az/verbose.ts';
import { defineQuestion } from '../question.ts';

/**
 * Who answers a balancing rule's probe, with reason codes. az 2.91 has no command for it, and
 * `az resource invoke-action` prints `{}`: the action is posted, and its result fetched from the Location that
 * `az rest --verbose` prints on stderr.
 */
export const health = defineQuestion<HealthAnswer>({
  name: 'health',
  schema,
  batch: false,
  lasting: 'refusal',
  argv: ([id = '']) => ['rest', '--method=post', `--url=${id}/health?api-version=2024-05-01`, '--verbose'],
  follow: {
    command: 'az rest --method=get --url=LOCATION',
    next: (stderr) => {
      const { url: asked, location, retryAfter = 2 } = exchange(stderr);
      if (location === undefined) return { refused: 'az printed no Location for the result' };
      // az rest sends a token along: only to the ARM that was asked, never to where an answer points.
      if (asked === undefined || originOf(asked) !== originOf(location)) {
        return { refused: "the result's Location is not on the Azure Resource Manager that was asked" };
      }
      return { argv: ['rest', '--method=get', `--url=${location}`], waitSeconds: retryAfter };
    },
  },
});

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
