import { guarded, type Reversible } from './change.ts';
import type { Step } from './step.ts';
import { nameOf, option, partsOf, within } from './where.ts';

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
  const groups: readonly string[] = ['az', 'network', 'nsg', 'list', ...here];
  const look: Step = {
    kind: 'look',
    // `nsg create` over an existing name replaces that group.
    title: `See that no group of ${partsOf(subnetId).resourceGroup} is called ${group} yet`,
    argv: groups,
    disruptive: null,
  };
  const machines: Step = {
    kind: 'look',
    title: `See who else is in ${subnet}: whatever the group does not allow is shut out there`,
    argv: ['az', 'network', 'vnet', 'subnet', 'show', ...here, option('vnet-name', network), option('name', subnet)],
    disruptive: null,
  };
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
          // It goes with the group.
          undo: null,
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
  return [look, machines, ...guarded(loadBalancerId, changes, [subnetBackup()])];

  function subnetBackup(): Step {
    const { argv } = machines;
    return {
      kind: 'backup',
      title: `Save ${nameOf(subnetId)} as it is now`,
      argv: [...argv, '--output=json'],
      saveTo: `${nameOf(subnetId)}-before.json`,
      disruptive: null,
    };
  }
}
