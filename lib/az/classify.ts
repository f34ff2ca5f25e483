import { bashQuoted } from './bash.ts';
import type { Call } from './call.ts';
import type { AzFailure, AzFailureKind } from './errors.ts';
import { isTooDeep, parsed } from './json.ts';
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
  const kind = kindOf(stderr, call);
  const action = kind === 'denied' ? refusedAction(stderr.errorText) : undefined;
  const missing = kind === 'not-found' || kind === 'group-not-found' ? missingName(stderr.errorText) : undefined;
  const retryAfter = kind === 'throttled' ? secondsToWait(call) : undefined;
  return {
    kind,
    command,
    firstLine: stderr.firstLine || `az ended with exit code ${call.exitCode} and no message.`,
    advice: advice(kind, stderr, action, retryAfter),
    detail: call.stderr,
    ...(action === undefined ? {} : { action }),
    ...(missing === undefined ? {} : { missing }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

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

/** Marks the stderr that live.ts writes for an answer larger than it takes. */
export const tooLarge = 'The answer is larger than azlb takes';

interface Sign {
  readonly kind: AzFailureKind;
  readonly codes?: RegExp;
  readonly text?: RegExp;
}

// Azure's own code decides where there is one; a text only after no code did. The order matters within each.
const signs: readonly Sign[] = [
  { kind: 'unreadable', text: new RegExp(`^${tooLarge}`, 'm') },
  // No -g, and no default group in az's configuration (2.91).
  { kind: 'refused', text: /Missing required field: --resource-group/ },
  // `az network` (2.91) given a page or half an answer where JSON was due.
  { kind: 'unreadable', text: /Expect <class 'dict'>, got |JSONDecodeError|Expecting value: line|DecodeError/ },
  {
    kind: 'subscription-not-found',
    codes: /^(SubscriptionNotFound|InvalidSubscriptionId|InvalidAuthenticationTokenTenant)$/,
  },
  {
    kind: 'login-expired',
    codes: /^(ExpiredAuthenticationToken|InvalidAuthenticationToken\w*|AuthenticationFailed\w*)$/,
  },
  {
    kind: 'denied',
    codes:
      /^(AuthorizationFailed|LinkedAuthorizationFailed|LinkedAccessCheckFailed|Forbidden|ScopeLocked|RequestDisallowedByPolicy|DenyAssignmentAuthorizationFailed|AuthorizationPermissionMismatch)$/,
  },
  { kind: 'throttled', codes: /^(TooManyRequests|\w+Throttled|ThrottledRequest|RateLimit\w*|429)$/ },
  { kind: 'group-not-found', codes: /^ResourceGroupNotFound$/ },
  // A type or API that is not known is a fault of the question, not a resource that is gone.
  {
    kind: 'not-found',
    codes: /^(NotFound|ResourceNotFound|ParentResourceNotFound|(?!SubscriptionNotFound)\w+NotFound)$/,
  },
  {
    kind: 'broken-install',
    text: /No module named|ModuleNotFoundError|ImportError|cannot import name|bad interpreter|Failed to load python executable/,
  },
  {
    kind: 'login-expired',
    text: /AADSTS\d+|Interactive authentication is needed|does not exist in MSAL token cache|Can't find token from MSAL cache|interaction_required/,
  },
  { kind: 'not-logged-in', text: /Please run '?"?az login/ },
  // 2.91.0: "Subscription 'x' not found. Check the spelling and casing and try again."; older: "doesn't exist in cloud".
  {
    kind: 'subscription-not-found',
    text: /Subscription '[^']*' not found\.|No subscription found\.|The subscription of '[^']*' doesn't exist in cloud/i,
  },
  {
    kind: 'denied',
    text: /does not have (authorization|permission) to perform action|cannot perform \w+ operation because following scope\(s\) are locked/,
  },
  { kind: 'throttled', text: /^Too Many Requests\b|\bTooManyRequests\b|invalid status 'Too Many Requests'/m },
  { kind: 'interrupted', text: /^Keyboard interrupt is captured/m },
  {
    kind: 'unreachable',
    text: /Max retries exceeded with url|Failed to establish a new connection|Connection aborted|Connection broken|IncompleteRead|Failed to resolve|Name or service not known|Certificate verification failed|CERTIFICATE_VERIFY_FAILED|getaddrinfo failed|Read timed out/i,
  },
  { kind: 'denied', text: /^Forbidden\b|invalid status 'Forbidden'/m },
];

function kindOf(stderr: Stderr, call: Call): AzFailureKind {
  const { code } = stderr;
  const byCode = code === undefined ? undefined : signs.find((sign) => sign.codes?.test(code));
  if (byCode) return byCode.kind;
  // A code that says something else stands: its message may quote anything.
  const byText = code === undefined ? signs.find((sign) => sign.text?.test(stderr.errorText)) : undefined;
  if (byText) return byText.kind;
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

function advice(
  kind: AzFailureKind,
  stderr: Stderr,
  action: string | undefined,
  retryAfter: number | undefined,
): string {
  switch (kind) {
    case 'not-installed':
      return 'Install the Azure CLI: https://aka.ms/azure-cli.';
    case 'broken-install':
      return 'Install the Azure CLI again from https://aka.ms/azure-cli; the packages of some distributions lack modules.';
    case 'not-logged-in':
      return 'Run az login.';
    case 'login-expired':
      return `Run ${suggestedLogin(stderr.errorText) ?? 'az login'}.`;
    case 'subscription-not-found':
      return stderr.code === 'InvalidAuthenticationTokenTenant'
        ? "Sign in to the subscription's own tenant: az login --tenant TENANT."
        : 'Check --subscription against az account list --all, or run az account set.';
    case 'denied':
      if (stderr.code === 'ScopeLocked') return 'A read-only lock refuses this action; see az lock list.';
      if (stderr.code === 'RequestDisallowedByPolicy') return 'A policy refuses it; ask who owns the policy.';
      return action ? `Ask for the action ${action}.` : 'Ask for a role that allows this command.';
    case 'group-not-found':
      return 'Check --resource-group and --subscription.';
    case 'not-found':
      return 'Check the name, the resource group and the subscription.';
    case 'throttled':
      return retryAfter === undefined ? 'Wait a minute and run it again.' : `Run it again in ${retryAfter} s.`;
    case 'unreachable':
      return 'Check the network, the proxy (HTTPS_PROXY) and its certificate (REQUESTS_CA_BUNDLE).';
    case 'unreadable':
      if (stderr.errorText.startsWith(tooLarge)) return 'Ask for fewer things at once.';
      return 'The answer was no JSON: look for a proxy or a sign-in portal between here and Azure, and run it again.';
    case 'refused':
      return 'Give -g/--resource-group, or set a default with az config set defaults.group=GROUP.';
    case 'interrupted':
      return 'Run it again.';
    default:
      return 'Run the command by hand with --debug to see more.';
  }
}

// az prints the login that fits (tenant, scope) on a line of its own.
function suggestedLogin(text: string): string | undefined {
  return /^[ \t]*(az login [^\r\n`]+)\r?$/m.exec(text)?.[1]?.trimEnd();
}
