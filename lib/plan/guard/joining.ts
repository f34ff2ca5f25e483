import { sameName } from '../../azure/ids.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Reading } from '../../evidence/reading.ts';
import { goingInterface } from '../../topology/going-interface.ts';
import { present } from '../../topology/gone.ts';
import { familyOf, outwardPool } from '../../topology/outward.ts';
import { commandIn } from './command.ts';
import type { Moving } from './leaving.ts';

/**
 * An interface that is put into a pool: a Standard load balancer takes away the address that Azure lends, whether it lets
 * its members out or not. Undefined for any other change.
 */
export function joiningBy(argv: readonly string[], evidence: Evidence): Reading<Moving> | undefined {
  const { words, options } = commandIn(argv);
  if (argv[0] !== 'az' || words !== 'network nic ip-config address-pool add') return undefined;
  const one = (name: string): string => options.get(name)?.[0] ?? '';
  const group = `/subscriptions/${one('subscription')}/resourceGroups/${one('resource-group')}`;
  const name = one('nic-name');
  const going = goingInterface(evidence, `${group}/providers/Microsoft.Network/networkInterfaces/${name}`);
  return going.nic.andThen((nic) => {
    const configuration = present(nic)?.ipConfigurations.find((each) => sameName(each.name, one('ip-config-name')));
    return outwardPool(evidence, one('address-pool'), configuration === undefined ? 4 : familyOf(configuration)).map(
      (joined): Moving => ({ members: [{ ...going, name }], suppose: (pools) => [...pools, ...joined] }),
    );
  });
}
