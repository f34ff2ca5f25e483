import { maskedAz, masks } from '../../lib/masking/mask.ts';
import { randomFrom } from '../lab/random.ts';
import { again, type Base, diagnosed, type Ending, endingOf, everyBase, isBetter } from './bases.ts';
import { cpuTime } from './cpu-time.ts';
import { mutate } from './mutate.ts';
import { renderOnce } from './rendered.ts';

/** What became of one spoiled answer. All of it follows from the seed. */
export interface Trial {
  readonly seed: number;
  readonly told: string;
  readonly ending: Ending;
  readonly milliseconds: number;
  /** What came out better with a single value changed is for a person to judge: a deny on another port denies no more. */
  readonly isBetter: boolean;
  readonly wrong?: string;
}

/** Longer than this nothing takes that ends. */
const hang = 5_000;

let bases: Promise<readonly Base[]> | undefined;

export async function trialOf(seed: number): Promise<Trial> {
  bases ??= everyBase();
  const random = randomFrom(seed);
  const base = random.pick(await bases);
  const spoilable = base.calls.flatMap((call, at) => (call.exitCode === 0 && call.stdout.trim() !== '' ? [at] : []));
  const at = random.pick(spoilable);
  const call = base.calls[at];
  if (call === undefined) throw new Error(`There is no call ${at} in ${base.name}`);
  const { text, told: what, isWhole } = mutate(call.stdout, random);
  const told = `${base.name}, az ${call.argv.join(' ').slice(0, 120)}: ${what}`;
  const az = again(base, (each, index) => (index === at ? { ...each, stdout: text } : each));
  const isMasked = random.chance(0.1);
  const start = cpuTime();
  const ending = await endingOf(async () => {
    const diagnosis = await diagnosed(isMasked ? maskedAz(az, masks()) : az, base.world);
    renderOnce(diagnosis, { colour: random.chance(0.5), width: 80, verbose: random.chance(0.5) });
    return diagnosis;
  });
  const milliseconds = cpuTime() - start;
  const isUp = ending.kind === 'diagnosis' && isBetter(ending.diagnosis.verdict, base.verdict);
  const wrong = wrongIn(ending, milliseconds) ?? (isWhole && isUp ? `better than ${base.verdict}` : undefined);
  return { seed, told, ending, milliseconds, isBetter: isUp, ...(wrong !== undefined && { wrong }) };
}

function wrongIn(ending: Ending, milliseconds: number): string | undefined {
  if (ending.kind === 'crash') return `crash: ${ending.because}`;
  if (milliseconds > hang) return `took ${Math.round(milliseconds)} ms`;
  return undefined;
}
