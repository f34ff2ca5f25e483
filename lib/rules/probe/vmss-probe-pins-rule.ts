import { idKey } from '../../azure/ids.ts';
import { defineRule } from '../../rule.ts';
import { notice } from '../../steps/looking.ts';
import { type ScaleSetSubject, servingScaleSets } from '../../topology/subjects.ts';
import { citeHealthProbe } from '../reference.ts';

export default defineRule({
  id: 'vmss-probe-pins-rule',
  layer: 'advice',
  kind: 'advice',
  severity: 'info',
  title: 'A scale set holds a probe and its balancing rules in place',
  why: 'While a scale set judges its instances by a probe, Azure refuses a change of that probe or of the backend port of its balancing rules.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors',
  about: servingScaleSets,
  needs: { set: ({ scaleSet }: ScaleSetSubject) => scaleSet.set },
  check: ({ loadBalancer }, { set }) => {
    if ('gone' in set) return undefined;
    const id = set.healthProbeId?.toLowerCase();
    const probe = loadBalancer.probes.find((each) => idKey(each.id) === id);
    // That no balancing rule uses it is a fault of its own.
    if (probe === undefined || probe.balancingRules.length === 0) return undefined;
    const covers = probe.balancingRules.map((balancingRule) => ({ balancingRule }));
    return { facts: { healthProbe: citeHealthProbe(set) }, covers, detail: { probe } };
  },
  message: (_, { scaleSet }, { probe }) =>
    `Scale set ${scaleSet.name} judges its instances by ${probe.name}: Azure refuses changes of that probe and its backend port meanwhile.`,
  fix: (_, { scaleSet }, { probe }) => [
    notice(
      `To change ${probe.name}: take healthProbe off the model of ${scaleSet.name}, update its instances, make the change, put healthProbe back, update them again`,
    ),
  ],
});
