import { hasReason } from '../azure/reasons.ts';
import { is } from '../azure/words.ts';
import { knownOr } from '../evidence/open.ts';
import { Reading } from '../evidence/reading.ts';
import type { BalancingRule, Health, Member } from './model.ts';
import { once } from './once.ts';
import { isCluster } from './owner.ts';
import { pathAsked } from './probe-path.ts';

/**
 * Whether one node at a time is meant to answer a balancing rule's probe. `both-up` is two or more, `unknown` where
 * health doesn't tell of all.
 */
export type ActivePassive =
  | { readonly meant: false }
  | { readonly meant: true; readonly state: 'one-up' | 'both-up' | 'none-up' | 'unknown' };

/** Why a member gets no traffic of a balancing rule, and that is right: another node is active, or it runs no pod. */
export type Idle = 'passive' | 'no-pod';

const everyoneServes: ActivePassive = { meant: false };
const nobody: ReadonlyMap<Member, Idle> = new Map();

/**
 * As far as the load balancer alone tells: a cluster (SQL availability group, WSFC, SAP) has floating IP on an internal
 * frontend, with or without HA ports, and answers a TCP probe on a port of its own on the active node.
 */
export function isClusterShaped(rule: BalancingRule): boolean {
  const { enableFloatingIP, frontend, probe, measured, loadBalancer } = rule;
  if (loadBalancer.owner !== 'user' || !measured || enableFloatingIP !== true || frontend?.kind !== 'internal')
    return false;
  return probe !== undefined && is(probe.protocol, 'Tcp') && !isTrafficPort(probe.port, rule);
}

function isTrafficPort(port: number, { loadBalancer }: BalancingRule): boolean {
  return loadBalancer.balancingRules.some(({ backendPort }) => backendPort === port);
}

const known = new WeakMap<BalancingRule, Reading<ActivePassive>>();

/** Network appliances look the same, but forward: that an interface could not be read leaves it open. */
export function activePassive(rule: BalancingRule): Reading<ActivePassive> {
  if (!isClusterShaped(rule)) return Reading.known(everyoneServes);
  return once(known, rule, () =>
    Reading.all(rule.members.map(forwards)).andThen((all): Reading<ActivePassive> => {
      if (all.includes(true)) return Reading.known(everyoneServes);
      return rule.health.map((health) => ({ meant: true, state: stateOf(rule, health) }));
    }),
  );
}

/** More nodes answer than should, as far as that is known. */
export function isAnsweredTwice(rule: BalancingRule): boolean {
  const cluster = knownOr(activePassive(rule), everyoneServes);
  return cluster.meant && cluster.state === 'both-up';
}

function forwards({ nic, name }: Member): Reading<boolean> {
  return nic.andThen((found) => {
    if (found !== undefined) return Reading.known(!found.gone && found.enableIPForwarding === true);
    return Reading.missing({ kind: 'unowned', because: `the network interface behind ${name} is not known` });
  });
}

function stateOf({ members }: BalancingRule, health: Health) {
  const states = members.map((member) => measured(member, health));
  const up = states.filter((state) => state === 'up').length;
  if (up > 1) return 'both-up';
  if (states.includes('unknown')) return 'unknown';
  return up === 1 ? 'one-up' : 'none-up';
}

/** Azure leaves out of its answer what is off or gone; a member that a metric doesn't name may be anything. */
function measured(member: Member, { members, source }: Health) {
  return members.get(member)?.really ?? (source === 'platform' ? 'down' : 'unknown');
}

const knownIdle = new WeakMap<BalancingRule, Reading<ReadonlyMap<Member, Idle>>>();

/**
 * The members that get no traffic of this balancing rule on purpose. That one of them is stopped or shut out takes
 * nothing away now: the next failover goes there.
 */
export function idleMembers(rule: BalancingRule): Reading<ReadonlyMap<Member, Idle>> {
  if (isLocalShaped(rule)) return rule.health.map((health) => withoutPod(rule, health));
  if (!isClusterShaped(rule)) return Reading.known(nobody);
  return once(knownIdle, rule, () =>
    activePassive(rule).andThen((cluster): Reading<ReadonlyMap<Member, Idle>> => {
      if (!cluster.meant) return Reading.known(nobody);
      return rule.health.map((health) => {
        const down = rule.members.filter((member) => measured(member, health) === 'down');
        const isServed = rule.members.some((member) => measured(member, health) === 'up');
        return isServed ? new Map(down.map((member) => [member, 'passive'])) : nobody;
      });
    }),
  );
}

/**
 * A Kubernetes Service with externalTrafficPolicy Local has Azure ask each node on a node port of its own, and a node
 * without a pod answers 503 (cloud-provider-azure; kube-proxy's health check server).
 */
export function isLocalShaped(rule: BalancingRule): boolean {
  const { probe, loadBalancer, measured: isMeasured } = rule;
  if (!isCluster(loadBalancer.owner) || probe === undefined || !isMeasured) return false;
  const isNodePort = probe.port >= 30_000 && probe.port <= 32_767;
  // Policy Cluster asks the application itself, at / unless the Service names a path.
  if (pathAsked(probe) === '/') return false;
  return isNodePort && !is(probe.protocol, 'Tcp') && !isTrafficPort(probe.port, rule);
}

function withoutPod({ members }: BalancingRule, health: Health): ReadonlyMap<Member, Idle> {
  if (!members.some((member) => health.members.get(member)?.really === 'up')) return nobody;
  const saysNone = (member: Member): boolean => {
    const found = health.members.get(member);
    return (
      found?.really === 'down' && (found.reason === undefined || hasReason(found, 'Down_Probe_HttpStatusCodeError'))
    );
  };
  return new Map(members.filter(saysNone).map((member) => [member, 'no-pod']));
}
