import type { Az, Call } from '../../lib/az/call.ts';
import type { Request } from './arm-answers.ts';
import { commands, type Options } from './az-commands.ts';
import type { AzVersion } from './az-printing.ts';
import { type Azure, azureOver } from './azure.ts';
import type { World } from './world.ts';

export interface InMemoryAz extends Az {
  readonly calls: readonly Call[];
  /** The requests az made of Azure, with the status it got. */
  readonly requests: readonly (Request & { readonly status: number })[];
  readonly azure: Azure;
}

/** How long a command takes when Azure is `slow`, in seconds. */
const SLOW = 30;

export interface InMemoryOptions {
  readonly version?: AzVersion;
  /** What the addresses of long-running results begin with. */
  readonly endpoint?: string;
}

/** az as it would answer if the world were Azure, without a process. A command that it doesn't know throws. */
export function azInMemory(world: World, { version = '2.91.0', endpoint }: InMemoryOptions = {}): InMemoryAz {
  const azure = azureOver(world, endpoint);
  const calls: Call[] = [];
  const requests: (Request & { status: number })[] = [];
  return {
    calls,
    requests,
    azure,
    async run(argv, runOptions) {
      const { command, options } = parse(argv);
      const run = commands[command];
      if (run === undefined) throw new Error(`The in-memory az has no command: az ${argv.join(' ')}`);
      let seconds = 1;
      const answer = (request: Request) => {
        const response = azure.answer(request);
        requests.push({ ...request, status: response.status });
        if (response.fault === 'slow') seconds = SLOW;
        return response;
      };
      const outcome = run({
        azure: { answer, world: azure.world, endpoint: azure.endpoint },
        command,
        options,
        version,
        warns: runOptions?.readStderr === true,
        ...(runOptions?.input !== undefined && { input: runOptions.input }),
      });
      const call: Call = { argv: [...argv], seconds, ...outcome };
      calls.push(call);
      return call;
    },
  };
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
