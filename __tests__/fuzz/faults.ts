import type { Call } from '../../lib/az/call.ts';

/** How az fails, or what comes instead of an answer. */
export interface Fault {
  readonly name: string;
  readonly spoil: (call: Call) => Call;
  /** Where az printed nothing there is nothing of which it could be made. */
  readonly isOfAnswer?: true;
}

const failing = (name: string, stderr: string, exitCode = 1): Fault => ({
  name,
  spoil: (call) => ({ ...call, exitCode, stdout: '', stderr: stderr === '' ? '' : `${stderr}\n` }),
});
const refusing = (code: string, message = 'It is so.', exitCode = 1): Fault =>
  failing(code, `ERROR: (${code}) ${message}\nCode: ${code}\nMessage: ${message}`, exitCode);
const printing = (name: string, change: (stdout: string) => string): Fault => ({
  name,
  spoil: (call) => ({ ...call, exitCode: 0, stdout: change(call.stdout) }),
});
const changing = (name: string, change: (stdout: string) => string): Fault => ({
  ...printing(name, change),
  isOfAnswer: true,
});
const traceback = (last: string): string =>
  `ERROR: The command failed with an unexpected error. Here is the traceback:\nERROR: ${last}\nTraceback (most recent call last):\n  File "cli.py", line 1, in invoke\n${last}`;
const rest = (status: string, body: string): Fault => failing(`az rest: ${status}`, `ERROR: ${status}(${body})`);

/** An answer's list, or the first list in it, without its second half. */
function half(stdout: string): string {
  const value: unknown = JSON.parse(stdout);
  return JSON.stringify(Array.isArray(value) ? value.slice(0, Math.floor(value.length / 2)) : value);
}
const elsewhere = (stdout: string): string => stdout.replaceAll(/shop-rg/gi, 'other-rg');

export const faults: readonly Fault[] = [
  // What Azure refuses, in the words of `az network` and of `az rest`.
  refusing('AuthorizationFailed', "The client does not have authorization to perform action 'Microsoft.X/y/read'."),
  refusing('LinkedAuthorizationFailed'),
  refusing('DenyAssignmentAuthorizationFailed'),
  refusing('RequestDisallowedByPolicy'),
  refusing('ScopeLocked'),
  refusing('ReadOnlyDisabledSubscription'),
  refusing('SubscriptionNotFound'),
  refusing('MissingSubscriptionRegistration'),
  refusing('NoRegisteredProviderFound'),
  refusing('InvalidResourceType'),
  refusing('InvalidAuthenticationTokenTenant'),
  refusing('ExpiredAuthenticationToken'),
  refusing('TokenCreatedWithOutdatedPolicies'),
  refusing('TooManyRequests'),
  refusing('RetryableError'),
  refusing('AnotherOperationInProgress'),
  refusing('ServerTimeout'),
  refusing('GatewayTimeout'),
  refusing('InternalServerError'),
  refusing('ResourceGroupBeingDeleted'),
  refusing('Conflict'),
  rest('Forbidden', '{"error":{"code":"AuthorizationFailed","message":"no"}}'),
  rest('Unauthorized', '{"error":{"code":"InvalidAuthenticationToken","message":"no"}}'),
  rest('Too Many Requests', '{"error":{"code":"TooManyRequests","message":"later"}}'),
  rest('Internal Server Error', '{"error":{"code":"InternalServerError","message":"no"}}'),
  rest('Bad Gateway', '<html><body>no</body></html>'),
  rest('Forbidden', '<!DOCTYPE html><html>'),
  // az itself.
  failing('no login', "ERROR: Please run 'az login' to setup account."),
  failing('AADSTS700082', 'ERROR: AADSTS700082: The refresh token has expired.\nPlease run: az login'),
  failing('AADSTS53003', 'ERROR: AADSTS53003: Access has been blocked by Conditional Access policies.'),
  failing(
    'a managed identity that is not there',
    'ERROR: Failed to connect to MSI. Please make sure MSI is configured correctly.',
  ),
  failing('an extension that is broken', 'ERROR: Expected 1 module to load starting with azext_'),
  failing('a module that is missing', traceback("ModuleNotFoundError: No module named 'azure.mgmt'")),
  failing('a full disk', traceback('OSError: [Errno 28] No space left on device')),
  failing('rights', traceback("PermissionError: [Errno 13] Permission denied: '/home/a/.azure/x'")),
  failing(
    'a locked cache',
    traceback("PermissionError: [Errno 13] Permission denied: 'msal_token_cache.bin.lockfile'"),
  ),
  failing('a broken cache', traceback('json.decoder.JSONDecodeError: Extra data: line 1 column 2 (char 1)')),
  failing('a broken configuration', 'configparser.MissingSectionHeaderError: File contains no section headers.'),
  failing('no network', 'ERROR: HTTPSConnectionPool: Max retries exceeded with url: / (Caused by NameResolutionError)'),
  failing('a certificate', 'ERROR: Certificate verification failed.'),
  failing(
    'a proxy',
    "ERROR: Cannot connect to proxy. OSError('Tunnel connection failed: 407 Proxy Authentication Required')",
  ),
  failing('half an answer', "ERROR: ('Connection broken: IncompleteRead(10 bytes read, 20 more expected)')"),
  failing(
    'an option that az has not',
    'ERROR: the following arguments are required: --x\nmisspelled or not recognized',
    2,
  ),
  failing('no word', ''),
  failing('killed', '', 137),
  failing('not found by the shell', 'az: command not found', 127),
  failing('a word without end', `ERROR: ${'x#'.repeat(50_000)}`),
  { name: 'no time', spoil: (call) => ({ ...call, exitCode: 1, stdout: '', stderr: '', timedOut: true }) },
  // Exit code 0, and no answer.
  printing('nothing', () => ''),
  printing('null', () => 'null'),
  printing('{}', () => '{}'),
  printing('a text', () => '"ok"'),
  printing('a page', () => '<!DOCTYPE html><html><body>Sign in</body></html>'),
  changing('a cut answer', (stdout) => stdout.slice(0, Math.floor(stdout.length / 2))),
  printing('a warning before it', (stdout) => `WARNING: a new version is there\n${stdout}`),
  printing('a deep answer', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  changing('a list for a thing and a thing for a list', (stdout) => {
    const value: unknown = JSON.parse(stdout);
    return JSON.stringify(Array.isArray(value) ? { value } : [value]);
  }),
  changing('half a list', half),
  changing('what is somewhere else', elsewhere),
];
