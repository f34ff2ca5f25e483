/** Long option names to their values; an option given without one has none. */
export type Options = ReadonlyMap<string, readonly string[]>;

const longNames: Readonly<Record<string, string>> = {
  g: 'resource-group',
  n: 'name',
  o: 'output',
  u: 'url',
  m: 'method',
  b: 'body',
};
const sameNames: ReadonlyMap<string, string> = new Map([
  ['uri', 'url'],
  ['metric-names', 'metrics'],
  ['metric', 'metrics'],
  ['resourcegroup', 'resource-group'],
]);

/** Reads a command line in the forms that we write: words, then `--name=value`, `--name value value`, `-g value`, `--flag`. */
export function parseArgv(argv: readonly string[]): { readonly words: readonly string[]; readonly options: Options } {
  const words: string[] = [];
  const options = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const argument of argv) {
    const option = /^(?:--([A-Za-z][\w-]*)(?:=([\s\S]*))?|-([A-Za-z]))$/.exec(argument);
    if (option) {
      const name = option[1]?.toLowerCase() ?? longNames[option[3] ?? ''] ?? option[3] ?? '';
      const known = sameNames.get(name) ?? name;
      values = options.get(known) ?? [];
      if (option[2] !== undefined) values.push(option[2]);
      options.set(known, values);
    } else if (values) values.push(argument);
    else words.push(argument);
  }
  return { words, options };
}
