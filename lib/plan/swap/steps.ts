import { idKey, sameId } from '../../azure/ids.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { knownOr } from '../../evidence/open.ts';
import { type ChangeWithUndo, changeWithUndo, type Reversible, reversed } from '../../steps/change.ts';
import {
  backup,
  backupOfLoadBalancer,
  checkWithTriage,
  look,
  lookAtSecurityGroup,
  notice,
} from '../../steps/looking.ts';
import { addStagingRule, pointTogether } from '../../steps/staging.ts';
import type { Step } from '../../steps/step.ts';
import { nameOf, nameOptions, option } from '../../steps/where.ts';
import { present } from '../../topology/gone.ts';
import type { LoadBalancer, Pool, ScaleSet } from '../../topology/model.ts';
import { counted, isOrAre } from '../../words/counted.ts';
import { named } from '../../words/name-order.ts';
import { secondsToTurn } from '../checks.ts';
import { etagLooks, withEtags } from '../etag.ts';
import { affecting, type DrawnStep } from '../plan.ts';
import type { Closing, Closings } from './closings.ts';
import type { Move, Staging, Swap } from './moves.ts';
import { comparison } from './pools.ts';

/** A step of the plan in its place; what is a change has its way back. */
type Placed = Step | ChangeWithUndo;

/** Tried first, each by a rule of its own and shut to clients; then moved one by one; then what was for trying is gone. */
export function swapSteps(
  swap: Swap,
  loadBalancer: LoadBalancer,
  moves: readonly Move[],
  { closings, unguarded }: Closings,
  evidence: Evidence,
  isSound: boolean,
): readonly DrawnStep[] {
  const { from, to } = swap;
  const groupIds = [...new Map(closings.map(({ groupId }) => [idKey(groupId), groupId])).values()];
  const backups = withEtags([backupOfLoadBalancer(loadBalancer.id), ...groupIds.map(backup)], evidence);
  const closingsOf = (move: Move): readonly Closing[] => closings.filter(({ rule }) => rule === move.rule);
  const tried = moves.filter(({ staging }) => staging !== undefined);
  const open =
    unguarded.length === 0 || tried.length === 0
      ? []
      : [
          notice(
            `No security group guards ${named(unguarded.map(({ name }) => name))}: whoever finds the port of a rule below that tries ${to.name} reaches ${unguarded.length === 1 ? 'it' : 'them'} before the swap`,
          ),
        ];
  const placed: readonly Placed[] = [
    ...tried.flatMap((move) => triedBy(move, swap, loadBalancer, closingsOf(move))),
    ...moves.flatMap((move) => movedBy(move, swap, loadBalancer, closingsOf(move))),
    triage(loadBalancer, isSound),
    ...untried(tried, swap, loadBalancer),
  ];
  const changes = placed.filter((each) => 'change' in each);
  const steps = [
    ...comparison(from, to, loadBalancer),
    ...open,
    lookAtBoth(loadBalancer),
    ...groupIds.map(lookAtSecurityGroup),
    ...held(moves, from),
    notice(rollBack(swap, moves)),
    ...backups,
    ...etagLooks(backups),
    ...placed.map((each) => ('change' in each ? each.change : each)),
    ...changes.toReversed().flatMap(({ undo }) => undo ?? []),
  ];
  const affects = [...moves.map(({ rule }) => rule.name), ...[...from.members, ...to.members].map(({ key }) => key)];
  return affecting(affects, steps);
}

/** What was wrong before is no reason to stop. */
function triage({ id, name }: LoadBalancer, isSound: boolean): Step {
  const check = checkWithTriage(id, 'all');
  return isSound
    ? { ...check, title: `See that nothing is wrong with ${name}; else undo at once` }
    : {
        ...check,
        title: `See that ${name} is as well as it was, which was not sound; else undo at once`,
        argv: [...check.argv, option('fail-on', 'none')],
      };
}

function lookAtBoth({ id }: LoadBalancer): Step {
  return look(
    'See which pool each balancing rule sends to now',
    "loadBalancingRules[].join(' ',[name,to_string(backendAddressPools[].id)])",
    ...['network', 'lb', 'show', ...nameOptions(id)],
  );
}

function rollBack({ from, expectation }: Swap, moves: readonly Move[]): string {
  const said = expectation?.rollBackWhen?.trim().replace(/\s*\n\s*/g, ' ');
  const sign =
    said ?? `a check below does not succeed, or errors or times of answer are worse than they were with ${from.name}`;
  const rules = named(moves.map(({ rule }) => rule.name));
  return `Roll back when: ${sign}. Then run the undos, in their order; ${rules} ${moves.length === 1 ? 'goes' : 'go'} back to ${from.name} in one write each. Nothing here changes who is in ${from.name}: leave it so until nobody needs the way back`;
}

const wait = ({ id }: LoadBalancer, rule: string, { needed, rule: { probe } }: Move, title: string): Step => ({
  kind: 'check',
  title,
  argv: [
    ...['azlb', 'wait', ...nameOptions(id), option('rule', rule)],
    ...[option('healthy', needed), option('timeout', `${secondsToTurn(probe ? [probe] : [])}s`)],
  ],
  disruptive: null,
});

function triedBy(
  move: Move,
  { to }: Swap,
  loadBalancer: LoadBalancer,
  closings: readonly Closing[],
): readonly Placed[] {
  const { rule, staging, needed } = move;
  if (staging === undefined) return [];
  return [
    ...closings.flatMap(({ added }) => added.map(changeWithUndo)),
    changeWithUndo(stagingRule(move, staging, loadBalancer, to)),
    wait(
      loadBalancer,
      staging.name,
      move,
      `Wait until ${counted(needed, 'member')} of ${to.name} ${isOrAre(needed)} up by the probe of ${rule.name}; where they aren't by then, take back what was done: nobody was sent there yet`,
    ),
  ];
}

