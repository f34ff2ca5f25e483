import yargs from 'yargs';
import { version } from '../lib/version.ts';
import { diffCommand } from './diff.ts';
import { findCommand } from './find.ts';
import { listCommand } from './list.ts';
import { membersCommand } from './members.ts';
import { planCommand } from './plan.ts';
import { probesCommand } from './probes.ts';
import { showCommand } from './show.ts';
import { snapshotCommand } from './snapshot.ts';
import { exitOf } from './support/exit.ts';
import { nearest } from './support/nearest.ts';
import { note, print, surviveBrokenPipes } from './support/output.ts';
import { UsageError } from './support/usage-error.ts';
import { checkValues } from './support/values.ts';
import { triageCommand } from './triage.ts';
import { waitCommand } from './wait.ts';

/** Runs a command line and sets the exit code; every error of every command ends here. */
export async function run(argv: readonly string[]): Promise<void> {
  surviveBrokenPipes();
  try {
    // yargs prints help and version itself; taken here instead, so that a full disk or a closed pipe is noticed.
    let printed = '';
    await parser().parseAsync([...argv], {}, (_error, _argv, output) => {
      printed = output;
    });
    if (printed !== '') await print(`${printed}\n`);
  } catch (error) {
    const { code, message } = exitOf(error, argv.includes('--verbose') || argv.includes('--debug'));
    note(message);
    process.exitCode = code;
  }
}

const parser = () =>
  yargs()
    .scriptName('azlb')
    // Unbundled, yargs would speak the user's language; azlb's own words are English.
    .locale('en')
    .usage('azlb: why does this Azure load balancer not send traffic to that machine, and what do I type now?')
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'boolean-negation': false,
    })
    .command(triageCommand)
    .command(listCommand)
    .command(showCommand)
    .command(probesCommand)
    .command(membersCommand)
    .command(findCommand)
    .command(snapshotCommand)
    .command(diffCommand)
    .command(waitCommand)
    .command(planCommand)
    .example('azlb triage -g shop-rg -n web-lb', 'Diagnose one load balancer')
    .example('azlb triage -g shop-rg', 'Every load balancer of a group')
    .epilogue(
      'Exit codes: 0 nothing wrong, 1 problems found, 2 bad usage, 3 no such load balancer, 4 could not ask az, 5 nothing wrong found but not all could be read, 70 a fault of azlb.',
    )
    .version(`azlb ${version}`)
    .alias('version', 'v')
    .help()
    .alias('help', 'h')
    .wrap(100)
    .demandCommand(1, 'Which command? azlb --help lists them.')
    .strict()
    .recommendCommands()
    .showHelpOnFail(false)
    .exitProcess(false)
    .check(checkValues)
    .fail((message, error) => {
      // YError is what yargs throws itself; anything else comes from a command.
      if (error instanceof Error && error.name !== 'YError') throw error;
      throw new UsageError(explained(message ?? error.message));
    });

/** What yargs says of a command line, with what to do about it. */
function explained(message: string): string {
  const needy = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (needy !== undefined) {
    return `${dashed(needy)} needs a value. One that begins with - is given as --OPTION=VALUE.`;
  }
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(', ');
  if (unknown === undefined) return message.replace(/([^.?])$/, '$1.').replace(/\n +/g, ' ');
  // yargs 18 names an option a second time as it spells it itself: resorce-group, resorceGroup.
  const names = unknown.filter((name) => !unknown.some((other) => other !== name && camelCase(other) === name));
  const meant = nearest(names[0] ?? '');
  return `Unknown: ${names.join(', ')}.${meant === undefined ? ' See --help.' : ` Did you mean ${meant}?`}`;
}

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);
const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
