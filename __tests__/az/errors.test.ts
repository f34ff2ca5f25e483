import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Call } from '../../lib/az/call.ts';
import { classify } from '../../lib/az/classify.ts';
import type { AzFailure } from '../../lib/az/errors.ts';
import { exchange, reducedStderr } from '../../lib/az/verbose.ts';
import { bashQuoted } from '../../lib/shell/bash.ts';

const lb = '/subscriptions/0a/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/web';
const health = 'Microsoft.Network/loadBalancers/loadBalancingRules/health/action';
const noRight = (action: string) =>
  `The client 'me@example.com' with object id '11' does not have authorization to perform action '${action}' over scope '${lb}' or the scope is invalid.`;
const rest = (reason: string, code: string, message: string) =>
  `ERROR: ${reason}(${JSON.stringify({ error: { code, message } })})\n`;
const network = (code: string, message: string) => `ERROR: (${code}) ${message}\nCode: ${code}\nMessage: ${message}\n`;

function call(stderr: string, more: Partial<Call> = {}): Call {
  return { argv: ['network', 'lb', 'show', '--ids', lb], exitCode: 1, stdout: '', stderr, seconds: 1, ...more };
}

// Those marked "real" are as az 2.91.0 printed them.
const cases: readonly (readonly [name: string, call: Call, expected: Partial<AzFailure>])[] = [
  [
    'not logged in (real)',
    call("ERROR: Please run 'az login' to setup account.\n"),
    { kind: 'not-logged-in', firstLine: "Please run 'az login' to setup account." },
  ],
  [
    'refresh token expired, with the login that az suggests',
    call(
      'ERROR: AADSTS700082: The refresh token has expired due to inactivity.\nTrace ID: 1\nRun the command below to authenticate interactively; additional arguments may be added as needed:\naz logout\naz login --tenant "t" --scope "https://management.core.windows.net//.default"\n',
    ),
    {
      kind: 'login-expired',
      advice: 'Run az logout, then az login --tenant "t" --scope "https://management.core.windows.net//.default".',
    },
  ],
  [
    'sign-in frequency',
    call(
      'ERROR: AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks.\naz login --scope x\n',
    ),
    { kind: 'login-expired' },
  ],
  [
    '401 without a challenge az can meet',
    call(
      'ERROR: Unauthorized({"error":{"code":"InvalidAuthenticationToken","message":"The access token is invalid."}})\nInteractive authentication is needed. Please run:\naz logout\naz login\n',
    ),
    { kind: 'login-expired', advice: 'Run az logout, then az login.' },
  ],
  [
    'token gone from the cache (real)',
    call("ERROR: User 'me' does not exist in MSAL token cache. Run `az login`.\n"),
    { kind: 'login-expired' },
  ],
  [
    'wrong subscription (real)',
    call(
      "WARNING: Subscription 'nope' not recognized.\nERROR: Subscription 'nope' not found. Check the spelling and casing and try again.\n",
    ),
    { kind: 'subscription-not-found' },
  ],
  [
    'wrong subscription, older az',
    call("ERROR: The subscription of 'nope' doesn't exist in cloud 'AzureCloud'.\n"),
    { kind: 'subscription-not-found' },
  ],
  [
    'unknown subscription',
    call(rest('Not Found', 'SubscriptionNotFound', "The subscription '0a' could not be found.")),
    { kind: 'subscription-not-found' },
  ],
  [
    'subscription of another tenant',
    call(network('InvalidAuthenticationTokenTenant', 'The access token is from the wrong issuer.')),
    { kind: 'subscription-not-found' },
  ],
  [
    'health refused to a Reader',
    call(rest('Forbidden', 'AuthorizationFailed', noRight(health))),
    { kind: 'denied', action: health, advice: `Ask for the action ${health}.` },
  ],
  [
    'network command refused',
    call(network('AuthorizationFailed', noRight('Microsoft.Network/loadBalancers/read'))),
    { kind: 'denied', action: 'Microsoft.Network/loadBalancers/read' },
  ],
  [
    'linked scope refused: the second action is the one missing',
    call(
      network(
        'LinkedAuthorizationFailed',
        "The client 'a' with object id 'b' has permission to perform action 'Microsoft.Network/loadBalancers/write' on scope 'x'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) 'y'.",
      ),
    ),
    { kind: 'denied', action: 'Microsoft.Network/virtualNetworks/subnets/join/action' },
  ],
  [
    'locked',
    call(
      rest(
        'Conflict',
        'ScopeLocked',
        "The scope 'x' cannot perform write operation because following scope(s) are locked: 'y'.",
      ),
    ),
    { kind: 'denied', advice: 'A read-only lock refuses this action; see az lock list.' },
  ],
  [
    'resource gone',
    call(
      network(
        'ResourceNotFound',
        "The Resource 'Microsoft.Network/loadBalancers/web' under resource group 'rg' was not found.",
      ),
      { exitCode: 3 },
    ),
    { kind: 'not-found', missing: 'Microsoft.Network/loadBalancers/web' },
  ],
  [
    'resource gone, network provider',
    call(network('NotFound', `Resource ${lb} not found.`), { exitCode: 3 }),
    { kind: 'not-found', missing: lb },
  ],
  [
    'group gone',
    call(network('ResourceGroupNotFound', "Resource group 'rg' could not be found."), { exitCode: 3 }),
    { kind: 'group-not-found', missing: 'rg' },
  ],
  [
    "a proxy's 404 page is not knowledge",
    call('ERROR: Not Found(<html><body>Not Found</body></html>)\n'),
    { kind: 'unreadable' },
  ],
  [
    'an unknown type is not a resource that is gone',
    call(rest('Not Found', 'InvalidResourceType', 'The resource type could not be found.')),
    { kind: 'other' },
  ],
  [
    'a code decides, not what its message quotes',
    call(network('InvalidParameter', "'AADSTS50076' is no name")),
    { kind: 'other' },
  ],
  [
    'a name that looks like a code',
    call(
      network(
        'ResourceNotFound',
        "The Resource 'Microsoft.Network/loadBalancers/AuthorizationFailed' under resource group 'AADSTS50076' was not found.",
      ),
      { exitCode: 3 },
    ),
    { kind: 'not-found' },
  ],
  [
    'throttled',
    call(rest('Too Many Requests', 'TooManyRequests', 'slow down')),
    { kind: 'throttled', advice: 'Wait a minute and run it again.' },
  ],
  [
    'throttled until a date',
    call(
      `INFO: Response status: 429\nINFO: Response headers:\nINFO:     'retry-after': '17'\nINFO: Response content:\n{}\n${rest('Too Many Requests', 'SubscriptionRequestsThrottled', 'x')}`,
    ),
    { kind: 'throttled', retryAfter: 17 },
  ],
  [
    'body printed over several lines',
    call('ERROR: Forbidden({\n  "error": {\n    "code": "AuthorizationFailed",\n    "message": "no"\n  }\n})\n'),
    { kind: 'denied', firstLine: 'Forbidden({ "error": { "code": "AuthorizationFailed", "message": "no" } })' },
  ],
  [
    "Debian's az lacks a module",
    call(
      "ERROR: The command failed with an unexpected error. Here is the traceback:\nERROR: No module named 'azure.mgmt.network.v2022_07_01'\nTraceback (most recent call last):\n  File \"x\"\nModuleNotFoundError: No module named 'y'\n",
    ),
    { kind: 'broken-install', firstLine: "No module named 'azure.mgmt.network.v2022_07_01'" },
  ],
  [
    'python without azure',
    call('/usr/bin/python3: No module named azure.cli\n'),
    { kind: 'broken-install', firstLine: '/usr/bin/python3: No module named azure.cli' },
  ],
  [
    'interpreter gone',
    call('/usr/bin/az: 2: /opt/az/bin/python3: not found\n', { exitCode: 127 }),
    { kind: 'broken-install' },
  ],
  [
    'no network (real)',
    call(
      "ERROR: The command failed with an unexpected error. Here is the traceback:\nERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries exceeded with url: /b (Caused by ProxyError('Unable to connect to proxy'))\nTraceback (most recent call last):\n  az login AADSTS1\n",
    ),
    { kind: 'unreachable' },
  ],
  [
    'unknown flag (real)',
    call(
      'ERROR: unrecognized arguments: --ids-x\n\nhttps://aka.ms/cli_ref\nRead more about the command in reference docs\n',
      { exitCode: 2 },
    ),
    { kind: 'other', firstLine: 'unrecognized arguments: --ids-x' },
  ],
  ['coloured', call("\u001b[91mERROR: Please run 'az login' to setup account.\u001b[0m\n"), { kind: 'not-logged-in' }],
  ['nothing said', call(''), { kind: 'other', firstLine: 'az ended with exit code 1 and no message.' }],
  [
    'a body on stderr of --verbose does not decide',
    call(
      'INFO: Response content:\nAuthorizationFailed AADSTS1\nERROR: Bad Request({"error":{"code":"InvalidParameter","message":"no"}})\n',
    ),
    { kind: 'other' },
  ],
  ['time-out', call('', { timedOut: true, seconds: 120 }), { kind: 'timed-out', firstLine: 'No answer within 120 s.' }],
  ['half an answer, exit 0', call('', { exitCode: 0, stdout: '{"value":[{"id":' }), { kind: 'unreadable' }],
  [
    "a proxy's page, exit 0",
    call('', { exitCode: 0, stdout: '<!DOCTYPE html><html></html>' }),
    { kind: 'unreadable', firstLine: 'A web page came instead of JSON.' },
  ],
];

