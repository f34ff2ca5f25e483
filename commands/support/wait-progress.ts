import { durationText, lookLine, standing, type ToldStep } from '../../lib/report/wait-words.ts';
import type { Condition } from '../../lib/wait/condition.ts';
import { type ProgressStyle, progressStyle } from './progress.ts';
import { spinner } from './spinner.ts';

export interface WaitProgress {
  readonly told: (step: ToldStep) => void;
  readonly done: () => void;
}

/** A line a look where triage would be silent: waiting takes minutes. */
export function waitProgressStyle(options: Parameters<typeof progressStyle>[0]): ProgressStyle {
  if (options.onlyShowErrors) return 'none';
  return progressStyle(options, process.env, process.stderr) === 'spinner' ? 'spinner' : 'lines';
}

/** A line a look; on a terminal a spinner with how it stands, and a line only where something changed. */
export function waitProgress({ kind }: Condition, style: ProgressStyle, write: (line: string) => void): WaitProgress {
  if (style === 'none') return { told: () => {}, done: () => {} };
  const said = new Set<string>();
  const notes = ({ look }: ToldStep): readonly string[] => {
    const news = 'seen' in look ? look.seen.notes.filter((note) => !said.has(note)) : [];
    for (const note of news) said.add(note);
    return news;
  };
  if (style === 'lines') {
    return {
      told: (step) => {
        write(lookLine(kind, step));
        for (const note of notes(step)) write(`! ${note}`);
      },
      done: () => {},
    };
  }
  const shown = spinner('looking');
  shown.start();
  return {
    told: (step) => {
      const { state, changes, decision, look } = step;
      const lines = [
        ...(changes.length > 0 || !('seen' in look) ? [lookLine(kind, step)] : []),
        ...notes(step).map((note) => `! ${note}`),
      ];
      if (lines.length > 0) {
        shown.stop();
        for (const line of lines) write(line);
        shown.start();
      }
      const now = state.seen ? standing(kind, state.seen) : 'not read yet';
      const next = decision.kind === 'again' ? `, next look in ${durationText(decision.afterSeconds)}` : '';
      shown.say(`${now} after ${durationText(look.to)}${next}`);
    },
    done: shown.stop,
  };
}
