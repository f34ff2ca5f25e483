/** A text in quotes, its line ends and quotes told by escapes; a path of Windows keeps its backslashes single. */
export function quoted(text: string, longest = Number.POSITIVE_INFINITY): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return JSON.stringify(shown).replaceAll('\\\\', '\\');
}
