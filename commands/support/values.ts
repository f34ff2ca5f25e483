import { UsageError } from './usage-error.ts';

/** The options that may be given more than one value. */
const lists = new Set(['ids', 'finding', 'member', '_']);

/** yargs makes a list of an option that is given twice, and takes an empty value; neither has a meaning here. */
export function checkValues(argv: Readonly<Record<string, unknown>>): true {
  for (const [name, value] of Object.entries(argv)) {
    const option = name.length === 1 ? `-${name}` : `--${name}`;
    if (Array.isArray(value) && !lists.has(name)) throw new UsageError(`${option} is given more than once.`);
    if (value === '' || (Array.isArray(value) && value.includes('')))
      throw new UsageError(`${option} has an empty value.`);
  }
  return true;
}
