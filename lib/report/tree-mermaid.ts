import type { Tree, TreeBranches, Trees } from '../../schemas/tree.generated.ts';
import { cleanAll } from './clean.ts';
import { frontendText, memberWords, natRuleText, outboundRuleText, ruleText } from './tree-report.ts';

const colours = { up: 'up', down: 'down', unknown: 'unknown', 'not-measured': 'unknown' } as const;

/**
 * A flowchart in Mermaid's language. Names from Azure stand in quoted labels, where every character that could end the
 * label, begin a directive or be read as HTML or Markdown is an entity.
 */
export function treeMermaid(raw: Trees): string {
  const { loadBalancers } = cleanAll(raw);
  const lines: string[] = [];
  let count = 0;
  const node = (text: string, from: string | undefined, look = ''): string => {
    count += 1;
    const id = `n${count}`;
    lines.push(`  ${id}["${label(text)}"]${look === '' ? '' : `:::${look}`}`);
    if (from !== undefined) lines.push(`  ${from} --> ${id}`);
    return id;
  };
  for (const tree of loadBalancers) draw(tree, node);
  return [
    'flowchart LR',
    ...lines,
    '  classDef up stroke:#2da44e',
    '  classDef down stroke:#cf222e,stroke-width:2px',
    '  classDef unknown stroke:#bf8700,stroke-dasharray:4',
    '',
  ].join('\n');
}

type Node = (text: string, from: string | undefined, look?: string) => string;

function draw({ loadBalancer, frontends, withoutFrontend, unservedPools }: Tree, node: Node): void {
  const root = node(`${loadBalancer.name} (${loadBalancer.resourceGroup})`, undefined);
  // A pool that two rules lead to is one box for each: its members' states differ from rule to rule.
  for (const frontend of frontends) drawBranches(frontend.branches, node(frontendText(frontend), root), node);
  const { balancingRules, natRules, outboundRules } = withoutFrontend;
  if (balancingRules.length + natRules.length + outboundRules.length > 0)
    drawBranches(withoutFrontend, node('a frontend that is not there', root, 'down'), node);
  for (const pool of unservedPools) drawPool(pool, root, node);
}

function drawBranches({ balancingRules, natRules, outboundRules }: TreeBranches, from: string, node: Node): void {
  for (const rule of balancingRules) {
    const id = node(ruleText(rule), from);
    for (const pool of rule.pools) drawPool(pool, id, node);
  }
  for (const rule of natRules) node(natRuleText(rule), from);
  for (const rule of outboundRules) node(outboundRuleText(rule), from);
}

function drawPool({ name, members }: Tree['unservedPools'][number], from: string, node: Node): void {
  const id = node(`pool ${name}${members.length === 0 ? ', empty' : ''}`, from);
  for (const member of members) node(memberWords(member), id, colours[member.state]);
}

const label = (text: string): string =>
  text.replace(/[^\p{L}\p{N} _.,:/()→-]/gu, (character) => `#${character.codePointAt(0)};`);
