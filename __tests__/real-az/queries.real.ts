import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Citation } from '../../schemas/diagnosis.generated.ts';
import { words } from '../diagnosis/bash-words.ts';
import { everyRulesWorlds } from '../rules/load.ts';
import { triaged } from '../rules/triaged.ts';
import type { World } from '../world/world.ts';
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
