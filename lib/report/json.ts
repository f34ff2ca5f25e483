import { escapeHarmful } from './clean.ts';

/** JSON for programs. What would act in a terminal or a build log is escaped as JSON can, so every value stays the same. */
export const jsonText = (value: unknown): string => `${escapeHarmful(JSON.stringify(value, null, 2) ?? 'null')}\n`;
