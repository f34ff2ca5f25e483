import type { DiagnosedBalancingRule, Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { lastSegment } from '../azure/ids.ts';
import type { BalancingRule, Frontend, LoadBalancer, Pool, Probe } from '../topology/model.ts';
import { keyFor, plain, refs, set, type Thing } from './description.ts';
import { fieldOf, withoutUnasked } from './read-field.ts';

/** Frontends, balancing rules, pools and probes: what is balanced where to. */
export function describeBalancing(lb: LoadBalancer, { balancingRules }: Diagnosis): readonly Thing[] {
  const diagnosed = new Map(balancingRules.map((rule) => [rule.key, rule]));
  return [
    ...lb.frontends.map((frontend) => describeFrontend(frontend, lb)),
    ...lb.pools.map(describePool),
    ...lb.probes.map(describeProbe),
    ...lb.balancingRules.map((rule) => describeRule(rule, diagnosed.get(rule.name))),
  ];
}

const common = { alias: undefined, parent: undefined, within: undefined, identities: [], health: [] } as const;

/** The name a reference ends with; a reference to nothing there is still one. */
const named = (kind: Thing['kind'], id: string | undefined): readonly string[] =>
  id === undefined ? [] : [keyFor(kind, lastSegment(id))];

const service = ({ protocol, frontendPort, backendPort }: BalancingRule): string =>
  `${protocol} ${frontendPort} to ${backendPort}`.toLowerCase();

const services = (rules: readonly BalancingRule[]): string => rules.map(service).sort().join(', ');

function describeFrontend(frontend: Frontend, { balancingRules }: LoadBalancer): Thing {
  const version = frontend.privateIPAddressVersion ?? 'IPv4';
  const listening = balancingRules.filter(({ frontend: own }) => own === frontend);
  return {
    ...common,
    kind: 'frontend',
    key: keyFor('frontend', frontend.name),
    name: frontend.name,
    id: frontend.id,
    roles: [`${frontend.kind} ${version} for ${services(listening)}`, `${frontend.kind} ${version}`],
    fields: {
      kind: plain(frontend.kind),
      version: plain(version),
      address: plain(frontend.kind === 'internal' ? frontend.privateIPAddress : undefined),
      publicAddress: plain(frontend.publicIPId),
      subnet: plain(frontend.subnetId),
      zones: set(frontend.zones ?? []),
    },
  };
}

function describePool(pool: Pool): Thing {
  const serving = services(pool.balancingRules);
  return {
    ...common,
    kind: 'pool',
    key: keyFor('pool', pool.name),
    name: pool.name,
    id: pool.id,
    roles: [`behind ${serving}`],
    fields: withoutUnasked({
      // An empty pool has neither kind: filling it is no other change than its members joining.
      membership: pool.kind === 'empty' ? undefined : plain(pool.kind),
      syncMode: plain(pool.syncMode),
      network: plain(pool.virtualNetworkId),
      members: plain(pool.members.length),
      behind: refs(pool.balancingRules.map(({ name }) => keyFor('balancingRule', name))),
    }),
  };
}

function describeProbe(probe: Probe): Thing {
  const asks = `${probe.protocol} ${probe.port} ${probe.requestPath ?? ''}`.toLowerCase();
  return {
    ...common,
    kind: 'probe',
    key: keyFor('probe', probe.name),
    name: probe.name,
    id: probe.id,
    roles: [`${asks} of ${services(probe.balancingRules)}`, `of ${services(probe.balancingRules)}`, asks],
    fields: {
      protocol: plain(probe.protocol),
      port: plain(probe.port),
      path: plain(probe.requestPath),
      interval: plain(probe.intervalInSeconds ?? 15),
      threshold: plain(probe.probeThreshold ?? 1),
      numberOfProbes: plain(probe.numberOfProbes),
      whenAllDown: plain(probe.noHealthyBackendsBehavior ?? 'AllProbedDown'),
    },
  };
}

function describeRule(rule: BalancingRule, diagnosed: DiagnosedBalancingRule | undefined): Thing {
  const frontend = `${rule.frontend?.kind ?? ''} ${rule.frontend?.privateIPAddressVersion ?? 'IPv4'}`;
  const healthy = rule.measured && diagnosed ? fieldOf(rule.health, () => plain(diagnosed.members.up)) : undefined;
  return {
    ...common,
    kind: 'balancingRule',
    key: keyFor('balancingRule', rule.name),
    name: rule.name,
    id: rule.id,
    roles: [
      `${service(rule)} on ${frontend}`,
      `${rule.protocol} ${rule.frontendPort} on ${frontend}`.toLowerCase(),
      `${rule.protocol} ${rule.frontendPort}`.toLowerCase(),
    ],
    fields: withoutUnasked({
      protocol: plain(rule.protocol),
      frontend: refs(named('frontend', rule.frontendId)),
      frontendPort: plain(rule.frontendPort),
      backendPort: plain(rule.backendPort),
      pools: refs(rule.poolIds.flatMap((id) => named('pool', id))),
      probe: refs(named('probe', rule.probeId)),
      healthy,
      // Not compared by itself: who joined and left says it.
      total: plain(diagnosed?.members.total),
      stickiness: plain(rule.loadDistribution ?? 'Default'),
      idleTimeout: plain(rule.idleTimeoutInMinutes ?? 4),
      floatingIP: plain(rule.enableFloatingIP ?? false),
      tcpReset: plain(rule.enableTcpReset ?? false),
      outboundSnat: plain(!(rule.disableOutboundSnat ?? false)),
    }),
  };
}
