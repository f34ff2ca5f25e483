import { wholeWrite } from './balancer.ts';
import type { Reversible } from './change.ts';
import { nameOf, nameOptions, option, within } from './where.ts';

/** A balancing rule that is there for a while, so that Azure probes a pool that nobody is sent to yet. */
export interface StagingRule {
  readonly loadBalancerId: string;
  readonly name: string;
  readonly protocol: string;
  readonly frontendId: string;
  readonly frontendPort: number;
  readonly backendPort: number;
  readonly probeId: string;
  readonly poolId: string;
  /** Its place among the balancing rules. */
  readonly position: number;
  /** The child commands would drop fields that this load balancer uses (see `ChildChange`). */
  readonly keepsNewFields: boolean;
  readonly disruptive: string;
}

/** Sends nobody's own connections through the frontend: Azure would refuse that beside an outbound rule. */
export function addStagingRule(rule: StagingRule): Reversible {
  return {
    title: `Add balancing rule ${rule.name}: frontend port ${rule.frontendPort} to pool ${nameOf(rule.poolId)}, which is probed from then on`,
    argv: rule.keepsNewFields ? addedWhole(rule) : created(rule),
    disruptive: rule.disruptive,
    undo: {
      title: `Remove balancing rule ${rule.name} again`,
      argv: rule.keepsNewFields ? removedWhole(rule) : deleted(rule),
    },
  };
}

function created(rule: StagingRule): readonly string[] {
  return [
    ...ruleCommand('create', rule),
    ...[option('protocol', rule.protocol), option('frontend-ip', nameOf(rule.frontendId))],
    ...[option('frontend-port', rule.frontendPort), option('backend-port', rule.backendPort)],
    ...[option('probe-name', nameOf(rule.probeId)), option('backend-pools-name', rule.poolId)],
    option('disable-outbound-snat', true),
  ];
}

function deleted(rule: StagingRule): readonly string[] {
  return ruleCommand('delete', rule);
}

function ruleCommand(verb: 'create' | 'delete', { loadBalancerId, name }: StagingRule): readonly string[] {
  const where = [...within(loadBalancerId), option('lb-name', nameOf(loadBalancerId)), option('name', name)];
  return ['network', 'lb', 'rule', verb, ...where];
}

/** az loses what is added flat (2.91): what it is made of must stand under `properties`. */
function addedWhole(rule: StagingRule): readonly string[] {
  const pool = { id: rule.poolId };
  const properties = {
    protocol: rule.protocol,
    frontendIPConfiguration: { id: rule.frontendId },
    frontendPort: rule.frontendPort,
    backendPort: rule.backendPort,
    probe: { id: rule.probeId },
    backendAddressPool: pool,
    backendAddressPools: [pool],
    disableOutboundSnat: true,
  };
  const added = JSON.stringify({ name: rule.name, properties });
  return ['network', 'lb', 'update', ...nameOptions(rule.loadBalancerId), '--add', 'loadBalancingRules', added];
}

/** By its place: `--remove` takes no name (az 2.91). */
function removedWhole({ loadBalancerId, position }: StagingRule): readonly string[] {
  const update = ['network', 'lb', 'update', ...nameOptions(loadBalancerId)];
  return [...update, '--remove', 'loadBalancingRules', `${position}`];
}

/** A balancing rule with the pool that it is to name, and the one that it names. */
export interface Pointing {
  readonly rule: string;
  readonly toPoolId: string;
  readonly fromPoolId: string;
}

/**
 * Points several balancing rules at other pools in one write: one after the other, two rules would send to one port of one
 * machine in between, which Azure refuses (RulesOfSameLoadBalancerTypeUseSameBackendPortProtocolAndIPConfig).
 */
export function pointTogether(loadBalancerId: string, pointings: readonly Pointing[]): Reversible {
  const disruptive = 'New connections go to the other pool at once; established ones stay where they are.';
  const write = (way: 'toPoolId' | 'fromPoolId'): readonly string[] =>
    wholeWrite(
      loadBalancerId,
      pointings.flatMap((pointing) => {
        const rule = `loadBalancingRules[name=${pointing.rule}]`;
        // Both fields: one alone sends a body that contradicts itself (az 2.91).
        return [`${rule}.backendAddressPool.id=${pointing[way]}`, `${rule}.backendAddressPools[0].id=${pointing[way]}`];
      }),
    );
  const said = (way: 'toPoolId' | 'fromPoolId'): string =>
    pointings.map((pointing) => `${pointing.rule} at ${nameOf(pointing[way])}`).join(', ');
  return {
    title: `Point balancing rule ${said('toPoolId')}, in one write`,
    argv: write('toPoolId'),
    disruptive,
    undo: { title: `Point ${said('fromPoolId')} again, in one write`, argv: write('fromPoolId'), disruptive },
  };
}
