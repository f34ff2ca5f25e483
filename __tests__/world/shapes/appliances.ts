import { listens } from '../change-guests.ts';
import { healthyWorld } from '../healthy.ts';
import { change, type World } from '../world.ts';
import { byItsSecondInterface, forwarding } from './parts.ts';

export interface ApplianceOptions {
  readonly size?: number;
  readonly zones?: readonly string[];
  readonly membership?: 'nic' | 'ip';
  /** In the pool is each appliance's second interface: the first is outside. */
  readonly bySecondInterface?: boolean;
  readonly probePort?: number;
}

/** Network virtual appliances: all ports without floating IP, all of them up, their interfaces forward (load-balancer-ha-ports-overview). */
export function appliances({
  size = 2,
  zones,
  membership = 'nic',
  bySecondInterface = false,
  probePort = 8008,
}: ApplianceOptions = {}): World {
  const numbers = Array.from({ length: size }, (_, index) => index + 1);
  const world = healthyWorld({
    name: 'fw-lb',
    group: 'hub-rg',
    internal: true,
    members: size,
    membership,
    ...(zones && { zones }),
    pools: [{ name: 'fw-pool' }],
    probes: [{ name: 'fw-probe', protocol: 'Tcp', port: probePort, interval: 5 }],
    balancingRules: [{ name: 'all-ports', frontendPort: 0, backendPort: 0, protocol: 'All' }],
  });
  return change(
    world,
    ...(bySecondInterface ? numbers.map((number) => byItsSecondInterface(`fw-${number}`)) : []),
    forwarding,
    ...numbers.map((number) => listens(`fw-${number}`, { port: 22, speaks: 'tcp' })),
  );
}
