import type { Ask } from './ask.ts';

/** Why something is not known. `not-asked` is what collect asks next; every other reason is final for this run. */
export interface Gap {
  readonly kind: string;
  readonly because: string;
  readonly command?: string;
  /** The action that Azure refused. */
  readonly action?: string;
  readonly ask?: Ask;
}

/** The gap of what an older azlb did not ask when it made the recording: it says nothing of the load balancer. */
export function notInRecording(recordedBy: string): Gap {
  return { kind: 'not-in-recording', because: `not in this recording: azlb ${recordedBy}, which made it, did not ask` };
}

export function isOfRecording({ kind }: Gap): boolean {
  return kind === 'not-in-recording';
}

/** The gap of what was cut or not asked for lack of time: nobody knows what it would have led to. */
export function isTimeUp({ kind }: Gap): boolean {
  return kind === 'time-up';
}

type State<T> = { readonly known: T } | { readonly gaps: readonly Gap[] };

/**
 * Evidence that may be missing. What it holds can be changed and joined here, but only `open` (evidence/open.ts, which
 * rules can't import) looks inside: the runner does, so that no rule can forget to say "not evaluated".
 */
export class Reading<out T> {
  readonly #state: State<T>;

  private constructor(state: State<T>) {
    this.#state = state;
  }

  static known<T>(value: T): Reading<T> {
    return new Reading({ known: value });
  }

  static missing(...gaps: readonly Gap[]): Reading<never> {
    return new Reading<never>({ gaps });
  }

  /** All of them, or every gap among them. */
  static all<T>(readings: readonly Reading<T>[]): Reading<readonly T[]> {
    const values: T[] = [];
    const gaps: Gap[] = [];
    for (const { state } of readings.map(Reading.look)) {
      if ('known' in state) values.push(state.known);
      else for (const gap of state.gaps) gaps.push(gap);
    }
    return gaps.length > 0 ? Reading.missing(...gaps) : Reading.known(values);
  }

  map<U>(change: (value: T) => U): Reading<U> {
    const state = this.#state;
    return 'known' in state ? Reading.known(change(state.known)) : new Reading<U>(state);
  }

  andThen<U>(next: (value: T) => Reading<U>): Reading<U> {
    const state = this.#state;
    return 'known' in state ? next(state.known) : new Reading<U>(state);
  }

  /**
   * This, or where it can't be had the other. A gap that is only not asked yet stays, since it will be asked, and so does
   * one of the kinds that nothing else can fill. Where time was up the other counts if it is known already: it is not
   * asked for any more.
   */
  orElse<U>(other: () => Reading<U>, unless: readonly string[] = []): Reading<T | U> {
    const state = this.#state;
    if ('known' in state || state.gaps.some(({ kind }) => kind === 'not-asked' || unless.includes(kind))) return this;
    const instead = other();
    return state.gaps.some(isTimeUp) && instead.#isToBeAsked() ? this : instead;
  }

  #isToBeAsked(): boolean {
    return 'gaps' in this.#state && this.#state.gaps.some(({ kind }) => kind === 'not-asked');
  }

  /** For evidence/open.ts alone. */
  static look<T>(reading: Reading<T>): { readonly state: State<T> } {
    return { state: reading.#state };
  }
}
