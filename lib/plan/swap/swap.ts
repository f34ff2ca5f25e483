import { type Asker, gather } from '../../collect/gather.ts';
import { needsOf } from '../../collect/needs.ts';
import { topologyOf } from '../../collect/topology-of.ts';
import { exitCode } from '../../diagnosis/exit-code.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { knownOr, open } from '../../evidence/open.ts';
import { Reading } from '../../evidence/reading.ts';
import type { BalancingRule, LoadBalancer, Pool } from '../../topology/model.ts';
import { platformOf } from '../../topology/owner.ts';
import type { Examined } from '../../triage/triage.ts';
import { capacityOf } from '../capacity.ts';
import type { Drawn } from '../plan.ts';
import { type Able, ableReading } from './able.ts';
import { closingsOf } from './closings.ts';
import { againstPools, movesOf, type Swap } from './moves.ts';
import { sharedBy } from './pools.ts';
import { swapSteps } from './steps.ts';

/** Which pools, by their names. */
export interface AskedSwap extends Omit<Swap, 'from' | 'to'> {
  readonly from: string;
  readonly to: string;
}

export interface DrawnSwap {
  readonly drawn: Drawn;
  /** With what was asked for it. */
  readonly evidence: Evidence;
}

/** Sends the traffic of one pool to another, once that one is known to be healthy; asks what nothing else needs of it. */
export function planSwap(ask: Asker, examined: Examined, asked: AskedSwap): Promise<DrawnSwap> {
  return gather(ask, examined.evidence, (evidence) => {
    const { loadBalancer } = topologyOf(evidence, examined.topology.loadBalancer.id);
    const poolOf = (name: string): Pool => {
      const found = loadBalancer.pools.find((pool) => pool.name === name);
      if (found === undefined) throw new Error(`${name} was a pool, and is none.`);
      return found;
    };
    const swap = { ...asked, from: poolOf(asked.from), to: poolOf(asked.to) };
    const known = readingsOf(swap);
    const drawn = drawnOf(swap, loadBalancer, known, examined, evidence);
    return { made: { drawn, evidence }, asks: needsOf(known.all) };
  });
}

interface Known {
  readonly all: readonly Reading<unknown>[];
  readonly ableIn: ReadonlyMap<BalancingRule, Reading<readonly Able[]>>;
}

function readingsOf({ from, to }: Swap): Known {
  const ableIn = new Map(
    from.balancingRules.map(
      (rule) => [rule, Reading.all(to.members.map((member) => ableReading(member, rule)))] as const,
    ),
  );
  const around = to.members.flatMap(({ machine, ipConfiguration, configuredFilter }) => [
    machine,
    ipConfiguration,
    configuredFilter,
  ]);
  const old = from.members.map(({ machine }) => machine);
  const sets = from.scaleSets.map(({ set }) => set);
  return { all: [...ableIn.values(), ...around, ...old, ...sets], ableIn };
}

function drawnOf(
  swap: Swap,
  loadBalancer: LoadBalancer,
  known: Known,
  { diagnosis, judgement }: Examined,
  evidence: Evidence,
): Drawn {
  const { from, to } = swap;
  const before = capacityOf(judgement.verdicts);
  const refusedFor = (reasons: readonly string[], left: Drawn['capacity']['before'] = []): Drawn => ({
    kind: 'swap',
    refused: { because: reasons.join('; '), left },
    capacity: { before, during: before },
    steps: [],
    unread: [],
  });
  if (loadBalancer.owner !== 'user') {
    return refusedFor([`${platformOf(loadBalancer)} writes this load balancer, and takes back what az writes here`]);
  }
  const doubts = loadBalancer.disagreements.flatMap(becauseOf);
  if (doubts.length > 0) return refusedFor(doubts);
  const against = againstPools(swap, loadBalancer);
  if (against.length > 0) return refusedFor(against);
  const shared = sharedBy(from, to);
  if (shared.length > 0) return refusedFor([`${shared.join(', ')} is in both pools: take it out of one first`]);
  // What keeps somebody from a pool that is to take over can't be left open.
  const unread = [
    ...[...known.ableIn.values()].flatMap(becauseOf),
    ...to.members.flatMap(({ configuredFilter, ipConfiguration }) => [
      ...becauseOf(configuredFilter),
      ...becauseOf(ipConfiguration),
    ]),
  ];
  if (unread.length > 0)
    return refusedFor([`it is not known who reaches ${to.name}: ${[...new Set(unread)].join('; ')}`]);
  const { moves, refused, left } = movesOf(swap, (rule) => knownOr(known.ableIn.get(rule) ?? Reading.known([]), []));
  if (refused.length > 0) return refusedFor(refused, left);
  const staged = moves.filter(({ staging }) => staging !== undefined).map(({ rule }) => rule);
  const closings = closingsOf(staged, to.members);
  if (closings.refused.length > 0) return refusedFor(closings.refused);
  const leastOf = new Map(moves.map(({ rule, needed }) => [rule.name, needed]));
  return {
    kind: 'swap',
    refused: null,
    capacity: {
      before,
      during: before.map((row) => {
        const least = leastOf.get(row.balancingRule);
        return least === undefined
          ? row
          : { ...row, up: Math.min(row.up, least), total: Math.min(row.total, to.members.length) };
      }),
    },
    steps: swapSteps(swap, loadBalancer, moves, closings, evidence, exitCode(diagnosis, 'high') === 0),
    unread: [
      ...new Set(moves.flatMap(({ rule }) => becauseOf(rule.health).map((why) => `Health of ${rule.name}: ${why}`))),
    ],
  };
}

function becauseOf(reading: Reading<unknown>): readonly string[] {
  const state = open(reading);
  return 'gaps' in state ? state.gaps.map(({ because }) => because) : [];
}
