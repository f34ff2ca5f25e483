import { type Evidence, reading } from '../evidence/evidence.ts';
import { resourceGroup } from '../evidence/questions/resource-group.ts';
import type { Reading } from '../evidence/reading.ts';
import { unlessGone } from './gone.ts';
import type { Gone, ResourceGroup } from './model.ts';

export function resourceGroupReading(evidence: Evidence, id: string): Reading<ResourceGroup | Gone> {
  return reading(evidence, resourceGroup, id).map((read) =>
    unlessGone(read, ({ answer, value }) => ({
      source: { answer },
      id: value.id,
      name: value.name,
      managedBy: value.managedBy || undefined,
    })),
  );
}
