import type { MetricsAnswer } from '../../schemas/az/metrics.generated.ts';
import { is } from '../azure/words.ts';
import { type Evidence, type Read, reading } from '../evidence/evidence.ts';
import { availability } from '../evidence/questions/availability.ts';
import { health as healthQuestion } from '../evidence/questions/health.ts';
import { Reading } from '../evidence/reading.ts';
import { placeOf, type Source } from '../evidence/source.ts';
import { addressOf } from './address.ts';
import { contradicted, outOfSight } from './gone.ts';
import type { BalancingRule, Frontend, Health, Member, MemberHealth, Probe, Reachable } from './model.ts';
import { platformHealth } from './platform-health.ts';

/**
 * What health is, kind by kind. Standard: a balancing rule with a probe has a health action (reason codes) and the
 * DipAvailability metric. Basic: the action is asked for as well, metrics do not exist. Global: its probe is automatic,
 * so every rule is measured. Gateway: not measured. A rule without a probe: not measured.
 */
export function isMeasured(sku: string, tier: string, hasProbe: boolean): boolean {
  if (is(sku, 'Gateway')) return false;
  return hasProbe || is(tier, 'Global');
}

type Series = NonNullable<MetricsAnswer['value'][number]['timeseries']>[number];

/** How many of the last minutes must agree before a metric counts as health. */
const minutes = 5;
const fewest = 3;

function dimension(series: Series, name: string): string | undefined {
  return series.metadatavalues?.find((item) => item.name.value.toLowerCase() === name)?.value;
}

function stateOfSeries(series: Series): { readonly really: Reachable; readonly average: string } {
  const recent = (series.data ?? []).slice(-minutes).flatMap(({ average }) => (average === undefined ? [] : [average]));
  const average = recent.length === 0 ? 'none' : String(recent.at(-1));
  if (recent.length < fewest) return { really: 'unknown', average };
  if (recent.every((value) => value === 100)) return { really: 'up', average };
  if (recent.every((value) => value === 0)) return { really: 'down', average };
  return { really: 'unknown', average };
}

function metricHealth(
  { answer, value }: Read<MetricsAnswer>,
  rule: { readonly frontendPort: number; readonly frontend: Frontend | undefined },
  members: readonly Member[],
): Health {
  const found = new Map<Member, MemberHealth>();
  const addresses = new Map(members.map((member) => [addressOf(member) ?? '', member]));
  value.value.forEach((metric, metricAt) => {
    if (!is(metric.name.value, 'DipAvailability')) return;
    const parent: Source = { parent: { answer }, key: 'value', index: metricAt };
    (metric.timeseries ?? []).forEach((series, index) => {
      const member = addresses.get(dimension(series, 'backendipaddress') ?? '');
      if (!member || dimension(series, 'frontendport') !== String(rule.frontendPort)) return;
      const address = dimension(series, 'frontendipaddress');
      const own = rule.frontend?.privateIPAddress;
      if (own !== undefined && address !== undefined && address !== own) return;
      const { really: measured, average } = stateOfSeries(series);
      // The metric mirrors an admin state (admin state overview): up by decree is not up.
      const really = is(member.adminState, 'Up') ? 'unknown' : measured;
      const earlier = found.get(member);
      const health = { source: { parent, key: 'timeseries', index }, really, state: average, reason: undefined };
      // Two public frontends on one port can't be told apart without their addresses: only agreement counts.
      found.set(member, earlier && earlier.really !== really ? { ...health, really: 'unknown' } : health);
    });
  });
  return { source: 'metric', members: found, counts: undefined, contradictions: [] };
}

export function reasonsReading(
  evidence: Evidence,
  ruleId: string,
  members: readonly Member[],
  isGlobal: boolean,
): Reading<Health> {
  return reading(evidence, healthQuestion, ruleId).andThen((answer) =>
    answer.gone ? outOfSight(answer) : Reading.known(platformHealth(answer, members, isGlobal)),
  );
}

/** Health that nothing in it contradicts. */
export function agreedHealth(reasons: Reading<Health>): Reading<Health> {
  return reasons.andThen((health) => {
    const [first] = health.contradictions;
    if (first === undefined) return Reading.known(health);
    const command = health.counts && placeOf(health.counts.source).answer.command;
    return contradicted(`Azure's health answer ${health.contradictions.join(', and ')}`, command ?? '');
  });
}

export function metricReading(
  evidence: Evidence,
  loadBalancerId: string,
  rule: Pick<BalancingRule, 'frontendPort' | 'frontend' | 'probe'>,
  members: readonly Member[],
): Reading<Health> {
  return reading(evidence, availability, loadBalancerId).andThen((answer) => {
    const missing = { because: 'the availability metric has no series for this balancing rule', kind: 'empty' };
    if (answer.gone) return Reading.missing(missing);
    const made = metricHealth(answer, rule, members);
    if (made.members.size === 0) return Reading.missing(missing);
    return isUpInAnyCase(rule.probe, made) ? Reading.missing(masked) : Reading.known(made);
  });
}

const masked = {
  because:
    'the probe calls every member up when none answers, which the availability metric does not tell from all being up',
  kind: 'masked',
};

/** Nobody has documented what the metric shows of a probe with AllProbedUp whose members are all down. */
function isUpInAnyCase(probe: Probe | undefined, { members }: Health): boolean {
  return (
    is(probe?.noHealthyBackendsBehavior, 'AllProbedUp') && [...members.values()].every(({ really }) => really === 'up')
  );
}
