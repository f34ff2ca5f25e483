/** A batch's answers come in no fixed order: the same list by id. */
export function inOrder(printed: unknown): unknown {
  const idOf = (item: unknown): string =>
    typeof item === 'object' && item !== null && 'id' in item ? String(item.id).toLowerCase() : '';
  return Array.isArray(printed) ? printed.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1)) : printed;
}
