/** The values of each option of a printed command, by its long name; an option without one has none. */
export type Options = ReadonlyMap<string, readonly string[]>;

/** A command as steps print it: its words after the program, then `--name=value` and `--name value value`. */
export function commandIn(argv: readonly string[]): { readonly words: string; readonly options: Options } {
  const first = argv.findIndex((word) => word.startsWith('--'));
  const options = new Map<string, string[]>();
  let values: string[] = [];
  for (const word of first < 0 ? [] : argv.slice(first)) {
    const [, name, value] = /^--([a-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) {
      values.push(word);
      continue;
    }
    values = value === undefined ? [] : [value];
    options.set(name, values);
  }
  return { words: argv.slice(1, first < 0 ? undefined : first).join(' '), options };
}
