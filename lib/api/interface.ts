/** One az command and what it answered. */
export interface AzAnswer {
  /** Without the leading `az`. */
  readonly argv: readonly string[];
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** The Azure CLI of this machine, or a recording of one. It only reads. */
export interface Az {
  /** Asks one thing, `argv` without the leading `az`. Whatever does not only read is refused before az starts. */
  run(argv: readonly string[]): Promise<AzAnswer>;
}
