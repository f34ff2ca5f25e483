import { readdirSync, readFileSync } from 'node:fs';

export interface RecordedCall {
  readonly file: string;
  readonly argv: readonly string[];
  readonly exitCode: number;
  /** The JSON that az printed, or its text. */
  readonly printed: unknown;
  readonly stderr: string;
}

/** The calls of a recording in the order in which they were made. */
export function recordedCalls(path: string): readonly RecordedCall[] {
  return readdirSync(`${path}/calls`)
    .sort()
    .map((file) => {
      const { argv, exitCode, stdout, stderr } = JSON.parse(readFileSync(`${path}/calls/${file}`, 'utf8'));
      return { file, argv, exitCode, printed: stdout, stderr };
    });
}
