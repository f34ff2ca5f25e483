import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { search } from 'jmespath';
import { JSONPath } from 'jsonpath-plus';
import { health } from '../../lib/evidence/questions/health.ts';
import type { Citation } from '../../schemas/diagnosis.generated.ts';
import { everyRulesWorlds } from '../rules/load.ts';
import { triaged } from '../rules/triaged.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import type { World } from '../world/world.ts';
import { words } from './bash-words.ts';

const loaded = await everyRulesWorlds();

/** What a person sees who types the command; of a long-running action, its result. */
async function typed(
  world: World,
  command: string,
): Promise<{
  readonly exitCode: number;
  readonly printed: unknown;
  readonly stderr: string;
  readonly isFollowed: boolean;
}> {
  const az = azInMemory(world);
  const [program, ...argv] = words(command);
  expect(program).toBe('az');
  let call = await az.run(argv);
  const next = argv[0] === 'rest' && call.exitCode === 0 ? health.follow?.next(call.stderr) : undefined;
  if (next && 'argv' in next) {
    do call = await az.run(next.argv);
    while (call.stdout.trim() === '');
  }
  return {
    exitCode: call.exitCode,
    printed: call.exitCode === 0 ? JSON.parse(call.stdout) : undefined,
    stderr: call.stderr,
    isFollowed: next !== undefined && 'argv' in next,
  };
}

/** The citation with what is really there. */
async function looked(citation: Citation, answer: ReturnType<typeof typed>): Promise<unknown> {
  const { exitCode, printed, stderr, isFollowed } = await answer;
  const { command } = citation;
  if ('error' in citation) {
    const first = citation.error.slice(0, 40);
    return { command, exitCode, error: stderr.includes(first) || exitCode === 0 ? citation.error : stderr };
  }
  const { path, query, follow } = citation;
  if (exitCode !== 0) return { command, path, exitCode, stderr };
  const found: unknown = JSONPath({ path, json: printed as object, eval: 'safe', wrap: true }); // `unknown` is no type it takes.
  if (!Array.isArray(found)) return { command, path, found };
  if (found.length > 1) return { command, path, several: found };
  const queried: unknown = search(printed, query);
  if (!isDeepStrictEqual(queried, found[0] ?? null)) return { command, path, query, found: found[0], queried };
  // What started an action printed a Location, and only that leads to a value.
  const place = { command, ...(isFollowed && { follow }), path, query };
  return found.length === 0 || found[0] === null ? { ...place, absent: true } : { ...place, value: found[0] };
}

describe.each(loaded)('what is cited in the worlds of $id is there', ({ worlds }) => {
  test.each(worlds.fires.map((one) => [one.when, one.world] as const))('%s', async (_, make) => {
    const world = make();
    const { findings } = await triaged(world);
    const answers = new Map<string, ReturnType<typeof typed>>();
    for (const citation of findings.flatMap(({ evidence }) => evidence)) {
      const answer = answers.get(citation.command) ?? typed(world, citation.command);
      answers.set(citation.command, answer);
      expect(await looked(citation, answer)).toEqual(citation);
    }
  });
});
