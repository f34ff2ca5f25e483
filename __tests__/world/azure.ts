import { act, afterAction } from './arm-act.ts';
import { failures, ok, type Request, type Response } from './arm-answers.ts';
import { refusedByLock } from './arm-authorization.ts';
import { read } from './arm-read.ts';
import { write } from './arm-write.ts';
import { itemsAt, type Json, textAt } from './json.ts';
import type { FaultKind, World } from './world.ts';

/** Azure Resource Manager over a world. Writes change the world it stands on; long-running actions stay pending for two polls. */
export interface Azure {
  answer(request: Request): Response;
  readonly world: World;
  /** Scheme and host. */
  readonly endpoint: string;
}

const PENDING_POLLS = 2;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Json | undefined;
  readonly isEndless: boolean;
}

/** `endpoint` is what Location headers begin with. */
export function azureOver(start: World, endpoint = 'https://management.azure.com'): Azure {
  let world = start;
  const operations = new Map<string, { polls: number; readonly result: Json }>();
  const hits = new Map<RegExp, number>();

  const faultOn = (method: string, url: string): FaultKind | undefined => {
    const found = world.faults.find(({ on, times }) => {
      if (!new RegExp(on.source, 'i').test(`${method} ${url}`)) return false;
      const before = hits.get(on) ?? 0;
      hits.set(on, before + 1);
      return times === undefined || before < times;
    });
    return found?.kind;
  };

  const later = (result: Json, isEndless: boolean): Response => {
    const id = `${endpoint}/subscriptions/${world.subscription}/providers/Microsoft.Network/locations/westeurope/operationResults/${operations.size + 1}?api-version=2024-05-01`;
    operations.set(pathOf(id.slice(endpoint.length)).toLowerCase(), {
      polls: isEndless ? Number.NEGATIVE_INFINITY : 0,
      result,
    });
    return { status: 202, headers: { Location: id, 'Retry-After': '1' } };
  };

  const poll = (path: string): Response | undefined => {
    const operation = operations.get(path.toLowerCase());
    if (operation === undefined) return undefined;
    operation.polls += 1;
    if (operation.polls <= PENDING_POLLS) {
      return { status: 202, headers: { Location: `${endpoint}${path}?api-version=2024-05-01`, 'Retry-After': '1' } };
    }
    return ok(operation.result);
  };

  const answer = ({ method, url, body }: Request): Response => {
    const path = pathOf(url);
    const fault = faultOn(method, url);
    const failed = fault && failures[fault]?.(world, method, path);
    if (failed) return { ...failed, ...(fault && { fault }) };
    const response = respond({ method, path, query: queryOf(url), body, isEndless: fault === 'endless' });
    return fault === undefined ? response : { ...misled(response, fault), fault };
  };

  const respond = ({ method, path, query, body, isEndless }: Asked): Response => {
    if (method === 'POST' && path.toLowerCase() === '/batch') {
      const responses = itemsAt(body, 'requests').map((each) => {
        const inner = answer({
          method: textAt(each, 'httpMethod') ?? 'GET',
          url: textAt(each, 'relativeUrl') ?? '',
          ...(each.content !== undefined && { body: each.content }),
        });
        return { name: textAt(each, 'name'), httpStatusCode: inner.status, headers: {}, content: inner.body ?? null };
      });
      return ok({ responses });
    }
    if (method === 'GET') return poll(path) ?? read(world, path, query);
    if (method === 'POST') {
      const changed = afterAction(world, path, body);
      if (changed !== undefined) {
        const refused = refusedByLock(world, method, path);
        if (refused !== undefined) return refused;
        world = changed;
        return { status: 202, headers: {} };
      }
      const result = act(world, path);
      return 'status' in result ? result : later(result.result, isEndless);
    }
    const written = refusedByLock(world, method, path) ?? write(world, method, path, body);
    if ('status' in written) return written;
    world = written.world;
    return method === 'DELETE' ? { status: 204, headers: {} } : read(world, path, query);
  };

  return {
    answer,
    endpoint,
    get world() {
      return world;
    },
  };
}

/** An accepted action whose Location is not where its result is. */
function misled(response: Response, fault: FaultKind): Response {
  const { Location: location, ...headers } = response.headers;
  if (location === undefined) return response;
  if (fault === 'no-location') return { ...response, headers };
  const elsewhere = location.replace(/^https:\/\/[^/]+/, 'https://management.shop.example');
  return fault === 'foreign-location' ? { ...response, headers: { ...headers, Location: elsewhere } } : response;
}

const pathOf = (url: string): string => decodeURIComponent((url.split('?')[0] ?? '').replace(/\/+$/, ''));
const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split('?')[1] ?? '');
