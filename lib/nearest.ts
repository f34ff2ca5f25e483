import { distance } from 'fastest-levenshtein';

/** The word that a misspelt one most likely meant: one or two letters away, or begun alike. */
export function nearestOf(misspelt: string, words: readonly string[]): string | undefined {
  const wanted = misspelt.toLowerCase();
  const ranked = words
    .map((word) => ({ word, far: word.toLowerCase().startsWith(wanted) ? 1 : distance(wanted, word.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return misspelt.length > 1 && best !== undefined && best.far <= 2 ? best.word : undefined;
}
