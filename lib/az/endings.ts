import { type EndingSignal, endingSignals, exitCodeOf } from './signals.ts';

/** What must be put right when the process ends: a signal or an exit would leave it as it is. */
export interface Ending {
  /** On exit, and when a signal comes unless `gently` is there. It can't wait for anything. */
  readonly atOnce: () => void;
  /** When a signal comes: what takes a moment, which our own end waits for. */
  readonly gently?: () => Promise<void>;
}

const endings = new Set<Ending>();
let listening = false;
let interrupted = false;

/** True from the moment a signal asked us to stop: nothing may be started then. */
export function isInterrupted(): boolean {
  return interrupted;
}

/** Registers what to put right at an end; what is returned takes it back. */
export function atEnd(ending: Ending): () => void {
  endings.add(ending);
  listen();
  return () => {
    endings.delete(ending);
    // A signal that came while nothing else could run is heard at the next turn; without a listener it would be lost.
    setImmediate(() => setImmediate(stopUnlessNeeded));
  };
}

function listen(): void {
  if (listening) return;
  listening = true;
  for (const signal of endingSignals) process.on(signal, onSignal);
  process.on('exit', onExit);
}

function stopUnlessNeeded(): void {
  if (!listening || endings.size > 0 || interrupted) return;
  listening = false;
  for (const signal of endingSignals) process.off(signal, onSignal);
  process.off('exit', onExit);
}

/** az's processes are in groups of their own and hear no Ctrl-C: we pass it on, and then die of it ourselves. */
async function onSignal(signal: EndingSignal): Promise<void> {
  if (interrupted) return;
  interrupted = true;
  putRight();
  await Promise.all([...endings].map(({ gently }) => gently?.()));
  // Something may have been begun meanwhile.
  putRight();
  for (const name of endingSignals) process.off(name, onSignal);
  // Whoever else listens decides how to end; alone, we die of the signal so that a calling shell sees it.
  if (process.listenerCount(signal) > 0) return;
  // There are no signals on Windows: it would end with 1, which means problems found.
  if (process.platform === 'win32') process.exit(exitCodeOf(signal));
  process.kill(process.pid, signal);
}

function putRight(): void {
  for (const ending of endings) if (ending.gently === undefined) ending.atOnce();
}

function onExit(): void {
  for (const { atOnce } of endings) atOnce();
}
