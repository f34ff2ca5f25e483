import type { CommandModule } from 'yargs';
import { planFixCommand } from './plan/fix.ts';

export const planCommand = {
  command: 'plan <kind>',
  describe: 'What to type to change something: look, back up, change, check, and the way back',
  builder: (yargs) =>
    yargs
      .command(planFixCommand)
      .demandCommand(1, 'Which plan? azlb plan --help lists them.')
      .example('azlb plan fix -g shop-rg -n web-lb', 'Mend what triage names as cause'),
  handler: () => undefined,
} as const satisfies CommandModule;
