/** Standard output could not be written, for another reason than that nobody reads it any more. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Writes data on stdout. When its reader has gone (`| head`), that is the reader's choice and no error. */
export const print = (text: string, stream: NodeJS.WritableStream = process.stdout): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error || hasCode(error, 'EPIPE')) resolve();
      else reject(new OutputError(`The output could not be written: ${error.message}.`));
    });
  });

/** Notes, progress and errors: everything that is not data. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Without a listener Node ends the process with a stack when a pipe breaks; the write's own callback says it. */
export function surviveBrokenPipes(): void {
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
