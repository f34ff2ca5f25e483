import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { planReport } from '../../lib/report/plan-report.ts';
import { planScript } from '../../lib/report/plan-script.ts';
import { render } from '../../lib/report/render.ts';
import { isComment } from '../../lib/shell/shell.ts';
import { everyInvisible } from '../../lib/words/invisible.ts';
import type { Plan } from '../../schemas/plan.generated.ts';
import { calling, texts } from '../fuzz/hostile-names.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { notInPool, withoutProbe } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change } from '../world/world.ts';
import { adding, examined, leaving } from './planned.ts';

const style = { colour: false, width: 100, verbose: true } as const;
const worlds = [
  healthyWorld(),
  healthyWorld({ membership: 'ip' }),
  change(healthyWorld({ membership: 'ip' }), withoutProbe()),
];

test('hostile names: nothing acts in text or script, and bash hands on what is meant', async () => {
  const wrong: unknown[] = [];
  const commands: { readonly argv: readonly string[]; readonly command: string }[] = [];
  let changes = 0;
  const looked = (plan: Plan, of: { readonly text: string; readonly name: string }): void => {
    const said = render(planReport(plan, style), { format: 'text' }).replaceAll(/[\n\t]/g, '');
    if (/\p{Cc}|##vso\[/u.test(said) || said.search(everyInvisible) >= 0) wrong.push({ ...of, said });
    const parsed = spawnSync('bash', ['-n'], { input: planScript(plan), encoding: 'utf8' });
    if (parsed.status !== 0) wrong.push({ ...of, error: parsed.stderr });
    for (const { argv, command } of plan.steps)
      if (argv.length > 0 && !isComment(command)) commands.push({ argv, command });
  };
  for (const world of worlds) {
    for (const text of texts) {
      for (const name of ['web-2-nic', 'web-2', 'web-pool']) {
        const az = calling(azInMemory(world), name, text);
        const { loadBalancer } = (await examined(world, { az })).topology;
        const [, member] = loadBalancer.pools.flatMap(({ members }) => members);
        for (const kind of member === undefined ? [] : (['drain', 'remove'] as const)) {
          const plan = await leaving(kind, world, [member?.key ?? ''], { az });
          changes += plan.steps.filter((step) => step.kind === 'change').length;
          looked(plan, { text, name });
        }
      }
    }
  }
  const outside = change(healthyWorld(), notInPool('web-3'));
  for (const text of texts) {
    for (const name of ['web-3', 'web-3-nic']) {
      const plan = await adding(outside, [text], { az: calling(azInMemory(outside), name, text) });
      changes += plan.steps.filter((step) => step.kind === 'change').length;
      looked(plan, { text, name });
    }
  }
  expect(wrong).toEqual([]);
  expect(changes).toBeGreaterThan(200);
  const once = [...new Map(commands.map((each) => [each.command, each])).values()];
  // One a subshell, so that none can spoil the next.
  const script = once.map(({ command }) => `(${command}\n)`).join('\n');
  const functions = ['az', 'azlb'].map((name) => `${name}() { printf '%s\\0' ${name} "$@"; printf '\\1'; }`).join('\n');
  const options = { encoding: 'utf8', cwd: '/', input: `${functions}\n${script}`, maxBuffer: 2 ** 28 } as const;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '--noprofile'], options);
  expect(stderr).toBe('');
  const read = stdout
    .split('\u0001')
    .slice(0, -1)
    .map((each) => each.split('\0').slice(0, -1));
  expect(read).toEqual(once.map(({ argv }) => argv));
}, 120_000);
