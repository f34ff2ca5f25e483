import { idParts as partsOf } from '../azure/ids.ts';

/** A fix with an id that is none can't be built. */
export { partsOf };

/** `--option=value`: as two words, a value that begins with "-" (a group may) would be read as an option. */
export function option(name: string, value: string | number | boolean): string {
  return `--${name}=${value}`;
}

/** The options that name a resource. */
export function nameOptions(id: string): readonly string[] {
  return [...within(id), option('name', partsOf(id).name)];
}

/** The options for its group and subscription: people have several, and the active one may be another. */
export function within(id: string): readonly string[] {
  const { resourceGroup, subscriptionId } = partsOf(id);
  return [option('resource-group', resourceGroup), option('subscription', subscriptionId)];
}

export function nameOf(id: string): string {
  return partsOf(id).name;
}
