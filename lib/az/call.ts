/** One az process that ran: what was asked, what it answered. `argv` is without the leading `az` and without `-o json`. */
export interface Call {
  readonly argv: readonly string[];
  /** What az was given on standard input, because it belongs to the question (a batch body). */
  readonly input?: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** A time limit ended it; exitCode then means nothing. */
  readonly timedOut?: true;
  /** The limit was that of the whole run, of so many seconds. Where no second is left, az was not even started. */
  readonly timeUp?: number;
}

export interface RunOptions {
  /** az prints response headers only with --verbose: keeps stderr at INFO instead of errors only. */
  readonly readStderr?: boolean;
  /** Given to az on standard input (`--body @-`); otherwise az gets no standard input. */
  readonly input?: string;
  /** Not to be asked before so many seconds are over: what was posted takes as long. A recording waits for nothing. */
  readonly afterSeconds?: number;
  /** A list of a whole subscription: a default group in the user's configuration, which would cut it short, doesn't count. */
  readonly wholeSubscription?: boolean;
}

/** Something that answers az commands: the real az, a recording, or a world in memory. */
export interface Az {
  /** Resolves with the call whatever az made of it; rejects with AzError only when az could not be started or we were interrupted. */
  run(argv: readonly string[], options?: RunOptions): Promise<Call>;
}
