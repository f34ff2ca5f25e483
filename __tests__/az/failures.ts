import type { AzFailureKind } from '../../lib/az/errors.ts';

/** One way in which az fails, as it prints it, and what is told of it. */
export interface Failure {
  readonly name: string;
  readonly stderr: string;
  readonly exitCode?: number;
  readonly kind: AzFailureKind;
  /** In what is said, message and advice together; a text of several words is looked for as it is. */
  readonly says: readonly string[];
  readonly never?: readonly string[];
}

const rest = (reason: string, code: string, message: string): string =>
  `ERROR: ${reason}(${JSON.stringify({ error: { code, message } })})\n`;
const network = (code: string, message: string): string =>
  `ERROR: (${code}) ${message}\nCode: ${code}\nMessage: ${message}\n`;
const aad = (text: string, below = ''): string =>
  `ERROR: ${text} Trace ID: 23138fe7-e03f-4be2-b22d-4b1b6a3a2c00 Correlation ID: 9a0b Timestamp: 2026-11-25 05:00:00Z\n${below}`;
const unexpected = (message: string, trace: string, exception: string): string =>
  `ERROR: The command failed with an unexpected error. Here is the traceback:\nERROR: ${message}\nTraceback (most recent call last):\n${trace}${exception}\nTo check existing issues, please visit: https://github.com/Azure/azure-cli/issues\n`;
/** az could not even begin: Python prints it, without `ERROR:`. */
const bare = (trace: string, exception: string): string => `Traceback (most recent call last):\n${trace}${exception}\n`;
const frame = (file: string): string =>
  `  File "${file}", line 231, in invoke\n    cmd_result = self.invocation.execute(args)\n`;
const core = frame('/opt/az/lib/python3.11/site-packages/knack/cli.py');
const msal = frame('/opt/az/lib/python3.11/site-packages/msal_extensions/token_cache.py');
const extension = frame('/home/me/.azure/cliextensions/azure-devops/azext_devops/__init__.py');
const again =
  'Run the command below to authenticate interactively; additional arguments may be added as needed:\naz logout\naz login --tenant "72f9" --scope "https://management.core.windows.net//.default"\n';
const challenge = again.replace(/\n$/, ' --claims-challenge "eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="\n');
const noNetwork = (why: string): string =>
  unexpected(
    `HTTPSConnectionPool(host='management.azure.com', port=443): Max retries exceeded with url: /subscriptions (Caused by ${why})`,
    core,
    'requests.exceptions.ConnectionError: HTTPSConnectionPool',
  );
const openIssue = 'Run the command by hand with --debug';

