import yoctoSpinner from 'yocto-spinner';
import { atEnd, isInterrupted } from '../../lib/az/endings.ts';

export interface Spinner {
  readonly isSpinning: () => boolean;
  readonly start: () => void;
  readonly say: (text: string) => void;
  readonly stop: () => void;
}

/** Shows that something goes on. Whatever ends us, the cursor that it hides comes back. */
export function spinner(text: string): Spinner {
  // Signals are left to whoever runs az, so that its processes end too.
  const spun = yoctoSpinner({ text, handleSignals: false });
  let forget = (): void => {};
  return {
    isSpinning: () => spun.isSpinning,
    start: () => {
      // What is interrupted has nothing more to show.
      if (spun.isSpinning || isInterrupted()) return;
      forget = atEnd({ atOnce: () => spun.stop() });
      spun.start();
    },
    say: (said) => {
      if (spun.isSpinning) spun.text = said;
    },
    stop: () => {
      spun.stop();
      forget();
    },
  };
}
