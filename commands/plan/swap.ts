import type { CommandModule, InferredOptionTypes } from 'yargs';
import { asker } from '../../lib/collect/rounds.ts';
import { expectationOf } from '../../lib/expect/match.ts';
import { planSwap } from '../../lib/plan/swap/swap.ts';
import { examine } from '../../lib/triage/triage.ts';
import { guardedPlan } from '../support/guarded-plan.ts';
import { planOptions, targetOptions } from '../support/options.ts';
import { planning } from '../support/planning.ts';
import { leastHealthy, poolsSwapped, swapOptions } from '../support/swap-options.ts';

const options = {
  ...targetOptions,
  ...swapOptions,
  ...planOptions,
} as const;

export const planSwapCommand = {
  command: 'swap',
  describe: 'Send the traffic of one pool to another that is tried first (blue-green), and back',
  builder: options,
  handler: (argv) => {
    const minHealthy = leastHealthy(argv.minHealthy);
    return planning(argv, async (az, target, how, { masked, expectations }) => {
      const examined = await examine(az, target, how);
      const { loadBalancer } = examined.topology;
      const ask = asker({ az, isBeyondDiagnosis: true });
      const { drawn, evidence } = await planSwap(ask, examined, {
        ...poolsSwapped(loadBalancer, masked(argv.from), masked(argv.to)),
        minHealthy,
        expectation: expectationOf(expectations)(loadBalancer),
      });
      return guardedPlan(az, drawn, { ...examined, evidence });
    });
  },
} as const satisfies CommandModule<object, InferredOptionTypes<typeof options>>;