export const failures: readonly Failure[] = [
  // Signing in.
  {
    name: 'session revoked, with the command that az prints below the code',
    stderr: `${network('TokenCreatedWithOutdatedPolicies', 'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenCreatedWithOutdatedPolicies')}${again}`,
    kind: 'login-expired',
    says: ['Run az logout, then az login --tenant "72f9"'],
  },
  {
    name: 'session revoked, as az rest says it',
    stderr: `${rest('Unauthorized', 'TokenIssuedBeforeRevocationTimestamp', 'Continuous access evaluation resulted in challenge')}Interactive authentication is needed. Please run:\naz logout\naz login\n`,
    kind: 'login-expired',
    says: ['Run az logout, then az login.'],
  },
  {
    name: 'a code that nobody knows, with a login below it',
    stderr: `${rest('Unauthorized', 'SomethingNewlyRevoked', 'no')}Interactive authentication is needed. Please run:\naz logout\naz login\n`,
    kind: 'login-expired',
    says: ['Run az logout, then az login.'],
  },
  {
    name: 'a code that nobody knows, whose message quotes a login',
    stderr: network('InvalidParameter', "'AADSTS50076: az login' is no name"),
    kind: 'other',
    says: [openIssue],
    never: ['Run az login'],
  },
  {
    name: 'a claims challenge: the login is a warning',
    stderr: `WARNING: ${challenge}${aad('AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token is needed.')}`,
    kind: 'login-expired',
    says: ['Run az logout, then az login --tenant "72f9"', '--claims-challenge "eyJhY2Nlc3NfdG9rZW4iOnt9fQ=="'],
  },
  ...[
    'AADSTS53003: Access has been blocked by Conditional Access policies.',
    'AADSTS530084: Access has been blocked by conditional access token protection policy.',
  ].map(
    (text): Failure => ({
      name: text.slice(0, 12),
      stderr: aad(text, again),
      kind: 'login-expired',
      says: ['A policy', 'administrator', 'managed device'],
      never: ['Run az log'],
    }),
  ),
  {
    name: 'no consent',
    stderr: aad(
      "AADSTS65001: The user or administrator has not consented to use the application with ID '04b07795' named 'Microsoft Azure CLI'.",
      again,
    ),
    kind: 'login-expired',
    says: ['An administrator', 'consent', 'Azure CLI'],
  },
  {
    name: 'secret expired',
    stderr: aad("AADSTS7000222: The provided client secret keys for app '11112222-aaaa' are expired.", again),
    kind: 'login-expired',
    says: ['new secret for the app 11112222-aaaa', 'az login --service-principal -u 11112222-aaaa --tenant 72f9'],
  },
  {
    name: 'secret wrong',
    stderr: aad(
      "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '11112222-aaaa'.",
      'The error may be caused by passing a service principal certificate with --password.\n',
    ),
    kind: 'login-expired',
    says: ['new secret for the app 11112222-aaaa', '--tenant TENANT'],
  },
  {
    name: 'federated token over',
    stderr: aad('AADSTS700024: Client assertion is not within its valid time range.', again),
    kind: 'login-expired',
    says: ['sign in again within the job'],
  },
  {
    name: 'service principal not in the cache',
    stderr:
      'ERROR: Could not retrieve credential from local cache for service principal 11112222-aaaa. Run `az login` for this service principal.\n',
    kind: 'not-logged-in',
    says: ['az login --service-principal -u 11112222-aaaa'],
    never: ['Run `az login`'],
  },
  {
    name: 'no identity: time-out',
    stderr:
      "ERROR: Failed to connect to MSI. Please make sure MSI is configured correctly and check the network connection.\nError detail: HTTPConnectionPool(host='169.254.169.254', port=80): Max retries exceeded with url: /metadata/identity/oauth2/token (Caused by ConnectTimeoutError('timed out'))\n",
    kind: 'not-logged-in',
    says: ['managed identity', 'az login --identity'],
    never: ['HTTPS_PROXY'],
  },
  {
    name: 'no identity: 400',
    stderr:
      'ERROR: Failed to connect to MSI. Please make sure MSI is configured correctly.\nGet Token request returned http error: 400, reason: Bad Request\n',
    kind: 'not-logged-in',
    says: ['managed identity', 'Cloud Shell'],
  },
  {
    name: 'no such identity',
    stderr: "ERROR: {'error': 'invalid_request', 'error_description': 'Identity not found'}\n",
    kind: 'not-logged-in',
    says: ['managed identity'],
  },
  {
    name: 'Cloud Shell, an audience',
    stderr:
      "WARNING: A Cloud Shell credential problem occurred. When you report the issue with the error below, please mention the hostname 'cc'\nERROR: Audience https://management.core.windows.net/ is not a supported MSI token audience.\n",
    kind: 'not-logged-in',
    says: ['in Cloud Shell, restart'],
  },
  {
    name: "another tenant's token",
    stderr: network(
      'InvalidAuthenticationTokenTenant',
      "The access token is from the wrong issuer 'https://sts.windows.net/aaaa-1111/'. It must match the tenant 'https://sts.windows.net/bbbb-2222/' associated with this subscription. Please use the authority (URL) 'https://login.windows.net/bbbb-2222' to get the token.",
    ),
    kind: 'subscription-not-found',
    says: ['az login --tenant bbbb-2222'],
  },
  {
    name: "another cloud's token",
    stderr: network(
      'InvalidAuthenticationTokenAudience',
      "The access token has been obtained for wrong audience or resource 'https://management.core.usgovcloudapi.net'.",
    ),
    kind: 'login-expired',
    says: ['az cloud show', 'az cloud set -n NAME', 'az login'],
  },
  {
    name: 'no message twice',
    stderr: "ERROR: Please run 'az login' to setup account.\n",
    kind: 'not-logged-in',
    says: ['Run az login.'],
    never: ['Please run'],
  },
  {
    name: 'cache miss',
    stderr: "ERROR: User 'me@shop.example' does not exist in MSAL token cache. Run `az login`.\n",
    kind: 'login-expired',
    says: ["User 'me@shop.example' does not exist in MSAL token cache. Run az login."],
    never: ['`'],
  },
  // What Azure says.
  {
    name: 'an API version that the cloud lacks',
    stderr: network(
      'NoRegisteredProviderFound',
      "No registered resource provider found for location 'x' and API version '2025-07-01' for type 'loadBalancers'.",
    ),
    kind: 'other',
    says: ['API version', 'an older az'],
  },
  {
    name: 'a type that the cloud lacks',
    stderr: rest(
      'Not Found',
      'InvalidResourceType',
      "The resource type could not be found in the namespace 'Microsoft.Network' for api version '2025-07-01'.",
    ),
    kind: 'other',
    says: ['an older az'],
  },
  {
    name: 'provider off',
    stderr: network(
      'MissingSubscriptionRegistration',
      "The subscription is not registered to use namespace 'Microsoft.Network'. See https://aka.ms/rps-not-found for how to register subscriptions.",
    ),
    kind: 'other',
    says: ['az provider register -n Microsoft.Network.'],
  },
  {
    name: 'provider off, by another name',
    stderr: rest('Conflict', 'SubscriptionNotRegistered', 'Subscription is not registered.'),
    kind: 'other',
    says: ['az provider register -n Microsoft.Network.'],
  },
  {
    name: 'subscription disabled',
    stderr: rest(
      'Conflict',
      'ReadOnlyDisabledSubscription',
      "The subscription '0a' is disabled and therefore marked as read only.",
    ),
    kind: 'denied',
    says: ['disabled', 'its owner must enable it'],
  },
  {
    name: 'deny assignment',
    stderr: rest(
      'Forbidden',
      'DenyAssignmentAuthorizationFailed',
      "The client 'me' with object id '1' has permission to perform action 'Microsoft.Network/loadBalancers/loadBalancingRules/health/action' on scope 'x'; however, the access is denied because of the deny assignment with name 'Managed by shop' and Id '2' at scope 'y'.",
    ),
    kind: 'denied',
    says: [
      'The deny assignment Managed by shop forbids Microsoft.Network/loadBalancers/loadBalancingRules/health/action',
      'ask its owner',
    ],
    never: ['Ask for a role', 'Ask for the action'],
  },
  ...[
    'ERROR: Forbidden(<html><head><title>Blocked</title></head><body>Web filter</body></html>)\n',
    "ERROR: Operation returned an invalid status 'Forbidden'\nContent: <!DOCTYPE html><html>\n",
  ].map(
    (stderr, at): Failure => ({
      name: `a block page, ${at}`,
      stderr,
      kind: 'unreadable',
      says: ['A proxy answered in place of Azure'],
      never: ['role'],
    }),
  ),
  ...['ServerTimeout', 'GatewayTimeout', 'InternalServerError', 'InternalRetriableError'].map(
    (code): Failure => ({
      name: code,
      stderr: network(code, 'Something went wrong'),
      kind: 'azure-failed',
      says: ['Something went wrong. Azure failed: run it again in a minute.'],
    }),
  ),
  {
    name: 'bad gateway',
    stderr: 'ERROR: Bad Gateway(<html><head><title>502 Bad Gateway</title></head></html>)\n',
    kind: 'azure-failed',
    says: ['in a minute'],
  },
  {
    name: 'another write',
    stderr: rest('Too Many Requests', 'RetryableError', 'A retryable error occurred.'),
    kind: 'busy',
    says: ['A change is in progress'],
  },
  {
    name: 'another operation',
    stderr: rest(
      'Conflict',
      'AnotherOperationInProgress',
      'Another operation on this or dependent resource is in progress.',
    ),
    kind: 'busy',
    says: ['A change is in progress'],
  },
  {
    name: 'group being deleted',
    stderr: rest(
      'Conflict',
      'ResourceGroupBeingDeleted',
      "The resource group 'shop-rg' is in deprovisioning state and cannot perform this operation.",
    ),
    kind: 'other',
    says: ['The group is being deleted'],
  },
  // The network.
  {
    name: 'proxy is down',
    stderr: noNetwork(
      "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 503 Service Unavailable'))",
    ),
    kind: 'unreachable',
    says: ['HTTPS_PROXY'],
  },
  {
    name: 'no answer',
    stderr: "ERROR: HTTPSConnectionPool(host='x', port=443): Read timed out. (connect timeout=300)\n",
    kind: 'unreachable',
    says: ['Check the network'],
  },
  {
    name: 'TLS is cut',
    stderr: 'ERROR: EOF occurred in violation of protocol (_ssl.c:1007)\n',
    kind: 'unreachable',
    says: ['REQUESTS_CA_BUNDLE'],
  },
  {
    name: 'the proxy wants a login',
    stderr: noNetwork(
      "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))",
    ),
    kind: 'unreachable',
    says: ['HTTPS_PROXY needs its user and password'],
  },
  // az itself.
  {
    name: 'token cache locked',
    stderr: unexpected(
      "[Errno 13] Permission denied: 'C:\\\\Users\\\\me\\\\.azure\\\\msal_token_cache.bin.lockfile'",
      msal,
      "PermissionError: [Errno 13] Permission denied: 'C:\\\\Users\\\\me\\\\.azure\\\\msal_token_cache.bin.lockfile'",
    ),
    kind: 'broken-install',
    says: ['Run it again', 'token cache'],
  },
  {
    name: 'token cache broken',
    stderr: unexpected(
      'Expecting value: line 1 column 1 (char 0)',
      msal,
      'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    ),
    kind: 'login-expired',
    says: ['az account clear', 'msal_token_cache.*', 'az login'],
    never: ['proxy'],
  },
  {
    name: 'token cache broken at its end',
    stderr: unexpected(
      'Extra data: line 1 column 4 (char 3)',
      msal,
      'json.decoder.JSONDecodeError: Extra data: line 1 column 4 (char 3)',
    ),
    kind: 'login-expired',
    says: ['az account clear'],
  },
  {
    name: 'half an answer, elsewhere',
    stderr: unexpected(
      'Expecting value: line 1 column 1 (char 0)',
      core,
      'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    ),
    kind: 'unreadable',
    says: ['proxy'],
  },
  {
    name: "another's token cache",
    stderr:
      'ERROR: Decryption failed: [WinError -2146893813] Key not valid for use in specified state. App developer may consider this guidance: https://github.com/AzureAD/microsoft-authentication-extensions-for-python/wiki/PersistenceDecryptionError\n',
    kind: 'login-expired',
    says: ['Delete msal_token_cache.bin', 'az login'],
  },
  {
    name: 'no rights in its folder, without ERROR:',
    stderr: bare(core, "PermissionError: [Errno 13] Permission denied: '/root/.azure/az.sess'"),
    kind: 'broken-install',
    says: ["PermissionError: [Errno 13] Permission denied: '/root/.azure/az.sess'.", 'AZURE_CONFIG_DIR'],
  },
  {
    name: 'a folder that is read only',
    stderr: bare(core, "OSError: [Errno 30] Read-only file system: '/root/.azure'"),
    kind: 'broken-install',
    says: ['Read-only file system', 'AZURE_CONFIG_DIR'],
  },
  {
    name: 'disk full',
    stderr: bare(core, 'OSError: [Errno 28] No space left on device'),
    kind: 'broken-install',
    says: ['No space left on device. Free disk space'],
  },
  {
    name: 'config file broken',
    stderr: bare(
      core,
      "configparser.MissingSectionHeaderError: File contains no section headers.\nfile: '/root/.azure/config', line: 1",
    ),
    kind: 'broken-install',
    says: ['Repair or delete the file config'],
  },
  {
    name: 'extension without a module',
    stderr: unexpected(
      "Expected 1 module to load starting with 'azext_': got []",
      core,
      "AssertionError: Expected 1 module to load starting with 'azext_': got []",
    ),
    kind: 'broken-install',
    says: ['az extension remove'],
  },
  {
    name: 'extension whose module is missing',
    stderr: unexpected(
      "No module named 'pkg_resources'",
      extension,
      "ModuleNotFoundError: No module named 'pkg_resources'",
    ),
    kind: 'broken-install',
    says: ['az extension remove -n azure-devops'],
    never: ['Install the Azure CLI'],
  },
  {
    name: 'az without a module, without ERROR:',
    stderr: bare(core, "ModuleNotFoundError: No module named 'azure.cli.core'"),
    kind: 'broken-install',
    says: ['Install the Azure CLI again'],
  },
  {
    name: 'az without an attribute',
    stderr: unexpected(
      "module 'msal' has no attribute 'PublicClient'",
      core,
      "AttributeError: module 'msal' has no attribute 'PublicClient'",
    ),
    kind: 'broken-install',
    says: ['Install the Azure CLI again'],
  },
  {
    name: "Python's warnings are not the message",
    stderr: `/usr/lib/python3/dist-packages/azure/multiapi/x.py:91: SyntaxWarning: "is" with a literal. Did you mean "=="?\n  if x is 1:\n${bare(core, 'OSError: [Errno 28] No space left on device')}`,
    kind: 'broken-install',
    says: ['No space left'],
    never: ['SyntaxWarning'],
  },
  { name: 'killed', stderr: '', exitCode: 137, kind: 'broken-install', says: ['az was killed', 'memory'] },
  {
    name: 'az too old',
    stderr: "ERROR: 'list-nic' is misspelled or not recognized by the system.\n",
    exitCode: 2,
    kind: 'broken-install',
    says: ['az upgrade'],
  },
  // Right before, and to stay so.
  {
    name: 'a subscription that az does not know',
    stderr: "ERROR: Subscription 'nope' not found. Check the spelling and casing and try again.\n",
    kind: 'subscription-not-found',
    says: ['az account list --all'],
  },
  ...['AADSTS700082', 'AADSTS50076', 'AADSTS50079', 'AADSTS70043'].map(
    (code): Failure => ({
      name: code,
      stderr: aad(`${code}: no`, again),
      kind: 'login-expired',
      says: ['Run az logout, then az login --tenant "72f9" --scope "https://management.core.windows.net//.default".'],
    }),
  ),
  {
    name: 'expired token',
    stderr: network('ExpiredAuthenticationToken', 'The access token expiry UTC time is earlier than current UTC time.'),
    kind: 'login-expired',
    says: ['Run az login.'],
  },
  {
    name: 'broken azureProfile.json',
    stderr: unexpected(
      'Expecting value: line 1 column 1 (char 0)',
      core,
      'json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
    ),
    kind: 'unreadable',
    says: ['no JSON'],
  },
  {
    name: 'no subscription',
    stderr: rest('Not Found', 'SubscriptionNotFound', "The subscription '0a' could not be found."),
    kind: 'subscription-not-found',
    says: ['az account list --all'],
  },
  {
    name: 'refused',
    stderr: network(
      'AuthorizationFailed',
      "The client 'me' with object id '1' does not have authorization to perform action 'Microsoft.Network/loadBalancers/read' over scope '/x'",
    ),
    kind: 'denied',
    says: ['Ask for the action Microsoft.Network/loadBalancers/read.'],
  },
  {
    name: 'policy',
    stderr: network('RequestDisallowedByPolicy', 'Resource was disallowed by policy.'),
    kind: 'denied',
    says: ['who owns the policy'],
  },
  {
    name: 'lock',
    stderr: network('ScopeLocked', 'cannot perform write operation because following scope(s) are locked'),
    kind: 'denied',
    says: ['az lock list'],
  },
  {
    name: 'certificate',
    stderr: noNetwork("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))"),
    kind: 'unreachable',
    says: ['REQUESTS_CA_BUNDLE'],
  },
  {
    name: 'DNS',
    stderr: noNetwork("NameResolutionError('Failed to resolve management.azure.com')"),
    kind: 'unreachable',
    says: ['Check the network'],
  },
  {
    name: 'connection reset',
    stderr: "ERROR: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))\n",
    kind: 'unreachable',
    says: ['Check the network'],
  },
  {
    name: 'connection refused',
    stderr: noNetwork("NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused')"),
    kind: 'unreachable',
    says: ['Check the network'],
  },
  {
    name: 'throttled',
    stderr: `${rest('Too Many Requests', 'TooManyRequests', "Please try again after '17' seconds.")}`,
    kind: 'throttled',
    says: ['Run it again in 17 s.'],
  },
  {
    name: 'group gone',
    stderr: network('ResourceGroupNotFound', "Resource group 'rg' could not be found."),
    exitCode: 3,
    kind: 'group-not-found',
    says: ['--resource-group'],
  },
  {
    name: 'resource gone',
    stderr: network('ResourceNotFound', "The Resource 'x' under resource group 'rg' was not found."),
    exitCode: 3,
    kind: 'not-found',
    says: ['Check the name'],
  },
  {
    name: 'parent gone',
    stderr: network('ParentResourceNotFound', 'Failed to perform on nested resource.'),
    exitCode: 3,
    kind: 'not-found',
    says: ['Check the name'],
  },
  {
    name: 'Debian',
    stderr: unexpected(
      "No module named 'azure.mgmt.network.v2022_07_01'",
      core,
      "ModuleNotFoundError: No module named 'y'",
    ),
    kind: 'broken-install',
    says: ['packages of some distributions'],
  },
  {
    name: 'cannot import',
    stderr: unexpected("cannot import name 'x' from 'y'", core, 'ImportError: cannot import name'),
    kind: 'broken-install',
    says: ['Install the Azure CLI again'],
  },
  {
    name: 'lock of the token cache',
    stderr: unexpected('(33, "LockException")', msal, 'portalocker.exceptions.LockException: (33, "x")'),
    kind: 'other',
    says: ['LockException'],
  },
  {
    name: 'an answer in a code page',
    stderr: 'The answer is not in UTF-8.\n',
    kind: 'unreadable',
    says: ['not in UTF-8', 'look what starts az here'],
  },
];
