import { type Evidence, reading } from '../evidence/evidence.ts';
import { effectiveSecurityGroups } from '../evidence/questions/effective-security-groups.ts';
import { networkInterface } from '../evidence/questions/network-interface.ts';
import { securityGroup } from '../evidence/questions/security-group.ts';
import { subnet } from '../evidence/questions/subnet.ts';
import { virtualNetwork } from '../evidence/questions/virtual-network.ts';
import { Reading } from '../evidence/reading.ts';
import { prefixContains } from '../network/address.ts';
import { filterInForce } from './filter-in-force.ts';
import { outOfSight, unlessGone } from './gone.ts';
import type { Gone, InboundFilter, Nic, SecurityGroup, Subnet } from './model.ts';
import { nicFrom, securityGroupFrom, subnetFrom } from './network.ts';
import { once } from './once.ts';
import type { Placed } from './owner-of-address.ts';

/**
 * What several members of one load balancer share, joined once and by id. It lives as long as its load balancer's
 * topology: kept for all load balancers, it would keep the evidence about each of them.
 */
export class SharedParts {
  readonly #evidence: Evidence;
  readonly #nics = new Map<string, Reading<Nic | Gone>>();
  readonly #subnets = new Map<string, Reading<Subnet | Gone>>();
  readonly #groups = new Map<string, Reading<SecurityGroup | Gone>>();
  readonly #configured = new Map<SecurityGroup | undefined, Map<SecurityGroup | undefined, InboundFilter>>();
  readonly #inForce = new Map<string, Reading<InboundFilter>>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
  }

  nic(id: string): Reading<Nic | Gone> {
    return once(this.#nics, id, () =>
      reading(this.#evidence, networkInterface, id).map((answer) => unlessGone(answer, nicFrom)),
    );
  }

  subnet(id: string): Reading<Subnet | Gone> {
    return once(this.#subnets, id, () =>
      reading(this.#evidence, subnet, id).map((answer) => unlessGone(answer, subnetFrom)),
    );
  }

  /** The subnet of a virtual network that an address lies in; undefined where it lies in none. */
  subnetHolding({ ip, network }: Placed): Reading<Subnet | undefined> {
    return reading(this.#evidence, virtualNetwork, network).andThen((answer): Reading<Subnet | undefined> => {
      if (answer.gone) return outOfSight(answer);
      const holding = answer.value.subnets.find(({ addressPrefix, addressPrefixes = [] }) =>
        [...(addressPrefix === undefined ? [] : [addressPrefix]), ...addressPrefixes].some((prefix) =>
          prefixContains(prefix, ip),
        ),
      );
      if (holding === undefined) return Reading.known(undefined);
      return this.subnet(holding.id).andThen((found) => (found.gone ? outOfSight(found) : Reading.known(found)));
    });
  }

  securityGroup(id: string): Reading<SecurityGroup | Gone> {
    return once(this.#groups, id, () =>
      reading(this.#evidence, securityGroup, id).map((answer) => unlessGone(answer, securityGroupFrom)),
    );
  }

  /** Members behind the same groups share one filter, and so what is found out about it. */
  configuredFilter(subnetGroup: SecurityGroup | undefined, nicGroup: SecurityGroup | undefined): InboundFilter {
    const behindSubnet = once(this.#configured, subnetGroup, () => new Map<SecurityGroup | undefined, InboundFilter>());
    return once(behindSubnet, nicGroup, () => ({
      source: 'configured',
      subnet: subnetGroup?.rules,
      nic: nicGroup?.rules,
      subnetGroup,
      nicGroup,
    }));
  }

  /** The rules in force at a network interface; each class of equal groups is asked at one interface. */
  effectiveFilter(nicId: string): Reading<InboundFilter> {
    return once(this.#inForce, nicId, () =>
      reading(this.#evidence, effectiveSecurityGroups, nicId).andThen((answer) =>
        answer.gone
          ? Reading.missing({ kind: 'not-found', because: answer.refusal.error, command: answer.refusal.command })
          : Reading.known(filterInForce(answer)),
      ),
    );
  }
}
