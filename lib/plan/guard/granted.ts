/** One role's rights, as Azure lists them. */
export interface Permission {
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
}

/** Whether one of these gives the right to an action: what one takes out, another may give. */
export function isGranted(action: string, permissions: readonly Permission[]): boolean {
  return permissions.some(
    ({ actions = [], notActions = [] }) => isAmong(action, actions) && !isAmong(action, notActions),
  );
}

export function isAmong(action: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => fits(action.toLowerCase(), pattern.toLowerCase()));
}

/** `*` stands for anything, slashes too. */
function fits(action: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return action === pattern;
  if (!action.startsWith(first) || action.length < first.length + last.length || !action.endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = action.indexOf(part, from);
    if (at < 0 || at + part.length > action.length - last.length) return false;
    from = at + part.length;
  }
  return true;
}
