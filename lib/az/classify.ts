import { bashQuoted } from '../shell/bash.ts';
import type { Call } from './call.ts';
import type { AzFailure, AzFailureKind } from './errors.ts';
import { isTooDeep, parsed } from './json.ts';
import { type Sign, signOf } from './signs.ts';
import { readStderr, type Stderr } from './stderr.ts';
import { exchange } from './verbose.ts';

/** An answer may be large, and several ask about the same call. */
const classified = new WeakMap<Call, { readonly failure: AzFailure | undefined }>();

/**
 * Why this call gave no answer, or nothing if it gave one: exit 0 with JSON or with nothing (a pending `az rest`).
 * That the answer is the one asked for is not looked at here.
 */
export function classify(call: Call): AzFailure | undefined {
  const known = classified.get(call);
  if (known) return known.failure;
  const failure = failureOf(call);
  classified.set(call, { failure });
  return failure;
}

function failureOf(call: Call): AzFailure | undefined {
  const command = commandLine(call);
  if (call.timeUp !== undefined) {
    return {
      kind: 'time-up',
      command,
      firstLine: `Time was up after ${timeText(call.timeUp)}.`,
      advice: 'Give more time with --timeout.',
      detail: call.stderr,
    };
  }
  if (call.timedOut) {
    return {
      kind: 'timed-out',
      command,
      firstLine: `No answer within ${Math.round(call.seconds)} s.`,
      advice: 'Run it by hand to see where it hangs, or give it more time with --timeout.',
      detail: call.stderr,
    };
  }
  if (call.exitCode === 0) return isReadable(call.stdout) ? undefined : unreadable(call, command);
  const stderr = readStderr(call.stderr);
  const sign = signOf(stderr);
  const kind = kindOf(sign, call);
  const action = kind === 'denied' ? refusedAction(stderr.errorText) : undefined;
  const missing = kind === 'not-found' || kind === 'group-not-found' ? missingName(stderr.errorText) : undefined;
  const retryAfter = kind === 'throttled' ? secondsToWait(call) : undefined;
  return {
    kind,
    command,
    ...(stderr.firstLine === '' && wasKilled(call)
      ? killed
      : {
          ...(stderr.firstLine === '' && { isSilent: true }),
          firstLine: stderr.firstLine || `az ended with exit code ${call.exitCode} and no message.`,
          advice: adviceOf(kind, { sign, stderr, action, retryAfter }),
        }),
    detail: call.stderr,
    ...(action === undefined ? {} : { action }),
    ...(missing === undefined ? {} : { missing }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

/** By the kernel as a rule, when there is no memory left. */
function wasKilled({ exitCode }: Call): boolean {
  return exitCode === 137;
}

const killed = {
  kind: 'broken-install',
  firstLine: 'az was killed, and said nothing.',
  advice: 'Look whether this machine has run out of memory, and run it again.',
} as const;

function timeText(seconds: number): string {
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** The command line of a call, or of a question not asked yet. */
export function commandLine(call: { readonly argv: readonly string[] }): string {
  return bashQuoted(['az', ...call.argv]);
}

function isReadable(stdout: string): boolean {
  if (stdout.trim() === '') return true;
  return parsed(stdout) !== undefined;
}

function unreadable(call: Call, command: string): AzFailure {
  if (isTooDeep(call.stdout)) {
    const firstLine = 'The answer is nested deeper than any of Azure.';
    return { kind: 'unreadable', command, firstLine, advice: 'Run it by hand to see its answer.', detail: call.stderr };
  }
  const isPage = /^\s*<(!doctype|html|head|body|\?xml)/i.test(call.stdout);
  return {
    kind: 'unreadable',
    command,
    firstLine: isPage ? 'A web page came instead of JSON.' : 'The answer is not JSON, it may be cut off.',
    advice: isPage ? 'Look for a proxy or a sign-in portal between here and Azure.' : 'Run it again.',
    detail: call.stderr,
  };
}

function kindOf(sign: Sign | undefined, call: Call): AzFailureKind {
  if (sign) return sign.kind;
  // The shell's own codes for "cannot execute" and "not found": az is a script whose interpreter is gone.
  return call.exitCode === 126 || call.exitCode === 127 ? 'broken-install' : 'other';
}

// LinkedAuthorizationFailed names two actions: the one that is allowed, then the one that is not.
function refusedAction(text: string): string | undefined {
  const denied = /not have (?:authorization|permission)(?:\(s\))? to perform action(?:\(s\))? '([^']+)'/.exec(text);
  return denied?.[1];
}

function missingName(text: string): string | undefined {
  return (
    /[Rr]esource group '([^']+)' could not be found/.exec(text)?.[1] ??
    /[Rr]esource '?(\/subscriptions\/[^\s']+?)'? (?:was )?not found/.exec(text)?.[1] ??
    /Resource '([^']+)'(?: under resource group '[^']+')? was not found/.exec(text)?.[1]
  );
}

