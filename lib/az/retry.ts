import type { Call } from './call.ts';
import { classify } from './classify.ts';

export interface Retry {
  readonly afterSeconds: number;
  readonly alone: boolean;
}

const waitsWithoutHeader: readonly number[] = [5, 10, 20];

/** Whether asking again can help, how long to wait and whether nothing else may run meanwhile. `tries` counts those made. */
export function retry(call: Call, tries: number, ranAlone: boolean): Retry | undefined {
  if (call.exitCode === 0 || call.timedOut) return undefined;
  // az processes side by side can lose each other's token (azure-cli#20273, #21744); alone, the text means what it says.
  if (tries === 1 && !ranAlone && isCollision(call)) return { afterSeconds: 0, alone: true };
  // `az network …` sleeps through a 429 by itself, up to ten times; `az rest` gives up at once.
  const fallback = waitsWithoutHeader[tries - 1];
  if (call.argv[0] !== 'rest' || fallback === undefined) return undefined;
  const failure = classify(call);
  if (failure?.kind === 'throttled') return { afterSeconds: failure.retryAfter ?? fallback, alone: false };
  // Typed commands try these again by themselves.
  const mayPass = failure !== undefined && ['azure-failed', 'busy', 'unreachable'].includes(failure.kind);
  return mayPass && tries === 1 ? { afterSeconds: 5, alone: false } : undefined;
}

// Looks at tracebacks too: a lock error is a Python exception, and one try more does no harm.
function isCollision(call: Call): boolean {
  return /does not exist in MSAL token cache|Can't find token from MSAL cache|CrossPlatLock|LockError|LockException|PersistenceError|Permission denied: .{0,400}msal_token_cache\.bin\.lockfile/.test(
    call.stderr,
  );
}
