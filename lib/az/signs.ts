import type { AzFailureKind } from './errors.ts';
import type { Stderr } from './stderr.ts';

/** Marks the stderr that live.ts writes for an answer larger than it takes. */
export const tooLarge = 'The answer is larger than azlb takes';
/** Likewise, for one of which the names could only be guessed. */
export const notUtf8 = 'The answer is not in UTF-8';

/** By what a failure is known, and what is to be done then where that is not said of its whole kind. */
export interface Sign {
  readonly kind: AzFailureKind;
  /** Azure's own code. */
  readonly codes?: RegExp;
  /** In az's message. */
  readonly text?: RegExp;
  /** In the traceback that az printed; with `text`, both. */
  readonly traceback?: RegExp;
  /** az prints this as advice, so that it holds below a code that we don't know. */
  readonly below?: true;
  readonly advice?: string | ((stderr: Stderr) => string);
}

const installAgain =
  'Install the Azure CLI again from https://aka.ms/azure-cli; the packages of some distributions lack modules.';
const azFolder = "az's folder (~/.azure, or what AZURE_CONFIG_DIR names)";
const managedIdentity =
  'Give this machine a managed identity and run az login --identity; in Cloud Shell, restart the shell.';
function newSecret({ errorText }: Stderr): string {
  const app = one(errorText, /\bapp(?:lication)? '([\w-]+)'/i) ?? 'APP';
  const tenant = one(errorText, /--tenant "?([\w.-]+)/) ?? 'TENANT';
  return `Make a new secret for the app ${app}, then run az login --service-principal -u ${app} --tenant ${tenant}.`;
}
function brokenExtension({ errorText, traceback }: Stderr): string {
  const name = one(`${errorText}\n${traceback}`, /cliextensions[\\/]+([\w.-]+)/);
  return name === undefined
    ? 'Remove the broken extension: az extension list names them, az extension remove -n NAME, or delete its folder in cliextensions.'
    : `Remove the extension ${name}: az extension remove -n ${name}, or delete its folder in cliextensions.`;
}

// Azure's own code decides where there is one; a text only after no code did. The order matters within each.
/** @internal for its test */
export const signs: readonly Sign[] = [
  // Azure's codes.
  {
    kind: 'subscription-not-found',
    codes: /^InvalidAuthenticationTokenTenant$/,
    advice: ({ errorText }) => {
      const tenant = one(errorText, /must match (?:the|one of the) tenants? 'https?:\/\/[^/']{1,200}\/([\w.-]+)/i);
      return `Sign in to the subscription's own tenant: az login --tenant ${tenant ?? 'TENANT'}.`;
    },
  },
  { kind: 'subscription-not-found', codes: /^(SubscriptionNotFound|InvalidSubscriptionId)$/ },
  {
    kind: 'login-expired',
    codes: /^InvalidAuthenticationTokenAudience$/,
    advice: 'The token is of another cloud: see az cloud show, choose with az cloud set -n NAME, then run az login.',
  },
  {
    kind: 'login-expired',
    codes:
      /^(ExpiredAuthenticationToken|InvalidAuthenticationToken\w*|AuthenticationFailed\w*|TokenCreatedWithOutdatedPolicies|TokenIssuedBeforeRevocationTimestamp)$/,
  },
  {
    kind: 'denied',
    codes: /^DenyAssignmentAuthorizationFailed$/,
    advice: ({ errorText }) => {
      const name = one(errorText, /deny assignment with name '([^']{0,200})'/);
      const action = one(errorText, /perform action '([^']{1,200})'/);
      return `${name === undefined ? 'A deny assignment' : `The deny assignment ${name}`} forbids ${action ?? 'it'}, whatever your role is; ask its owner.`;
    },
  },
  { kind: 'denied', codes: /^ScopeLocked$/, advice: 'A read-only lock refuses this action; see az lock list.' },
  {
    kind: 'denied',
    codes: /^RequestDisallowedByPolicy$/,
    advice: 'A policy refuses it; ask who owns the policy.',
  },
  {
    kind: 'denied',
    codes: /^ReadOnlyDisabledSubscription$/,
    advice: 'The subscription is disabled: its owner must enable it.',
  },
  {
    kind: 'denied',
    codes:
      /^(AuthorizationFailed|LinkedAuthorizationFailed|LinkedAccessCheckFailed|Forbidden|AuthorizationPermissionMismatch)$/,
  },
  // Both come as 429 as well, while something else is written.
  { kind: 'busy', codes: /^(RetryableError|AnotherOperationInProgress)$/ },
  { kind: 'throttled', codes: /^(TooManyRequests|\w+Throttled|ThrottledRequest|RateLimit\w*|429)$/ },
  {
    kind: 'azure-failed',
    codes:
      /^(ServerTimeout|GatewayTimeout|InternalServerError|InternalRetriableError|InternalError|ServiceUnavailable|ServerBusy|BadGateway|50[0234])$/,
  },
  { kind: 'group-not-found', codes: /^ResourceGroupNotFound$/ },
  {
    kind: 'other',
    codes: /^ResourceGroupBeingDeleted$/,
    advice: 'The group is being deleted: look again when it is gone.',
  },
  {
    kind: 'other',
    codes: /^(NoRegisteredProviderFound|InvalidResourceType|InvalidApiVersionParameter)$/,
    advice: 'This cloud does not know the API version that this az asks with: try an older az.',
  },
  {
    kind: 'other',
    codes: /^(MissingSubscriptionRegistration|SubscriptionNotRegistered)$/,
    advice: ({ errorText }) => {
      const namespace = one(errorText, /namespace '([\w.]+)'/) ?? 'Microsoft.Network';
      return `Run az provider register -n ${namespace}.`;
    },
  },
  // A type or API that is not known is a fault of the question, not a resource that is gone.
  {
    kind: 'not-found',
    codes: /^(NotFound|ResourceNotFound|ParentResourceNotFound|(?!SubscriptionNotFound)\w+NotFound)$/,
  },
  // az's messages.
  { kind: 'unreadable', text: new RegExp(`^${tooLarge}`, 'm'), advice: 'Ask for fewer things at once.' },
  {
    kind: 'unreadable',
    text: new RegExp(`^${notUtf8}`, 'm'),
    advice: 'Its names could only be guessed: look what starts az here, since az itself was told to write UTF-8.',
  },
  // No -g, and no default group in az's configuration (2.91).
  { kind: 'refused', text: /Missing required field: --resource-group/ },
  {
    kind: 'broken-install',
    text: /is misspelled or not recognized by the system/,
    advice: 'This az is too old: run az upgrade.',
  },
  { kind: 'broken-install', text: /Expected 1 module to load starting with 'azext_'/, advice: brokenExtension },
  {
    kind: 'broken-install',
    text: /No module named|cannot import name|no attribute/,
    traceback: /[\\/]cliextensions[\\/]/,
    advice: brokenExtension,
  },
  {
    kind: 'broken-install',
    text: /No module named|ModuleNotFoundError|ImportError|cannot import name|bad interpreter|Failed to load python executable|AttributeError: |has no attribute '/,
    advice: installAgain,
  },
  // az processes side by side (azure-cli#20273, #21744): tried once more alone before it is told.
  {
    kind: 'broken-install',
    text: /Permission denied: .{0,400}msal_token_cache\.bin\.lockfile/,
    advice: `Run it again: az processes met at the token cache. If it stays so, make this user the owner of ${azFolder}.`,
  },
  {
    kind: 'broken-install',
    text: /\[Errno (13|30)\]/,
    advice: `Make this user the owner of ${azFolder}, or set AZURE_CONFIG_DIR to a folder that can be written.`,
  },
  { kind: 'broken-install', text: /\[Errno 28\]|No space left on device/, advice: 'Free disk space: az has to write.' },
  {
    kind: 'broken-install',
    text: /configparser\.|File contains no section headers|MissingSectionHeaderError|DuplicateOptionError/,
    advice: `Repair or delete the file config in ${azFolder}.`,
  },
  {
    kind: 'login-expired',
    text: /Decryption failed|-2146893813/,
    advice: `Delete msal_token_cache.bin in ${azFolder}, then run az login.`,
  },
  {
    kind: 'login-expired',
    text: /Expecting value|Extra data|JSONDecodeError/,
    traceback: /[\\/]msal(_extensions)?[\\/]|token_cache/,
    advice: `The token cache is broken: run az account clear, else delete msal_token_cache.* in ${azFolder}; then az login.`,
  },
  // `az network` (2.91) given a page or half an answer where JSON was due.
  { kind: 'unreadable', text: /Expect <class 'dict'>, got |JSONDecodeError|Expecting value: line|DecodeError/ },
  {
    kind: 'not-logged-in',
    text: /Failed to connect to MSI|Identity not found|not a supported MSI token audience|MSI endpoint/,
    advice: managedIdentity,
  },
  {
    kind: 'not-logged-in',
    text: /Could not retrieve credential from local cache for service principal/,
    advice: ({ errorText }) => {
      const app = one(errorText, /service principal ([\w-]+)/) ?? 'APP';
      return `Run az login --service-principal -u ${app} --tenant TENANT.`;
    },
  },
  {
    kind: 'login-expired',
    text: /AADSTS530\d\d\d?\b/,
    advice: 'A policy (conditional access) blocks az here: ask its administrator, or use a managed device.',
  },
  {
    kind: 'login-expired',
    text: /AADSTS65001\b/,
    advice: 'An administrator of the tenant must consent to the application Azure CLI.',
  },
  { kind: 'login-expired', text: /AADSTS(7000222|7000215)\b/, advice: newSecret },
  {
    kind: 'login-expired',
    text: /AADSTS700024\b/,
    advice: 'The federated token of this job is over: sign in again within the job, just before azlb.',
  },
  {
    kind: 'login-expired',
    below: true,
    text: /AADSTS\d+|Interactive authentication is needed|does not exist in MSAL token cache|Can't find token from MSAL cache|interaction_required|^az logout$/m,
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
  {
    kind: 'azure-failed',
    text: /^(Bad Gateway|Service Unavailable|Gateway Time-?out|Internal Server Error)\b|invalid status '(Bad Gateway|Service Unavailable|Gateway Time-?out|Internal Server Error)'/im,
  },
  { kind: 'interrupted', text: /^Keyboard interrupt is captured/m },
  {
    kind: 'unreachable',
    text: /407 Proxy Authentication Required/,
    advice: 'The proxy asks for a login: HTTPS_PROXY needs its user and password.',
  },
  {
    kind: 'unreachable',
    text: /Max retries exceeded with url|Failed to establish a new connection|Connection aborted|Connection broken|Connection reset|Cannot connect to proxy|connect timeout=|ConnectTimeout|EOF occurred in violation|IncompleteRead|Failed to resolve|Name or service not known|Certificate verification failed|CERTIFICATE_VERIFY_FAILED|getaddrinfo failed|Read timed out/i,
  },
  // Azure answers in JSON: a page is somebody else's, whatever its status says.
  {
    kind: 'unreadable',
    text: /^[A-Z][\w' -]{0,40}\(\s*<(!doctype|html)|\bContent: ?<(!doctype|html)/im,
    advice: 'A proxy answered in place of Azure: let it pass management.azure.com, or choose another with HTTPS_PROXY.',
  },
  { kind: 'denied', text: /^Forbidden\b|invalid status 'Forbidden'/m },
];

/** The sign that fits what az wrote, if one does. */
export function signOf(stderr: Stderr): Sign | undefined {
  const { code, errorText, below, traceback } = stderr;
  if (code !== undefined) {
    const known = signs.find(({ codes }) => codes?.test(code));
    // A code that says something else stands: its message may quote anything. What az itself prints below it counts.
    return known ?? signs.find((sign) => sign.below && sign.text?.test(below));
  }
  return signs.find(
    ({ text, traceback: trace }) => text?.test(errorText) && (trace === undefined || trace.test(traceback)),
  );
}

function one(text: string, pattern: RegExp): string | undefined {
  return pattern.exec(text)?.[1];
}
