import { sameId } from '../../azure/ids.ts';
import { derive } from '../../evidence/fact.ts';
import { ruleOf } from '../../rule.ts';
import { checkWithTriage, lookAtInterfaces, lookAtScaleSet, notice } from '../../steps/looking.ts';
import { updateInstances } from '../../steps/machine.ts';
import type { ExpectationOf } from '../match.ts';
import { membershipOf } from '../membership.ts';
import { list } from '../naming.ts';
import { isUndercut } from '../smallest.ts';
import { type ExpectedPoolSubject, poolsSaying, writtenAt } from '../subjects.ts';

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'expected-member-missing',
    layer: 'existence',
    kind: 'risk',
    severity: 'high',
    title: 'A member that its owner expects is not in the pool',
    why: 'It runs, is paid for and gets no traffic; the members that are there carry its share.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/backend-pool-management',
    explains: ['expected-count-differs'],
    about: poolsSaying(of, 'members'),
    needs: { membership: ({ pool, expected }: ExpectedPoolSubject) => membershipOf(pool, expected) },
    check: ({ expectation, expected, pool }, { membership: { missing, shown, scaleSet } }) => {
      if (expected.members === undefined || missing.length === 0) return undefined;
      return {
        ...(isUndercut(expected, pool)
          ? { severity: 'critical', explains: ['expected-count-differs', 'below-smallest-healthy'] }
          : {}),
        facts: {
          missing: derive(missing, ...shown),
          ...writtenAt(expectation, expected.members),
        },
        detail: scaleSet,
      };
    },
    message: ({ missing }, { pool: { name } }) =>
      `${list(missing)} ${missing.length === 1 ? 'is' : 'are'} expected in ${name} and not there.`,
    fix: ({ missing }, { pool, loadBalancer }, scaleSet) => {
      const common = `Put ${list(missing)} into ${pool.name}`;
      if (scaleSet === undefined) {
        return [
          lookAtInterfaces(loadBalancer.id),
          notice(
            `${common}: a machine by az network nic ip-config address-pool add, an address by az network lb address-pool address add`,
          ),
          checkWithTriage(loadBalancer.id),
        ];
      }
      const isInModel = scaleSet.modelConfigurations.some(({ loadBalancerBackendAddressPools: ids }) =>
        ids.some((id) => sameId(id, pool.id)),
      );
      const instanceIds = scaleSet.instances.flatMap(({ name, instance }) =>
        instance && missing.includes(name) ? [instance.instanceId] : [],
      );
      return [
        lookAtScaleSet(scaleSet.id),
        ...(isInModel
          ? updateInstances({ scaleSetId: scaleSet.id, instanceIds, loadBalancerId: loadBalancer.id })
          : [
              notice(`${common}: first into the model of ${scaleSet.name}, then bring its instances to the model`),
              checkWithTriage(loadBalancer.id),
            ]),
      ];
    },
  });
