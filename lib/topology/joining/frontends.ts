import { frontendAddress } from '../frontend-address.ts';
import type { Frontend } from '../model.ts';
import { privateLinkServicesAt } from '../private-link.ts';
import type { Whole } from './whole.ts';

export function frontendsOf(whole: Whole): readonly Frontend[] {
  const { value, evidence, shared } = whole;
  return value.frontendIPConfigurations.map((item, index): Frontend => {
    const subnetId = item.subnet?.id;
    return {
      source: whole.at('frontendIPConfigurations', index),
      id: item.id,
      name: item.name,
      kind: item.publicIPAddress || item.publicIPPrefix ? 'public' : 'internal',
      privateIPAddress: item.privateIPAddress,
      privateIPAddressVersion: item.privateIPAddressVersion,
      zones: item.zones,
      publicIPId: item.publicIPAddress?.id,
      address: frontendAddress(evidence, item),
      subnetId,
      subnet: subnetId === undefined ? undefined : shared.subnet(subnetId),
      get privateLinkServices() {
        return privateLinkServicesAt(evidence, item.id);
      },
    };
  });
}
