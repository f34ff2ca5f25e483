import type { JsonObject } from './json.ts';
import { asResource, type Resource, type World } from './world.ts';

export interface BalancingRuleShape {
  readonly name: string;
  readonly frontendPort: number;
  readonly backendPort: number;
  readonly protocol?: 'Tcp' | 'Udp' | 'All';
  readonly frontend?: string;
  readonly pool?: string;
  /** null: the balancing rule has no probe. */
  readonly probe?: string | null;
  readonly floatingIp?: boolean;
  /** Minutes. */
  readonly idleTimeout?: number;
}

export interface ProbeShape {
  readonly name: string;
  readonly protocol: 'Http' | 'Https' | 'Tcp';
  readonly port: number;
  readonly path?: string;
  /** Seconds. */
  readonly interval?: number;
}

export interface PoolShape {
  /** `web-pool` has machines web-1, web-2, …; those of a scale set are web_1, web_2, … of the set `web`. */
  readonly name: string;
  readonly members?: number;
  /** What its machines or their scale set are called instead. */
  readonly machines?: string;
}

/** What a healthy world looks like; everything has a boring default. */
export interface Shape {
  readonly name?: string;
  readonly group?: string;
  readonly location?: string;
  readonly clock?: string;
  readonly members?: number;
  readonly membership?: 'nic' | 'ip' | 'uniform' | 'flexible';
  readonly internal?: boolean;
  readonly sku?: 'Standard' | 'Basic' | 'Gateway';
  /** Adds an IPv6 frontend, balancing rule and NIC configurations beside those of IPv4. */
  readonly ipv6?: boolean;
  readonly zones?: readonly string[];
  readonly pools?: readonly PoolShape[];
  readonly probes?: readonly ProbeShape[];
  readonly balancingRules?: readonly BalancingRuleShape[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** A shape with its defaults. */
export interface Plan extends Required<Shape> {
  readonly world: World;
}

export type Place = Pick<Plan, 'world' | 'group'>;

export const idIn = ({ world, group }: Place, type: string, name: string): string =>
  `/subscriptions/${world.subscription}/resourceGroups/${group}/providers/Microsoft.${type}/${name}`;

export const base = (place: Place, type: string, name: string, location: string): JsonObject => ({
  id: idIn(place, type, name),
  name,
  type: `Microsoft.${type}`,
  location,
  ...(type.startsWith('Network/') && { etag: `W/"${guid(name)}"` }),
});

/** A stable GUID made of a name, so that a world reads the same each time it is built. */
export function guid(name: string): string {
  let hash = 2166136261;
  const digits = () => {
    let text = '';
    for (let round = 0; round < 4; round += 1) {
      for (const letter of `${name}${round}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619) >>> 0;
      text += hash.toString(16).padStart(8, '0');
    }
    return text;
  };
  const hex = digits();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const publicAddress = (
  plan: Pick<Plan, 'world' | 'group' | 'location' | 'zones'>,
  name: string,
  ipAddress: string,
  sku: string,
  tier = 'Regional',
): Resource =>
  asResource({
    ...base(plan, 'Network/publicIPAddresses', name, plan.location),
    ...(plan.zones.length > 0 && { zones: plan.zones }),
    tags: { owner: 'shop-platform' },
    sku: { name: sku, tier },
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: guid(name),
      ipAddress,
      publicIPAddressVersion: ipAddress.includes(':') ? 'IPv6' : 'IPv4',
      publicIPAllocationMethod: 'Static',
      idleTimeoutInMinutes: 4,
      ipTags: [],
      ddosSettings: { protectionMode: 'VirtualNetworkInherited' },
    },
  });

export const subnetIdOf = (plan: Plan): string =>
  `${idIn(plan, 'Network/virtualNetworks', 'shop-vnet')}/subnets/web-subnet`;
export const poolIdOf = (plan: Plan, pool: string): string =>
  `${idIn(plan, 'Network/loadBalancers', plan.name)}/backendAddressPools/${pool}`;

export const prefixOf = (pool: PoolShape): string => pool.machines ?? pool.name.replace(/-pool$/, '');

export const machineName = (plan: Plan, pool: PoolShape, number: number): string =>
  plan.membership === 'uniform' || plan.membership === 'flexible'
    ? `${prefixOf(pool)}_${number}`
    : `${prefixOf(pool)}-${number}`;

export const addressOf = (poolIndex: number, number: number): string =>
  `10.20.${poolIndex * 2 + Math.floor(number / 240)}.${3 + (number % 240)}`;

export const addressOf6 = (poolIndex: number, number: number): string =>
  `fd00:20:1::${(poolIndex + 1).toString(16)}:${number.toString(16)}`;
