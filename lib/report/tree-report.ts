import type {
  Tree,
  TreeBranches,
  TreeFrontend,
  TreeMember,
  TreeNatRule,
  TreeOutboundRule,
  TreePool,
  TreeRule,
  Trees,
} from '../../schemas/tree.generated.ts';
import { byName } from '../words/name-order.ts';
import type { Report } from './render.ts';
import { healthWord, stateWords } from './text-members.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { headLine, notReadLines, viewText } from './view-text.ts';

/** A line with those below it. */
interface Branch {
  readonly line: string;
  readonly below: readonly Branch[];
}

export const treeReport = (value: Trees, options: TextOptions): Report => ({
  value,
  rows: () => value.loadBalancers.flatMap(rows),
  text: () => viewText(value, options, ({ loadBalancers }, style) => loadBalancers.map((tree) => lines(tree, style))),
});

const rows = ({ loadBalancer, frontends, withoutFrontend }: Tree): readonly unknown[] =>
  [...frontends, { name: null, branches: withoutFrontend }].flatMap(({ name: frontend, branches }) =>
    branches.balancingRules.flatMap((rule): readonly unknown[] => {
      const start = { LoadBalancer: loadBalancer.name, Frontend: frontend, Rule: rule.name, Port: rule.frontendPort };
      const none = { ...start, Pool: '', Member: '', Address: '', State: '', Reason: '', Power: '', Admin: '' };
      const found = rule.pools.flatMap((pool) =>
        pool.members.map((member) => ({
          ...start,
          Pool: pool.name,
          Member: member.name,
          Address: member.address,
          State: member.state,
          Reason: member.reason,
          Power: member.powerState,
          Admin: member.adminState,
        })),
      );
      return found.length > 0 ? found : [none];
    }),
  );

function lines(tree: Tree, style: TextStyle): readonly string[] {
  const { frontends, withoutFrontend, unservedPools } = tree;
  const loose = branchesOf(withoutFrontend, style);
  const top: readonly Branch[] = [
    ...frontends.map((frontend) => ({ line: frontendText(frontend), below: branchesOf(frontend.branches, style) })),
    ...(loose.length === 0 ? [] : [{ line: style.paint.yellow('! a frontend that is not there'), below: loose }]),
    ...unservedPools.map((pool) => {
      const branch = poolBranch(pool, style);
      return { ...branch, line: `${branch.line}, ${style.paint.dim('no balancing rule leads here')}` };
    }),
  ];
  return [headLine(tree.loadBalancer, style), ...drawn(top), ...notReadLines(tree.notRead, style)];
}

const drawn = (branches: readonly Branch[], indent = ''): readonly string[] =>
  branches.flatMap(({ line, below }, at) => {
    const isLast = at === branches.length - 1;
    return [`${indent}${isLast ? '└─ ' : '├─ '}${line}`, ...drawn(below, `${indent}${isLast ? '   ' : '│  '}`)];
  });

const branchesOf = ({ balancingRules, natRules, outboundRules }: TreeBranches, style: TextStyle): readonly Branch[] => [
  ...balancingRules.map((rule) => ({ line: ruleText(rule), below: poolBranches(rule, style) })),
  ...natRules.map((rule) => ({ line: natRuleText(rule), below: [] })),
  ...outboundRules.map((rule) => ({ line: outboundRuleText(rule), below: [] })),
];

const poolBranches = ({ pools }: TreeRule, style: TextStyle): readonly Branch[] =>
  pools.length === 0
    ? [{ line: style.paint.yellow('! no pool'), below: [] }]
    : pools.map((pool) => poolBranch(pool, style));

const poolBranch = (pool: TreePool, style: TextStyle): Branch => ({
  line: `pool ${pool.name}${pool.members.length === 0 ? ', empty' : ''}`,
  below: [...pool.members]
    .sort((one, other) => byName(one.name, other.name))
    .map((member) => ({ line: memberText(member, style), below: [] })),
});

export const frontendText = ({ name, kind, address, publicIpId }: TreeFrontend): string =>
  `frontend ${name}, ${kind} ${address ?? publicIpId?.split('/').at(-1) ?? ''}`.trimEnd();

export function ruleText({ name, protocol, frontendPort, backendPort, probe, floatingIp }: TreeRule): string {
  const to = `${portText(backendPort)}${floatingIp ? ', floating IP' : ''}`;
  const by = probe === null ? 'no probe' : `probe ${probe.name} (${probe.protocol} ${probe.port}${probe.path ?? ''})`;
  return `rule ${name}, ${protocol} ${portText(frontendPort)} → ${to}, ${by}`;
}

export const natRuleText = ({ name, protocol, frontendPort, backendPort, to, isPool }: TreeNatRule): string =>
  `NAT ${isPool ? 'pool' : 'rule'} ${name}, ${protocol ?? ''} ${frontendPort ?? '?'} → ${to.join(' ') || 'nobody'} ${portText(backendPort)}`;

export const outboundRuleText = ({ name, protocol, pool, allocatedOutboundPorts }: TreeOutboundRule): string =>
  `outbound rule ${name}, ${protocol ?? ''} for ${pool ?? 'no pool'}${allocatedOutboundPorts ? `, ${allocatedOutboundPorts} ports each` : ''}`;

function memberText(member: TreeMember, { paint }: TextStyle): string {
  const { sign, colour } = stateWords[member.state];
  return `${paint[colour](sign)} ${memberWords(member)}`;
}

/** Name and address, then the state and all that bears on it. */
export function memberWords(member: TreeMember): string {
  const { name, address, reason, powerState, adminState, zone } = member;
  return [
    `${name}${address === null ? '' : ` ${address}`} ${healthWord(member)}${reason === null ? '' : ` (${reason})`}`,
    powerState ?? '',
    adminState === null ? '' : `admin state ${adminState}`,
    zone === null ? '' : `zone ${zone}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export const portText = (port: number | null): string => (port === null ? '?' : port === 0 ? 'any' : String(port));