describe('why az gave no answer', () => {
  test.each(cases)('%s', (_, given, expected) => {
    const failure = classify(given);
    expect(failure).toMatchObject(expected);
    expect(failure?.detail).toBe(given.stderr);
    expect(failure?.command).toBe(`az network lb show --ids ${lb}`);
    expect(failure?.firstLine).not.toContain('\n');
    expect(failure?.advice).toMatch(/^[A-Z].*\.$/);
  });

  test.each([['{}'], ['[]'], ['null'], [''], ['\n']])('exit 0 with %j is an answer', (stdout) => {
    expect(classify(call('WARNING: deprecated\n', { exitCode: 0, stdout }))).toBeUndefined();
  });
});

describe('what --verbose tells', () => {
  // As az 2.91.0 prints it.
  const verbose = `INFO: Command ran with secrets
INFO: Request URL: 'https://management.azure.com${lb}/health?api-version=2024-05-01'
INFO: Request method: 'POST'
INFO: Request headers:
INFO:     'Authorization': 'Bearer eyJ0eXAiOiJ...'
INFO: Request body:
INFO: {"secret":1}
INFO: Response status: 202
INFO: Response headers:
INFO:     'Location': 'https://management.azure.com/operations/1?c=token'
INFO:     'Retry-After': '10'
INFO:     'Set-Cookie': 'secret'
INFO: Response content:
INFO:     'Location': 'https://evil.example/'
INFO: Response status: 500
`;

  test('status, Location and Retry-After, from the headers only', () => {
    expect(exchange(verbose)).toEqual({
      url: `https://management.azure.com${lb}/health?api-version=2024-05-01`,
      status: 202,
      location: 'https://management.azure.com/operations/1?c=token',
      retryAfter: 10,
    });
    const dated = verbose.replace("'10'", "'Wed, 21 Oct 2026 07:28:00 GMT'");
    expect(exchange(dated, new Date('2026-10-21T07:27:30Z')).retryAfter).toBe(30);
    expect(exchange('')).toEqual({});
  });

  test('reduced, it says the same and keeps no secret; errors stay', () => {
    const withError = `${verbose}ERROR: Bad Request({"error":{"code":"X","message":"y"}})\nmore\n`;
    expect(exchange(reducedStderr(withError))).toEqual(exchange(verbose));
    expect(reducedStderr(withError)).not.toMatch(/secret|Bearer|evil|500/);
    expect(reducedStderr(withError)).toContain('ERROR: Bad Request({"error":{"code":"X","message":"y"}})\nmore\n');
  });
});