function secondsToWait(call: Call): number | undefined {
  const header = exchange(call.stderr).retryAfter;
  if (header !== undefined) return header;
  const told = /(?:try again|retry) after '?(\d+)'? ?(?:seconds|s\b)/i.exec(call.stderr)?.[1];
  return told === undefined ? undefined : Number(told);
}

interface About {
  readonly sign: Sign | undefined;
  readonly stderr: Stderr;
  readonly action: string | undefined;
  readonly retryAfter: number | undefined;
}

function adviceOf(kind: AzFailureKind, { sign, stderr, action, retryAfter }: About): string {
  if (sign?.advice !== undefined) return typeof sign.advice === 'string' ? sign.advice : sign.advice(stderr);
  switch (kind) {
    case 'not-installed':
      return 'Install the Azure CLI: https://aka.ms/azure-cli.';
    case 'broken-install':
      return 'Install the Azure CLI again from https://aka.ms/azure-cli; the packages of some distributions lack modules.';
    case 'not-logged-in':
      return 'Run az login.';
    case 'login-expired':
      return loginAdvice(stderr);
    case 'subscription-not-found':
      return 'Check --subscription against az account list --all, or run az account set.';
    case 'denied':
      return action ? `Ask for the action ${action}.` : 'Ask for a role that allows this command.';
    case 'group-not-found':
      return 'Check --resource-group and --subscription.';
    case 'not-found':
      return 'Check the name, the resource group and the subscription.';
    case 'throttled':
      return retryAfter === undefined ? 'Wait a minute and run it again.' : `Run it again in ${retryAfter} s.`;
    case 'azure-failed':
      return 'Azure failed: run it again in a minute.';
    case 'busy':
      return 'A change is in progress there: run it again when it is done.';
    case 'unreachable':
      return 'Check the network, the proxy (HTTPS_PROXY) and its certificate (REQUESTS_CA_BUNDLE).';
    case 'unreadable':
      return 'The answer was no JSON: look for a proxy or a sign-in portal between here and Azure, and run it again.';
    case 'refused':
      return 'Give -g/--resource-group, or set a default with az config set defaults.group=GROUP.';
    case 'interrupted':
      return 'Run it again.';
    default:
      return 'Run the command by hand with --debug to see more.';
  }
}

/** az prints the login that fits (tenant, scope, claims), and before it the logout that empties its token cache. */
function loginAdvice({ told }: Stderr): string {
  const login = suggestedLogin(told) ?? 'az login';
  return /^[ \t]*az logout[ \t]*\r?$/m.test(told) ? `Run az logout, then ${login}.` : `Run ${login}.`;
}

function suggestedLogin(text: string): string | undefined {
  return /^[ \t]*(az login [^\r\n`]+)\r?$/m.exec(text)?.[1]?.trimEnd();
}

/** A login is asked for, and az, told to print errors only, did not say which. */
export function lacksLogin(call: Call): boolean {
  if (classify(call)?.kind !== 'login-expired') return false;
  const stderr = readStderr(call.stderr);
  if (!/AADSTS\d+|challenge/i.test(stderr.errorText)) return false;
  return signOf(stderr)?.advice === undefined && suggestedLogin(stderr.told) === undefined;
}
