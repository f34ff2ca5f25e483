import { guarded, type Reversible } from './change.ts';
import { backup, look } from './looking.ts';
import type { Step } from './step.ts';
import { option, partsOf, within } from './where.ts';

export interface NewGroup {
  readonly loadBalancerId: string;
  readonly location: string;
  readonly subnetId: string;
  /** All that the subnet's members serve to the internet. */
  readonly openings: readonly { readonly protocol: 'Tcp' | 'Udp'; readonly port: number }[];
}

/** A group that lets the clients in, then the group on the subnet: in this order nobody is shut out in between. */
export function guardSubnet({ loadBalancerId, location, subnetId, openings }: NewGroup): Step[] {
  const [network = '', subnet = ''] = partsOf(subnetId).names;
  const group = `${subnet}-nsg`;
  const here = within(subnetId);
  const where = [...here, option('vnet-name', network), option('name', subnet)];
  // `nsg create` over an existing name replaces that group.
  const free = look(
    `See that no group of ${partsOf(subnetId).resourceGroup} is called ${group} yet`,
    '[].name',
    ...['network', 'nsg', 'list', ...here],
  );
  const machines = look(
    `See who else is in ${subnet}: whatever the group does not allow is shut out there`,
    'ipConfigurations[].id',
    ...['network', 'vnet', 'subnet', 'show', ...where],
  );
  const onSubnet = [
    'network',
    'vnet',
    'subnet',
    'update',
    ...here,
    option('vnet-name', network),
    option('name', subnet),
  ];
  const changes: readonly Reversible[] = [
    {
      title: `Create ${group}`,
      argv: ['network', 'nsg', 'create', ...here, option('name', group), option('location', location)],
      undo: { title: `Delete ${group} again`, argv: ['network', 'nsg', 'delete', ...here, option('name', group)] },
    },
    ...(['Tcp', 'Udp'] as const).flatMap((protocol, at): readonly Reversible[] => {
      const ports = [...new Set(openings.filter((each) => each.protocol === protocol).map(({ port }) => port))];
      if (ports.length === 0) return [];
      const name = `Allow-Clients-${protocol}`;
      return [
        {
          title: `Let clients in to ${protocol} ${ports.join(', ')}`,
          argv: [
            ...['network', 'nsg', 'rule', 'create', ...here, option('nsg-name', group), option('name', name)],
            ...[option('priority', 200 + at), option('direction', 'Inbound'), option('access', 'Allow')],
            option('protocol', protocol),
            ...[option('source-address-prefixes', 'Internet'), '--destination-port-ranges', ...ports.map(String)],
          ],
          undo: {
            title: `Delete ${name} again`,
            argv: ['network', 'nsg', 'rule', 'delete', ...here, option('nsg-name', group), option('name', name)],
          },
        },
      ];
    }),
    {
      title: `Put ${group} on ${subnet}`,
      argv: [...onSubnet, option('nsg', group)],
      disruptive: `Concerns every machine in ${subnet}, and drops settings of the subnet that are newer than az knows.`,
      undo: {
        title: `Take it off ${subnet} again`,
        argv: [...onSubnet, option('nsg', 'null')],
        disruptive: `Concerns every machine in ${subnet}.`,
      },
    },
  ];
  return [free, machines, ...guarded(loadBalancerId, changes, [backup(subnetId)])];
}