describe('quoting for bash', () => {
  const asBashReads = (argv: readonly string[]) => {
    const { stdout } = spawnSync('bash', ['--norc', '-c', `printf '%s\\0' ${bashQuoted(argv)}`], {
      encoding: 'utf8',
      env: { ...process.env, HOME: '/home/x' },
    });
    return stdout.split('\0').slice(0, -1);
  };

  test.each([
    [['az', 'network', 'lb', 'show', `--ids`, lb], `az network lb show --ids ${lb}`],
    [['--name=a b'], `'--name=a b'`],
    [['~/x', '=ls', 'A=b', '{a,b}', '*', ''], `'~/x' '=ls' 'A=b' '{a,b}' '*' ''`],
    [["it's"], `'it'\\''s'`],
    [['a\nrm -rf /', '\u001b[2J', '\u202e'], `$'a\\012rm -rf /' $'\\033[2J' $'\\342\\200\\256'`],
  ])('%j', (argv, text) => {
    expect(bashQuoted(argv)).toBe(text);
    expect(asBashReads(argv)).toEqual(argv);
  });

  test('whatever it is, bash reads back the same, and the text acts in no terminal', () => {
    const word = fc
      .oneof(
        fc.string({ unit: 'binary' }),
        fc.string({
          unit: fc.constantFrom('\\', "'", '"', '$', '`', '(', '\n', '\u001b', '\u0085', '1', '~', '=', '!', 'é', ' '),
        }),
      )
      .map((text) => text.replaceAll('\0', ''));
    const words = fc.array(word, { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(words, (argv) => {
        expect(bashQuoted(argv)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
        expect(asBashReads(argv)).toEqual(argv);
      }),
      { numRuns: 60 },
    );
  });
});
