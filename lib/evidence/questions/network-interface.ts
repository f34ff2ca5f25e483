import type { NetworkInterfaceAnswer } from '../../../schemas/az/network-interface.generated.ts';
import schema from '../../../schemas/az/network-interface.schema.json' with { type: 'json' };
import { lastSegment, scaleSetInstance } from '../../azure/ids.ts';
import { misnamed, strangerIn } from '../parents.ts';
import { defineQuestion } from '../question.ts';
import { scope } from './scope.ts';

/** A network interface; that of a Uniform scale set's instance has a command of its own. */
export const networkInterface = defineQuestion<NetworkInterfaceAnswer>({
  name: 'network-interface',
  schema,
  misfit: (value) => misnamed(value) ?? strangerIn(value.id, value.ipConfigurations),
  batch: true,
  alone: (id) => scaleSetInstance(id) !== undefined,
  lasting: 'answer',
  argv: (ids) => {
    const [only = ''] = ids;
    const instance = ids.length === 1 ? scaleSetInstance(only) : undefined;
    if (!instance) return ['network', 'nic', 'show', '--ids', ...ids];
    return [
      'vmss',
      'nic',
      'show',
      ...scope(instance.scaleSetId, 'vmss-name'),
      `--instance-id=${instance.instanceId}`,
      `--name=${lastSegment(only)}`,
    ];
  },
});
