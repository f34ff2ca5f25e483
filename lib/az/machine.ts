/** What is started for az: a file by its full path, and the arguments that come before az's own. */
export interface AzProgram {
  readonly file: string;
  readonly args: readonly string[];
}

/** The machine to look on; by default this one. */
export interface Computer {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export const thisMachine = (): Computer => ({ platform: process.platform, env: process.env, cwd: process.cwd() });
