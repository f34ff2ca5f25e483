import type { Diagnoses, NotAsked } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { cleanAll } from './clean.ts';
import { columns, plural, wrap } from './layout.ts';
import { paint } from './paint.ts';
import { diagnosisText } from './text.ts';
import type { TextOptions, TextStyle } from './text-style.ts';
import { verdictWords } from './words.ts';

/** An overview with a line a load balancer, then those that carry no or too little traffic in full. */
export const diagnosesText = (raw: Diagnoses, options: TextOptions): string => {
  const { loadBalancers, notAsked, scope } = cleanAll(raw);
  const style = { ...options, paint: paint(options.colour) };
  const where =
    scope.ids.length > 0
      ? 'named by id'
      : `in ${scope.resourceGroup === null ? '' : `group ${scope.resourceGroup}, `}subscription ${scope.subscription ?? 'active'}`;
  const isTold = ({ verdict }: Diagnosis) =>
    options.verbose || verdict === 'down' || verdict === 'masked' || verdict === 'degraded';
  const parts = [
    [`${plural(loadBalancers.length + notAsked.length, 'load balancer')} ${where}.`],
    columns(loadBalancers.map((diagnosis) => overviewCells(diagnosis, style))),
    notAskedLines(notAsked, style),
  ];
  const overview = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  // Not cleaned twice: the single report cleans for itself.
  const told = raw.loadBalancers
    .filter(isTold)
    .map((diagnosis) => `\n${'─'.repeat(20)}\n${diagnosisText(diagnosis, options)}`);
  return `${overview}\n${told.join('')}`;
};

const overviewCells = (diagnosis: Diagnosis, { paint, width }: TextStyle): readonly string[] => {
  const { sign, word, colour } = verdictWords[diagnosis.verdict];
  const { name, resourceGroup } = diagnosis.loadBalancer;
  const first = diagnosis.findings.find(({ key }) => key === diagnosis.causes[0]);
  const [line = '', ...more] = first === undefined ? [] : wrap(first.message, Math.max(30, width - 50));
  return [paint[colour](`${sign} ${word}`), paint.bold(name), resourceGroup, more.length > 0 ? `${line} …` : line];
};

const notAskedLines = (notAsked: readonly NotAsked[], style: TextStyle): readonly string[] => {
  if (notAsked.length === 0) return [];
  const rows = notAsked.map(({ loadBalancer, findings, because }) => [
    `? ${loadBalancer.name}`,
    loadBalancer.resourceGroup,
    `${because}; ${plural(findings.length, 'finding')} from configuration`,
  ]);
  return [style.paint.bold('HEALTH NOT ASKED'), ...columns(rows, '  ')];
};
