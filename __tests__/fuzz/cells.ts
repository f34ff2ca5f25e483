import type { Az } from '../../lib/az/call.ts';
import { exitCode } from '../../lib/diagnosis/exit-code.ts';
import { maskedAz, masks } from '../../lib/masking/mask.ts';
import { type Base, diagnosed, type Ending, endingOf, isBetter } from './bases.ts';
import { cpuTime } from './cpu-time.ts';
import { renderOnce } from './rendered.ts';

/** One thing that goes wrong in one world. */
export interface Spoiled {
  readonly told: string;
  /** What goes wrong. */
  readonly fault: string;
  readonly base: Base;
  readonly az: Az;
  readonly isMasked?: boolean;
}

export interface Cell {
  readonly told: string;
  readonly exitCode: number;
  readonly isBetter: boolean;
  readonly milliseconds: number;
  /** Soon, after few az processes, and with no long wait between two of them. */
  readonly inTime: boolean;
  /** az processes, and the longest that one was waited with. */
  readonly calls: number;
  readonly longestWait: number;
  readonly wrong?: string;
}

/** Longer than this nothing takes that ends, whatever else this machine does. */
const hang = 5_000;
/** The longest wait between two looks at a result. */
const longestWait = 15;

/** Nothing crashes or hangs, and nothing looks better than without the fault. */
export async function cellOf({ told, base, az, isMasked }: Spoiled): Promise<Cell> {
  let calls = 0;
  let waited = 0;
  const elsewhere: string[] = [];
  const counted: Az = {
    run(argv, options) {
      calls += 1;
      elsewhere.push(...argv.filter(leadsElsewhere));
      waited = Math.max(waited, options?.afterSeconds ?? 0);
      return az.run(argv, options);
    },
  };
  const start = cpuTime();
  const ending = await endingOf(async () => {
    const diagnosis = await diagnosed(isMasked ? maskedAz(counted, masks()) : counted, base.world);
    renderOnce(diagnosis, { colour: false, width: 80, verbose: true });
    return diagnosis;
  });
  const milliseconds = cpuTime() - start;
  const code = codeOf(ending);
  const isUp = ending.kind === 'diagnosis' && isBetter(ending.diagnosis.verdict, base.verdict);
  const late = [
    ...(milliseconds > hang ? [`took ${Math.round(milliseconds)} ms`] : []),
    ...(waited > longestWait ? [`waited ${waited} s at once`] : []),
    ...(calls > mostCalls(base) ? [`${calls} az processes, without the fault ${base.calls.length}`] : []),
  ];
  const wrong = [
    ...(ending.kind === 'crash' ? [`crash: ${ending.because}`] : []),
    ...(isUp ? [`${ending.diagnosis.verdict}, without the fault ${base.verdict}`] : []),
    ...elsewhere.map((option) => `asked with a token: ${option.slice(0, 200)}`),
    ...(code === 0 && base.exitCode !== 0 ? [`exit code 0, without the fault ${base.exitCode}`] : []),
    ...late,
  ];
  return {
    told,
    exitCode: code,
    isBetter: isUp,
    milliseconds,
    inTime: late.length === 0,
    calls,
    longestWait: waited,
    ...(wrong.length > 0 && { wrong: wrong.join('; ') }),
  };
}

/** az sends a token to whatever address it is given. */
const leadsElsewhere = (option: string): boolean => /^--ur[il]=(?!\/|https:\/\/management\.azure\.com\/)/.test(option);

/** Each machine and interface alone and in force besides, and thirty looks at the health of each balancing rule. */
const mostCalls = ({ calls }: Base): number => 4 * calls.length + 32 * calls.filter(isStart).length;
const isStart = ({ argv }: { readonly argv: readonly string[] }): boolean => argv.includes('--method=post');

function codeOf(ending: Ending): number {
  if (ending.kind === 'diagnosis') return exitCode(ending.diagnosis, 'high');
  return ending.kind === 'crash' ? 70 : ending.exitCode;
}
