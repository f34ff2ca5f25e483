import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { isLosingTraffic } from '../diagnosis/verdict.ts';
import { wrap } from './layout.ts';
import type { TextStyle } from './text-style.ts';
import { severityColour } from './words.ts';

/** Two lines: a risk is not why something is down, and its fix can wait. */
export function riskLines(
  { severity, rule, message }: Finding,
  { verdict }: Pick<Diagnosis, 'verdict'>,
  { paint, width }: TextStyle,
): readonly string[] {
  const aside = `${isLosingTraffic(verdict) ? 'not why it is down; ' : ''}fix in daylight: --verbose`;
  return [
    ...wrap(
      `${paint.bold('RISK')}  ${paint[severityColour[severity]](severity)}  ${paint.cyan(rule)}  ${aside}`,
      width,
      '',
      '  ',
    ),
    ...wrap(message, width, '  '),
  ];
}
