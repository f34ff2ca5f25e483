import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { wrap } from './layout.ts';
import type { TextStyle } from './text-style.ts';

/** What the owner wrote for whoever is on call, right under the verdict. */
export function expectationLines({ expectation }: Diagnosis, { paint, width }: TextStyle): readonly string[] {
  if (expectation === null) return [];
  const { file, line, owner, normalCheck, escalation, rollBackWhen, environment } = expectation;
  const said = [
    ['Owner', owner],
    ['Normal check', normalCheck],
    ['Escalation', escalation],
    ['Roll back when', rollBackWhen],
    ['Environment', environment === 'production' ? null : `${environment}: risks are told as advice`],
  ] as const;
  const lines = said.flatMap(([label, text]) =>
    text === null ? [] : wrap(`${paint.bold(`${label}:`)} ${text}`, width, '  ', '    '),
  );
  return [...lines, paint.dim(`  Compared with what ${file}:${line} says it should be.`)];
}
