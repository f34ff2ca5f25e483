import type { Judgement } from './judge.ts';
import { judge } from './judge.ts';
import { trialOf } from './trial.ts';

export interface Score {
  readonly worlds: number;
  readonly seconds: number;
  readonly lines: readonly string[];
  readonly failures: readonly Judgement[];
  /** The kinds of faults that were placed. */
  readonly kinds: readonly string[];
}

/** Judges `count` worlds, the first of them from `seed`. */
export async function scoreOf(count: number, seed: number): Promise<Score> {
  const started = performance.now();
  const before = process.cpuUsage();
  const all: Pick<Judgement, 'trial' | 'wrong'>[] = [];
  const failures: Judgement[] = [];
  for (let at = 0; at < count; at += 1) {
    const judgement = await judge(trialOf(seed + at));
    const { trial, wrong } = judgement;
    all.push({ trial, wrong });
    if (wrong.length > 0) failures.push(judgement);
  }
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const each = (user + system) / 1000 / Math.max(1, count);
  const share = (told: string, kind: string, visible?: number) => {
    const those = all.filter(
      ({ trial }) => trial.kind === kind && (visible ?? trial.visible.length) === trial.visible.length,
    );
    const right = those.filter(({ wrong }) => wrong.length === 0).length;
    return `${told}: ${right} of ${those.length}`;
  };
  return {
    worlds: count,
    seconds,
    failures,
    kinds: [...new Set(all.flatMap(({ trial }) => trial.injections.map(({ kind }) => kind)))],
    lines: [
      `${count} worlds in ${seconds.toFixed(1)} s, ${each.toFixed(1)} ms of processor time each`,
      share('one fault, named first', 'one'),
      share('two faults, both named', 'two', 2),
      share('two faults of which one hides the other, that one named', 'two', 1),
      share('healthy, ok and nothing serious said', 'healthy'),
      share('fewer rights, nothing called fine that is not', 'rights'),
      share('asking went wrong, nothing called fine that could not be read', 'az'),
    ],
  };
}

/** What replays one world: its seed, what it is, what is wrong with it, and what was said of it. */
export function tell({ trial, diagnosis, azFault, wrong }: Judgement, findings = false): string {
  const { seed, kind, scene, injections, visible, version, rights } = trial;
  return [
    `npm run lab -- --world ${seed}   (${kind}, az ${version})`,
    ...scene.told,
    ...injections.map((each) => `fault: ${each.told}${visible.includes(each) ? '' : ' (hidden by the other)'}`),
    ...(rights ? [`rights: ${rights.told}`] : []),
    ...(azFault ? [`az: ${azFault.kind} on ${azFault.request}`] : []),
    `verdict ${diagnosis?.verdict ?? 'none'}, causes: ${diagnosis?.causes.join(', ') || 'none'}`,
    ...(findings ? (diagnosis?.findings.map(tellFinding) ?? []) : []),
    ...(findings
      ? (diagnosis?.notEvaluated
          .slice(0, 8)
          .map(({ rule, on, because }) => `not evaluated: ${rule} ${on} ${because}`) ?? [])
      : []),
    ...wrong.map((each) => `WRONG: ${each}`),
  ].join('\n  ');
}

const tellFinding = ({
  kind,
  severity,
  key,
  message,
  affects,
  explainedBy,
}: NonNullable<Judgement['diagnosis']>['findings'][number]): string =>
  `${kind} ${severity} ${key}: ${message} [${affects.join(' ')}]${explainedBy.length > 0 ? ` because of ${explainedBy.join(', ')}` : ''}`;
