import { createHash } from 'node:crypto';
import { diagnosisReport } from '../../lib/report/diagnosis-report.ts';
import { formats, render } from '../../lib/report/render.ts';
import type { TextOptions } from '../../lib/report/text-style.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';

const seen = new Set<string>();
/** Of a million trials most end alike. */
const most = 200_000;

/** Writes a diagnosis in every format, unless one that is the same was written so before: it would be the same again. */
export function renderOnce(diagnosis: Diagnosis, style: TextOptions): void {
  const key = createHash('sha1')
    .update(JSON.stringify([style, diagnosis]))
    .digest('base64');
  if (seen.has(key)) return;
  const report = diagnosisReport(diagnosis, style);
  for (const format of formats) render(report, { format });
  if (seen.size < most) seen.add(key);
}
