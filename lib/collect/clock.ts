/** When what is told was true: a recording tells of the time it was made (ISO 8601, UTC), az of now. */
export function collectedAt(recordedAt: string | undefined): string {
  return recordedAt ?? new Date().toISOString();
}
