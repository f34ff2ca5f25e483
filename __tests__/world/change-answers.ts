import { nicNamed } from './finding.ts';
import { loadBalancerOf } from './healthy.ts';
import { type Json, textAt } from './json.ts';
import { ipConfigurationsOf } from './relations.ts';
import { type Change, type Fault, type FaultKind, named, type World } from './world.ts';

/** The health action gives this reason code for a member: a machine, NIC, address name or IP address. */
export const healthReason =
  (member: string, reason: string, balancingRule?: string, state?: string): Change =>
  (world) => ({
    ...world,
    reasons: [
      { member, reason, ...(balancingRule !== undefined && { balancingRule }), ...(state !== undefined && { state }) },
      ...world.reasons,
    ],
  });

/** DipAvailability of a member in the last minutes, oldest first; the last value is not there yet in Azure. */
export const availability =
  (member: string, values: readonly number[]): Change =>
  (world) => {
    const address = /^[\d.]+$|:/.test(member)
      ? member
      : textAt(ipConfigurationsOf(nicNamed(world, member))[0]?.properties, 'privateIPAddress');
    return { ...world, availability: new Map(world.availability).set(address ?? '', values) };
  };

/** Azure Monitor's newest value is this old. */
export const metricsAreOld =
  (minutes: number): Change =>
  (world) => ({ ...world, metricsAge: minutes });

/** `on` is a pattern for `METHOD /path?query`, or a resource's id or name: then every GET of it. */
export const fault =
  ({ on, kind, times }: { readonly on: RegExp | string; readonly kind: FaultKind; readonly times?: number }): Change =>
  (world) => {
    const entry: Fault = {
      on: typeof on === 'string' ? getOf(world, on) : on,
      kind,
      ...(times !== undefined && { times }),
    };
    return { ...world, faults: [...world.faults, entry] };
  };

function getOf(world: World, idOrName: string): RegExp {
  const id = idOrName.startsWith('/') ? idOrName : named(world, idOrName).id;
  return new RegExp(`^GET ${id.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\?|$)`, 'i');
}

/** A Reader's rights: every POST action is refused. */
export const readerOnly = (): Change => fault({ on: /^POST (?!\/batch)/, kind: 'denied' });
export const healthDenied = (): Change => fault({ on: /^POST .*\/health(\?|$)/, kind: 'denied' });
export const metricsDenied = (): Change => fault({ on: /^GET .*\/microsoft\.insights\/metrics/, kind: 'denied' });

/** The health action says so of a balancing rule in spite of what is so: `healthAnswers('https', 'up', 7)`. */
export const healthAnswers =
  (balancingRule: string, path: string, value: Json | undefined): Change =>
  (world) => {
    const id = `${loadBalancerOf(world).id}/loadBalancingRules/${balancingRule}/health`.toLowerCase();
    return { ...world, answers: [...world.answers, [id, path, value]] };
  };
