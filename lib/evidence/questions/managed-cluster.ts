import type { ManagedClusterAnswer } from '../../../schemas/az/managed-cluster.generated.ts';
import schema from '../../../schemas/az/managed-cluster.schema.json' with { type: 'json' };
import { misnamed } from '../parents.ts';
import { defineQuestion } from '../question.ts';
import { scope } from './scope.ts';

/** `az aks show` takes no ids (2.91). */
export const managedCluster = defineQuestion<ManagedClusterAnswer>({
  name: 'managed-cluster',
  since: '0.2.0',
  schema,
  misfit: misnamed,
  batch: false,
  argv: ([id = '']) => ['aks', 'show', ...scope(id, 'name')],
});
