/** The word that a misspelt one most likely meant: one or two letters away, or begun alike. */
export function nearestOf(misspelt: string, words: readonly string[]): string | undefined {
  const wanted = misspelt.toLowerCase();
  const ranked = words
    .map((word) => ({ word, far: word.toLowerCase().startsWith(wanted) ? 1 : distance(wanted, word.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return misspelt.length > 1 && best !== undefined && best.far <= 2 ? best.word : undefined;
}

/** Levenshtein: how many letters to add, drop or change. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
