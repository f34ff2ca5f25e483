/** Takes work in the order it comes: some side by side, some alone. */
export interface Turns {
  take<T>(how: 'beside' | 'alone', work: () => Promise<T>): Promise<T>;
}

interface Waiting {
  readonly how: 'beside' | 'alone';
  readonly start: () => void;
}

/** At most `atOnce` pieces of work run side by side; one that is `alone` waits for all before it and holds up all after it. */
export function turns(atOnce: number): Turns {
  const waiting: Waiting[] = [];
  let running = 0;
  let alone = false;

  const startNext = () => {
    for (let next = waiting[0]; next && !alone; next = waiting[0]) {
      if (next.how === 'alone' ? running > 0 : running >= atOnce) return;
      waiting.shift();
      running += 1;
      alone = next.how === 'alone';
      next.start();
    }
  };

  return {
    async take(how, work) {
      await new Promise<void>((start) => {
        waiting.push({ how, start });
        startNext();
      });
      try {
        return await work();
      } finally {
        running -= 1;
        if (how === 'alone') alone = false;
        startNext();
      }
    },
  };
}
