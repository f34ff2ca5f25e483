import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { diagnosisText } from '../../lib/report/text.ts';
import type { Citation } from '../../schemas/diagnosis.generated.ts';
import { words } from '../diagnosis/bash-words.ts';
import { everyRulesWorlds } from '../rules/load.ts';
import { triaged } from '../rules/triaged.ts';
import { deallocated, nicDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { againstStandIn, type RealAz } from './az.ts';

/** So many commands with their query are typed. */
const most = 24;

type Queried = Extract<Citation, { readonly query: string }>;
const sample = (await Promise.all((await everyRulesWorlds()).map(eachRulesCitations))).flat();

let real: RealAz;
beforeAll(async () => {
  real = await againstStandIn('2.91.0');
}, 60_000);
afterAll(() => real.close());

test.each(everyNth(sample, most).map((one) => [one.citation.query, one] as const))(
  'az --query "%s" gives what is cited',
  async (query, { world, citation }) => {
    real.serve(world);
    const [, ...argv] = words(citation.command);
    const { exitCode, stdout, stderr } = await real.run([...argv, '--query', query]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    // Of null, az prints nothing.
    const printed: unknown = stdout.trim() === '' ? null : JSON.parse(stdout);
    expect(printed).toEqual('value' in citation ? citation.value : null);
  },
);

test('what the report says to see it yourself shows it in a shell', async () => {
  const world = change(healthyWorld(), nicDenies('web-2', { name: 'DenyAll', port: 8443 }), deallocated('web-3'));
  real.serve(world);
  const report = diagnosisText(await triaged(world), { colour: false, width: 100, verbose: false });
  const commands = [...report.matchAll(/^ {2}(?:\[\d+\])+ (az .*)$/gm)].map(([, command = '']) => command);
  expect(commands.length).toBeGreaterThan(2);
  const shown: string[] = [];
  for (const command of commands) {
    const { stdout } = await promisify(execFile)('bash', ['-c', command], { env: real.environment });
    shown.push(stdout);
  }
  expect(shown.join('\n')).toMatch(/Deny[\s\S]*PowerState\/deallocated|PowerState\/deallocated[\s\S]*Deny/);
  expect(shown.map((text) => text.trim()).filter((text) => text === '')).toEqual([]);
});

/** Different ones of the first world where a rule fires; what is only started prints no result. */
async function eachRulesCitations({ worlds }: Awaited<ReturnType<typeof everyRulesWorlds>>[number]) {
  const [first] = worlds.fires;
  if (first === undefined) return [];
  const world: World = first.world();
  const { findings } = await triaged(world);
  const citations = findings.flatMap(({ evidence }) => evidence).filter(isQueried);
  return [...new Map(citations.map((citation) => [citation.query, { world, citation }])).values()];
}

function isQueried(citation: Citation): citation is Queried {
  return 'query' in citation && citation.follow === undefined;
}

/** Spread evenly, one of each way to ask. */
function everyNth(all: typeof sample, wanted: number): typeof sample {
  const unlike = [...new Map(all.map((one) => [`${kindOf(one.citation)} ${one.citation.query}`, one])).values()];
  const step = Math.max(1, Math.floor(unlike.length / wanted));
  return unlike.filter((_, at) => at % step === 0).slice(0, wanted);
}

function kindOf({ command }: Citation): string {
  return command.split(' -')[0] ?? '';
}
