import type { FixStep, Severity, Verdict } from '../../schemas/diagnosis.generated.ts';
import type { Paint } from './paint.ts';

/** How a verdict is told: by a sign, a word and a colour, so that none of them is needed to understand it. */
export const verdictWords = {
  down: { sign: '✗', word: 'DOWN', meaning: 'nothing behind it answers', colour: 'red' },
  masked: { sign: '✗', word: 'MASKED', meaning: 'reported up, but nothing behind it is really up', colour: 'red' },
  degraded: { sign: '!', word: 'DEGRADED', meaning: 'some members get no traffic', colour: 'yellow' },
  unknown: { sign: '?', word: 'UNKNOWN', meaning: 'something that could matter was not readable', colour: 'yellow' },
  'at-risk': { sign: '!', word: 'AT RISK', meaning: 'it works now', colour: 'yellow' },
  ok: { sign: '✓', word: 'OK', meaning: 'nothing found that stops its balancing rules', colour: 'green' },
} as const satisfies Record<Verdict, { sign: string; word: string; meaning: string; colour: keyof Paint }>;

export const stepWords = {
  look: 'Look',
  backup: 'Back up',
  change: 'Change',
  check: 'Check',
  undo: 'Undo',
} as const satisfies Record<FixStep['kind'], string>;

export const severityColour = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'dim',
  info: 'dim',
} as const satisfies Record<Severity, keyof Paint>;
