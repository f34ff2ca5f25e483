import { commandLine } from './classify.ts';
import { failed } from './errors.ts';

/**
 * az (2.50 to 2.91) replaces an argument that begins with `@`, or has it right after its first `=`, by that file's content,
 * so a name from outside could read files. Only our own `--body @-`, with something to put on standard input, may pass.
 */
export function refuseFileArguments(argv: readonly string[], hasInput: boolean): void {
  const refused = argv.find((argument, at) => readsFile(argument) && !(hasInput && isOurBody(argument, argv[at - 1])));
  if (refused === undefined) return;
  throw failed({
    kind: 'refused',
    command: commandLine({ argv }),
    firstLine: `az would read a file in place of ${refused}, so it was not started.`,
    advice: 'Name things without a leading @.',
    detail: '',
  });
}

function readsFile(argument: string): boolean {
  const equals = argument.indexOf('=');
  return argument.startsWith('@') || (equals >= 0 && argument[equals + 1] === '@');
}

function isOurBody(argument: string, before: string | undefined): boolean {
  return argument === '--body=@-' || (argument === '@-' && before === '--body');
}
