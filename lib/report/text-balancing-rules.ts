import type { DiagnosedBalancingRule, Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { byName } from '../words/name-order.ts';
import { columns, wrapLast } from './layout.ts';
import type { TextStyle } from './text-style.ts';
import { verdictWords } from './words.ts';

const portText = (port: number | null): string => (port === null ? '?' : port === 0 ? '*' : String(port));
const addressText = (address: string): string => (address.includes(':') ? `[${address}]` : address);

export function balancingRuleLines({ balancingRules }: Diagnosis, style: TextStyle): readonly string[] {
  if (balancingRules.length === 0) return [];
  const order = Object.keys(verdictWords);
  const sorted = [...balancingRules].sort(
    (one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict) || byName(one.name, other.name),
  );
  return [
    style.paint.bold('BALANCING RULES'),
    ...wrapLast(
      columns(
        sorted.map((rule) => cells(rule, style)),
        '  ',
      ),
      style.width,
    ),
  ];
}

function cells(rule: DiagnosedBalancingRule, style: TextStyle): readonly string[] {
  const { sign, word, colour } = verdictWords[rule.verdict];
  const { total, up, unknown } = rule.members;
  const { frontend } = rule;
  const from = `${addressText(frontend.address ?? frontend.name ?? '?')}:${portText(frontend.port)}`;
  const to = `${rule.pools.join('+') || 'no pool'}:${portText(rule.backendPort)}`;
  return [
    style.paint[colour](`${sign} ${word.toLowerCase()}`),
    rule.name,
    `${rule.protocol ?? ''} ${from} → ${to}`.trim(),
    rule.probe === null ? 'no probe' : `probe ${rule.probe}`,
    total === 0 ? 'no members' : `${up} of ${total} up${unknown === 0 ? '' : `, ${unknown} unknown`}`,
  ];
}