/** The rule for trying a pool: `pool` is the one that it sends to when it is added. */
function stagingRule({ rule }: Move, staging: Staging, { id, hasNewerFields }: LoadBalancer, pool: Pool): Reversible {
  const { name, frontendId, frontendPort, probeId, position } = staging;
  return addStagingRule({
    ...{ loadBalancerId: id, name, frontendId, frontendPort, probeId, position, poolId: pool.id },
    ...{ protocol: rule.protocol, backendPort: rule.backendPort ?? rule.frontendPort, keepsNewFields: hasNewerFields },
    disruptive: `Whoever finds port ${frontendPort} of the frontend, and is not kept out, reaches ${pool.name} by it.`,
  });
}

/** What kept clients out is lifted just before, since those who come must be let in at once. */
function movedBy(
  move: Move,
  { from, to }: Swap,
  loadBalancer: LoadBalancer,
  closings: readonly Closing[],
): readonly Placed[] {
  const { rule, staging, partners, needed } = move;
  const others = [...(staging === undefined ? [] : [staging.name]), ...partners.map(({ name }) => name)];
  const pointings = [
    { rule: rule.name, toPoolId: to.id, fromPoolId: from.id },
    ...others.map((name) => ({ rule: name, toPoolId: from.id, fromPoolId: to.id })),
  ];
  const lifted = closings.flatMap(({ added, groupId }) =>
    added.toReversed().flatMap((each): readonly Reversible[] => {
      const back = reversed(each);
      const title = `Undo in ${nameOf(groupId)}, as ${to.name} is to be reached now: ${each.title}`;
      return back === null ? [] : [{ ...back, title }];
    }),
  );
  return [
    ...(staging === undefined
      ? [
          wait(
            loadBalancer,
            measuring(move, to),
            move,
            `See that ${counted(needed, 'member')} of ${to.name} ${isOrAre(needed)} up; else go no further`,
          ),
        ]
      : []),
    ...lifted.map(changeWithUndo),
    changeWithUndo(pointTogether(loadBalancer.id, pointings)),
    wait(
      loadBalancer,
      rule.name,
      move,
      `Wait until ${counted(needed, 'member')} of ${to.name} ${isOrAre(needed)} up in ${rule.name}; where they aren't by then, point it at ${from.name} again at once`,
    ),
  ];
}

/** The balancing rule by which the pool is probed already. */
function measuring({ rule }: Move, to: Pool): string {
  return to.balancingRules.find(({ probe, measured }) => measured && probe === rule.probe)?.name ?? rule.name;
}

/** Until then the old pool is probed by them, so that the way back is known to be one. */
function untried(tried: readonly Move[], { from, to }: Swap, loadBalancer: LoadBalancer): readonly Placed[] {
  const gone = tried.filter(({ rule }) => setsHeldBy(rule.probeId, from).length === 0);
  if (gone.length === 0) return [];
  const names = named(gone.flatMap(({ staging }) => staging?.name ?? []));
  const removals = gone.toReversed().flatMap((move): readonly Placed[] => {
    const { staging } = move;
    const removal = staging && reversed(stagingRule(move, staging, loadBalancer, from));
    if (!staging || !removal) return [];
    return [
      ...(loadBalancer.hasNewerFields ? [lookAtPlace(loadBalancer, staging)] : []),
      changeWithUndo({ ...removal, title: `Remove balancing rule ${staging.name}` }),
    ];
  });
  const last = gone.map((move) =>
    wait(
      loadBalancer,
      move.rule.name,
      move,
      `See that ${move.needed} of ${to.name} ${isOrAre(move.needed)} up in ${move.rule.name} all the same`,
    ),
  );
  return [
    notice(
      `Go on when nobody needs the way back any more: until then ${names} ${gone.length === 1 ? 'tells' : 'tell'} whether ${from.name} is still healthy`,
    ),
    ...removals,
    ...last,
  ];
}

function lookAtPlace({ id }: LoadBalancer, { name, position }: Staging): Step {
  return look(
    `Go on only where this prints ${name}: what is removed is told by its place`,
    `loadBalancingRules[${position}].name`,
    ...['network', 'lb', 'show', ...nameOptions(id)],
  );
}

/** Azure takes no probe away from a scale set that judges its instances by it. */
function setsHeldBy(probeId: string | undefined, { scaleSets }: Pool): readonly ScaleSet[] {
  const sets = scaleSets.flatMap(({ set }) => present(knownOr(set, undefined)) ?? []);
  return sets.filter(({ healthProbeId }) => sameId(healthProbeId, probeId));
}

function held(moves: readonly Move[], from: Pool): readonly Step[] {
  return moves.flatMap(({ rule, staging }) => {
    const sets = setsHeldBy(rule.probeId, from).map(({ id }) => nameOf(id));
    if (sets.length === 0) return [];
    const judged = `scale set ${named(sets)} judges its instances by ${rule.probe?.name ?? 'the probe'} of ${rule.name}`;
    return [
      staging === undefined
        ? notice(`Azure may refuse the swap: ${judged}, and no balancing rule would be left that probes it`)
        : notice(`${staging.name} stays: ${judged}, which a balancing rule must use for that`),
    ];
  });
}
