import type { Az, Call } from '../../lib/az/call.ts';
import { commands, type Options } from './az-commands.ts';
import type { Outcome } from './az-errors.ts';
import type { Casing } from './az-printing.ts';
import { type Azure, azureOver } from './azure.ts';
import type { World } from './world.ts';

export interface InMemoryOptions {
  /** `old`: keys and nulls as az below 2.46 printed them. */
  readonly casing?: Casing;
  readonly version?: string;
}

/** az as it would answer if the world were Azure, without a process. A command that it doesn't know throws. */
export function azInMemory(
  world: World,
  options: InMemoryOptions = {},
): Az & { readonly calls: readonly Call[]; readonly azure: Azure } {
  const azure = azureOver(world);
  const calls: Call[] = [];
  return {
    calls,
    azure,
    async run(argv, runOptions) {
      const outcome = answer(azure, argv, runOptions?.input, options);
      const call: Call = {
        argv: [...argv],
        exitCode: outcome.exitCode,
        stdout: outcome.stdout,
        stderr: outcome.stderr,
        seconds: outcome.seconds ?? 1,
        ...(outcome.timedOut && { timedOut: true as const }),
      };
      calls.push(call);
      return call;
    },
  };
}

function answer(
  azure: Azure,
  argv: readonly string[],
  input: string | undefined,
  { casing = 'new', version = '2.91.0' }: InMemoryOptions,
): Outcome {
  const { command, options } = parse(argv);
  const run = commands[command];
  if (run === undefined) throw new Error(`The in-memory az has no command: az ${argv.join(' ')}`);
  return run({ azure, options, casing, version, ...(input !== undefined && { input }) });
}

/** `network lb show --name=x --ids a b` as the command's words and each option's values. */
export function parse(argv: readonly string[]): { readonly command: string; readonly options: Options } {
  const firstOption = argv.findIndex((each) => each.startsWith('-'));
  const words = firstOption < 0 ? argv : argv.slice(0, firstOption);
  const options = new Map<string, string[]>();
  let values: string[] = [];
  for (const each of firstOption < 0 ? [] : argv.slice(firstOption)) {
    if (!each.startsWith('--')) {
      values.push(each);
      continue;
    }
    const [name = '', ...value] = each.slice(2).split('=');
    values = value.length > 0 ? [value.join('=')] : [];
    options.set(name, values);
  }
  return { command: words.join(' '), options };
}
