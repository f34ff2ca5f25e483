import { idParts } from '../../azure/ids.ts';

/** Group, name and subscription of a resource, for the commands that take no `--ids`. */
export function scope(id: string, nameOption: string): readonly string[] {
  const parsed = idParts(id);
  return [
    `--resource-group=${parsed.resourceGroup}`,
    `--${nameOption}=${parsed.name}`,
    `--subscription=${parsed.subscriptionId}`,
  ];
}
