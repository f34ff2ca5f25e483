import { sameId } from '../../../lib/azure/ids.ts';
import { backendRefusals } from './backends.ts';
import { frontendRefusals } from './frontends.ts';
import { outboundRefusals } from './outbound.ts';
import type { ArmRefusal, WouldBe } from './would-be.ts';

/** What stands around a load balancer that is written. */
export interface Around {
  /** The load balancers that its members may be behind as well. */
  readonly others: readonly WouldBe[];
  /** By its id; undefined where it is not known. */
  readonly skuOfAddress: (id: string) => string | undefined;
}

const alone: Around = { others: [], skuOfAddress: () => undefined };

/**
 * Why ARM would refuse a load balancer: states that never stand in an answer, and that a plan must not pass through.
 * https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors, and what issues show.
 */
export function armRefusals(lb: WouldBe, around: Around = alone): readonly ArmRefusal[] {
  return [
    ...referenceRefusals(lb),
    ...nameRefusals(lb),
    ...frontendRefusals(lb),
    ...backendRefusals(lb, around.others),
    ...outboundRefusals(lb),
    ...skuRefusals(lb, around),
  ];
}

/** A part that is used can't go, and none that isn't there can be used. */
function referenceRefusals(lb: WouldBe): readonly ArmRefusal[] {
  const own = [...lb.frontendIPConfigurations, ...lb.backendAddressPools, ...lb.probes].map(({ id }) => id);
  const users = [...lb.loadBalancingRules, ...(lb.outboundRules ?? []), ...(lb.inboundNatRules ?? [])];
  return users.flatMap((user) =>
    referencesOf(user).flatMap((id) =>
      own.some((each) => sameId(each, id))
        ? []
        : [{ code: 'InvalidResourceReference', because: `${user.name} refers to ${id}, which is not there` }],
    ),
  );
}

interface User {
  readonly frontendIPConfiguration?: { readonly id: string };
  readonly frontendIPConfigurations?: readonly { readonly id: string }[];
  readonly backendAddressPool?: { readonly id: string };
  readonly backendAddressPools?: readonly { readonly id: string }[];
  readonly probe?: { readonly id: string };
}

function referencesOf(user: User): readonly string[] {
  const { frontendIPConfigurations = [], backendAddressPools = [] } = user;
  return [
    user.frontendIPConfiguration,
    ...frontendIPConfigurations,
    user.backendAddressPool,
    ...backendAddressPools,
    user.probe,
  ].flatMap((reference) => reference?.id ?? []);
}

function nameRefusals(lb: WouldBe): readonly ArmRefusal[] {
  const lists = [lb.frontendIPConfigurations, lb.backendAddressPools, lb.loadBalancingRules, lb.probes];
  return [...lists, lb.outboundRules ?? [], lb.inboundNatRules ?? []].flatMap((list) => {
    const names = list.map(({ name }) => name.toLowerCase());
    const twice = list.find(({ name }, at) => names.indexOf(name.toLowerCase()) !== at);
    return twice === undefined ? [] : [{ code: 'DuplicateResourceName', because: `${twice.name} is there twice` }];
  });
}

function skuRefusals(lb: WouldBe, { skuOfAddress }: Around): readonly ArmRefusal[] {
  const own = lb.sku?.name ?? 'Basic';
  return lb.frontendIPConfigurations.flatMap(({ name, publicIPAddress }) => {
    const sku = publicIPAddress === undefined ? undefined : skuOfAddress(publicIPAddress.id);
    return sku === undefined || sku.toLowerCase() === own.toLowerCase()
      ? []
      : [
          {
            code: 'DifferentSkuLoadBalancersAndPublicIPAddressNotAllowed',
            because: `the public address of frontend ${name} is of SKU ${sku}, the load balancer ${own}`,
          },
        ];
  });
}
