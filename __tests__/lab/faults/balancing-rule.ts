import { balancingRule, set } from '../../world/changes.ts';
import { itemsAt, objectAt, textAt } from '../../world/json.ts';
import { lastName } from '../../world/relations.ts';
import { resourceAt } from '../../world/world.ts';
import type { FaultKind, Injection } from '../fault.ts';
import type { Random } from '../random.ts';
import { pairsOf, type Scene, type SceneRule } from '../scene.ts';

/** Faults in how the load balancer's own parts refer to one another. */
export const balancingRuleFaults: readonly FaultKind[] = [
  onRule('no pool', ({ name }) => ({
    told: `${name} has no pool`,
    change: balancingRule({ backendAddressPools: [] }, name),
    names: ['rule-no-pool'],
    layer: 'topology',
    hides: true,
    stops: true,
  })),
  onRule('probe that is not there', ({ name }, { lbId }) => ({
    told: `${name} names a probe that is not there`,
    change: balancingRule({ probe: { id: `${lbId}/probes/old-probe` } }, name),
    names: ['dangling-reference'],
    layer: 'topology',
    unprobed: true,
  })),
  onRule('pool that is not there', ({ name }, { lbId }) => ({
    told: `${name} names a pool that is not there`,
    change: balancingRule({ backendAddressPools: [{ id: `${lbId}/backendAddressPools/old-pool` }] }, name),
    names: ['dangling-reference'],
    layer: 'topology',
    hides: true,
    stops: true,
  })),
  {
    name: 'provisioning failed',
    inject: (scene) =>
      scene.isGlobal
        ? undefined
        : {
            ...nowhere,
            told: 'the last write of the load balancer failed',
            change: set(scene.lbId, 'properties.provisioningState', 'Failed'),
            names: ['provisioning-failed'],
            layer: 'control-plane',
            at: [scene.lbId],
            touches: ['load balancer'],
          },
  },
  onRule('frontend of the other family', ({ name }, scene) => {
    if (!scene.isInternal || scene.hasIpv6) return undefined;
    return {
      told: `the frontend of ${name} is IPv6, the members are not`,
      change: (world) => {
        const rules = itemsAt(resourceAt(world, scene.lbId).properties, 'loadBalancingRules');
        const own = objectAt(
          rules.find((each) => each.name === name),
          'properties',
          'frontendIPConfiguration',
        );
        const path = `properties.frontendIPConfigurations[${lastName(textAt(own, 'id') ?? '')}].properties.privateIPAddressVersion`;
        return set(scene.lbId, path, 'IPv6')(world);
      },
      // Others may have the same frontend.
      at: scene.rules.map((rule) => rule.name),
      names: ['ip-family-mismatch'],
      // Without members there is no other family.
      touches: scene.rules.map((rule) => rule.pool),
      layer: 'topology',
      stops: true,
    };
  }),
];

const nowhere = { seen: [], blinds: [], unprobed: [], hides: [], shows: 'configuration', stops: false } as const;

interface Part extends Pick<Injection, 'told' | 'change' | 'names' | 'layer'> {
  readonly hides?: boolean;
  readonly unprobed?: boolean;
  readonly at?: readonly string[];
  readonly stops?: boolean;
  readonly touches?: readonly string[];
}

function onRule(name: string, make: (rule: SceneRule, scene: Scene, random: Random) => Part | undefined): FaultKind {
  return {
    name,
    inject: (scene, random) => {
      if (scene.sku !== 'Standard' || scene.isGlobal || scene.rules.length === 0) return undefined;
      const rule = random.pick(scene.rules);
      const part = make(rule, scene, random);
      const pairs = pairsOf(scene, scene.members, (each) => each.name === rule.name);
      return (
        part && {
          ...nowhere,
          ...part,
          at: part.at ?? [rule.name],
          touches: [rule.name, rule.probe.name, ...(part.touches ?? [])],
          hides: part.hides ? pairs : [],
          blinds: part.hides || part.unprobed ? pairs : [],
          unprobed: part.unprobed ? pairs : [],
          stops: part.stops ?? false,
        }
      );
    },
  };
}
