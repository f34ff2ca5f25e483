import type { Az as AnyAz } from '../az/call.ts';
import type { LiveOptions } from '../az/live.ts';
import { readOnly } from '../az/read-only.ts';
import type { Replay } from '../recording/replay.ts';
import type { Az } from './interface.ts';
import { misuse, telling } from './telling.ts';

/** An az that was opened for one diagnosis, and what is recorded of it. */
interface Opened {
  readonly az: AnyAz;
  readonly recording?: Replay;
}

type Open = (limits: LiveOptions) => Promise<Opened>;

const openings = new WeakMap<object, Open>();

/** The one way out for an az: by itself it reads, and so does whatever is made of it here. */
export function handedOut(open: Open): Az {
  const opening: Open = async (limits) => {
    const opened = await open(limits);
    return { ...opened, az: readOnly(opened.az) };
  };
  let own: Promise<Opened> | undefined;
  const az: Az = {
    run: (given) =>
      telling(async () => {
        // A copy: what is judged to read is what is run.
        const argv: readonly unknown[] = Array.isArray(given) ? [...given] : [];
        if (argv.length === 0 || !argv.every((word) => typeof word === 'string')) {
          throw misuse("run needs the words of a command, as in ['network', 'lb', 'list'].");
        }
        own ??= opening({});
        const { exitCode, stdout, stderr, seconds } = await (await own).az.run(argv);
        return { argv, exitCode, stdout, stderr, seconds };
      }),
  };
  openings.set(az, opening);
  return Object.freeze(az);
}

/** Opens an az of `liveAz` or `replayAz`; each diagnosis has limits, and answers, of its own. */
export function opened(az: Az, limits: LiveOptions): Promise<Opened> {
  const open = openings.get(az);
  if (open === undefined) throw misuse('triage needs an az: liveAz(), or replayAz(folder).');
  return open(limits);
}
