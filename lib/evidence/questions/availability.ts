import type { MetricsAnswer } from '../../../schemas/az/metrics.generated.ts';
import schema from '../../../schemas/az/metrics.schema.json' with { type: 'json' };
import { idKey } from '../../azure/ids.ts';
import { defineQuestion } from '../question.ts';

/**
 * The availability metric of the last minutes, a series each for member and frontend. A Reader may read it.
 * az returns ten series unless told otherwise (2.91).
 */
export const availability = defineQuestion<MetricsAnswer>({
  name: 'availability',
  schema,
  misfit: ({ value }, id) => {
    const other = value.find((metric) => metric.id !== undefined && !isUnder(metric.id, id));
    return other && `it is about ${other.id ?? ''}`;
  },
  batch: false,
  argv: ([id = '']) => [
    'monitor',
    'metrics',
    'list',
    `--resource=${id}`,
    '--metrics=DipAvailability',
    '--aggregation=Average',
    '--interval=PT1M',
    '--offset=10m',
    "--filter=BackendIPAddress eq '*' and FrontendIPAddress eq '*' and FrontendPort eq '*'",
    '--top=5000',
  ],
});

const isUnder = (metricId: string, id: string): boolean => metricId.toLowerCase().startsWith(`${idKey(id)}/`);
