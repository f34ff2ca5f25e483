import type { Json } from './json.ts';
import type { FaultKind, World } from './world.ts';

export interface Request {
  readonly method: string;
  /** Path and query, without scheme and host. */
  readonly url: string;
  readonly body?: Json;
}

export interface Response {
  readonly status: number;
  /** Absent: an empty body. */
  readonly body?: Json;
  readonly headers: Readonly<Record<string, string>>;
  /** What went wrong on the way; the stand-in and the in-memory az each do it their way. */
  readonly fault?: FaultKind;
}

export const ok = (body: Json): Response => ({ status: 200, body, headers: {} });

export const failure = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response => ({
  status,
  body: { error: { code, message } },
  headers: status >= 400 ? { 'x-ms-failure-cause': 'gateway', ...headers } : headers,
});

/** What ARM itself answers when something is wrong; the other faults are the wire's. */
export const failures: Partial<Record<FaultKind, (world: World, method: string, path: string) => Response>> = {
  denied: (_, method, path) =>
    failure(
      403,
      'AuthorizationFailed',
      `The client 'reader@shop.example' with object id '5d0f7c1b-66a3-4e0b-8e43-2f1a9b7c4d50' does not have authorization to perform action '${actionName(method, path)}' over scope '${method === 'POST' ? path.split('/').slice(0, -1).join('/') : path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    ),
  'not-found': (_, __, path) => notFound(path),
  throttled: () =>
    failure(
      429,
      'TooManyRequests',
      'The request is being throttled as the limit has been reached for operation type.',
      { 'Retry-After': '1' },
    ),
  'server-error': () =>
    failure(500, 'InternalServerError', 'The server encountered an internal error. Please retry the request.'),
};

function actionName(method: string, path: string): string {
  if (/^\/subscriptions\/[^/]+\/resourcegroups(\/[^/]+)?$/i.test(path))
    return 'Microsoft.Resources/subscriptions/resourceGroups/read';
  const segments = path.split('/providers/').at(-1)?.split('/') ?? [];
  const types = segments.filter((_, index) => index % 2 === 1);
  const verb = method === 'GET' ? 'read' : method === 'DELETE' ? 'delete' : method === 'POST' ? 'action' : 'write';
  return [segments[0], ...types, verb].join('/');
}

export function notFound(path: string): Response {
  const [, type = '', name = '', ...child] = path.split('/providers/').at(-1)?.split('/') ?? [];
  const namespace = path.split('/providers/').at(-1)?.split('/')[0] ?? '';
  if (child.length > 0 && !/virtualMachineScaleSets/i.test(type))
    return failure(404, 'NotFound', `Resource ${path} not found.`);
  return failure(
    404,
    'ResourceNotFound',
    `The Resource '${[namespace, type, name, ...child].join('/')}' under resource group '${path.split('/')[4] ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}
