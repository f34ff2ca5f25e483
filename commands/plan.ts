import type { CommandModule } from 'yargs';
import { planAddCommand } from './plan/add.ts';
import { planDrainCommand } from './plan/drain.ts';
import { planFixCommand } from './plan/fix.ts';
import { planRemoveCommand } from './plan/remove.ts';
import { planSwapCommand } from './plan/swap.ts';

export const planCommand = {
  command: 'plan <kind>',
  describe: 'What to type to change something: look, back up, change, check, and the way back',
  builder: (yargs) =>
    yargs
      .command(planFixCommand)
      .command(planDrainCommand)
      .command(planAddCommand)
      .command(planRemoveCommand)
      .command(planSwapCommand)
      .demandCommand(1, 'Which plan? azlb plan --help lists them.')
      .example('azlb plan fix -g shop-rg -n web-lb', 'Mend what triage names as cause')
      .example('azlb plan drain web-2 -g shop-rg -n web-lb', 'Take a machine out of service, and back')
      .example('azlb plan swap --from blue --to green -g shop-rg -n web-lb', 'Another pool takes over, and back'),
  handler: () => undefined,
} as const satisfies CommandModule;
