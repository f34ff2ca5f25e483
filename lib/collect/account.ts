import type { AskedCall } from '../../schemas/diagnosis.generated.ts';
import type { Az, Call } from '../az/call.ts';
import { classify, commandLine } from '../az/classify.ts';

/** Keeps an account of every az process. */
export function accounted(az: Az): { readonly az: Az; readonly calls: readonly AskedCall[] } {
  const calls: AskedCall[] = [];
  const account = (call: Call): void => {
    const failure = classify(call);
    calls.push({
      command: commandLine(call),
      status: failure?.kind === 'time-up' && call.seconds === 0 ? 'skipped' : failure ? 'failed' : 'read',
      because: failure ? failure.firstLine : null,
      seconds: Math.round(call.seconds * 100) / 100,
    });
  };
  const run: Az['run'] = async (argv, options) => {
    const call = await az.run(argv, options);
    account(call);
    return call;
  };
  return { az: { run }, calls };
}
