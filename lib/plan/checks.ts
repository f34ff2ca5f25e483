import type { RuleVerdict } from '../diagnosis/verdict.ts';
import { open } from '../evidence/open.ts';
import { checkWithTriage } from '../steps/looking.ts';
import type { Step } from '../steps/step.ts';
import { nameOf, nameOptions, option } from '../steps/where.ts';
import { activePassive } from '../topology/active-passive.ts';
import type { LoadBalancer, Member, Probe } from '../topology/model.ts';
import { intervalOf, thresholdOf, timeoutOf } from '../topology/probe-timing.ts';

/** Seconds that Azure takes to bring a change to the hosts that probe, over what the probe itself takes. */
const spread = 30;
/** Seconds that a machine takes to start, or an instance to take on a new model. */
const machine = 600;

/** Seconds after which a probe that is answered again has turned, and `azlb wait` has seen it hold for two periods. */
export function secondsToTurn(probes: readonly Probe[]): number {
  const each = probes.map((probe) => 3 * intervalOf(probe) * thresholdOf(probe) + timeoutOf(probe));
  return Math.max(60, ...each.map((seconds) => seconds + spread));
}

/** What is measured of one pool or of all, waited for by `azlb wait`. */
export interface Waiting {
  readonly kind: 'look' | 'check';
  readonly title: string;
  readonly loadBalancerId: string;
  /** Its name; all of them where none is said. */
  readonly pool?: string | undefined;
  readonly healthy: number | 'all';
  readonly seconds: number;
}

export function waitFor({ kind, title, loadBalancerId, pool, healthy, seconds }: Waiting): Step {
  const where = [...nameOptions(loadBalancerId), ...(pool === undefined ? [] : [option('pool', pool)])];
  const argv = ['azlb', 'wait', ...where, option('healthy', healthy), option('timeout', `${seconds}s`)];
  return { kind, title, argv, disruptive: null };
}

/** Waits until so many members are up, and looks once more for what was found; alone where nothing measures health. */
export function checksOf(
  loadBalancer: LoadBalancer,
  verdicts: readonly RuleVerdict[],
  isMended: (member: Member) => boolean,
  changes: readonly Step[],
): readonly Step[] {
  const triage = checkWithTriage(loadBalancer.id);
  const measured = verdicts.filter(({ rule }) => rule.measured);
  if (changes.length === 0) return [];
  const wanted = wantedOf(measured, isMended);
  if (wanted === 0) return [triage];
  const probes = measured.flatMap(({ rule: { probe } }) => probe ?? []);
  const seconds = changes.some(({ argv }) => isOfMachine(argv)) ? machine : secondsToTurn(probes);
  const wait = waitFor({
    kind: 'check',
    title: `Wait until ${wanted === 'all' ? 'all are up that should be' : `${wanted} ${wanted === 1 ? 'is' : 'are'} up`} (exit code 0); undo at once where they aren't by then`,
    loadBalancerId: loadBalancer.id,
    healthy: wanted,
    seconds,
  });
  return [wait, { ...triage, title: `See that nothing of it is left on ${nameOf(loadBalancer.id)}` }];
}

/** Those that are up and those that are mended; of a cluster one is meant to be up, and `all` means that. */
function wantedOf(measured: readonly RuleVerdict[], isMended: (member: Member) => boolean): number | 'all' {
  const isCluster = measured.some(({ rule }) => {
    const state = open(activePassive(rule));
    return !('known' in state) || state.known.meant;
  });
  if (isCluster) return 'all';
  const states = measured.flatMap((each) => each.states);
  const members = [...new Set(states.map(({ member }) => member))];
  return members.filter((member) =>
    states.every((state) => state.member !== member || state.state === 'up' || isMended(member)),
  ).length;
}

function isOfMachine([, group]: readonly string[]): boolean {
  return group === 'vm' || group === 'vmss';
}
