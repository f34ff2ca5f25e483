import { healthyShapes } from './a.ts';
import { clusters } from './a-clusters.ts';
import { kubernetes } from './a-kubernetes.ts';
import { truths } from './b.ts';
import { reasons } from './c.ts';
import { fixes } from './d.ts';
import { moreSecurity } from './more-security.ts';
import type { Row } from './row.ts';

/** Everything that is told of what people really run. */
export const rows: readonly Row[] = [
  ...kubernetes,
  ...clusters,
  ...healthyShapes,
  ...truths,
  ...reasons,
  ...fixes,
  ...moreSecurity,
];
