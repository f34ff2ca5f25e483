import { act, afterAction } from './arm-act.ts';
import { failures, ok, type Request, type Response } from './arm-answers.ts';
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

  const later = (result: Json): Response => {
    const id = `${endpoint}/subscriptions/${world.subscription}/providers/Microsoft.Network/locations/westeurope/operationResults/${operations.size + 1}?api-version=2024-05-01`;
    operations.set(pathOf(id.slice(endpoint.length)).toLowerCase(), { polls: 0, result });
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
    const response = respond(method, path, queryOf(url), body);
    return fault === undefined ? response : { ...response, fault };
  };

  const respond = (method: string, path: string, query: URLSearchParams, body: Json | undefined): Response => {
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
        world = changed;
        return { status: 202, headers: {} };
      }
      const result = act(world, path);
      return 'status' in result ? result : later(result.result);
    }
    const written = write(world, method, path, body);
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

const pathOf = (url: string): string => decodeURIComponent((url.split('?')[0] ?? '').replace(/\/+$/, ''));
const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split('?')[1] ?? '');
