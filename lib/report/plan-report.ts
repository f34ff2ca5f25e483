import type { CapacityRow, Plan } from '../../schemas/plan.generated.ts';
import { stepsInShell } from '../diagnosis/in-shell.ts';
import { planExitCode } from '../plan/plan.ts';
import { isOrAre } from '../words/counted.ts';
import { cleanAll } from './clean.ts';
import { wrap } from './layout.ts';
import { paint } from './paint.ts';
import type { Report } from './render.ts';
import { stepLines } from './text-fix.ts';
import type { TextOptions, TextStyle } from './text-style.ts';

/** A plan, ready for every output format. */
export function planReport(planned: Plan, options: TextOptions): Report {
  const plan = { ...planned, steps: stepsInShell(planned.steps, options.shell) };
  return {
    value: plan,
    rows: () =>
      plan.steps.map(({ id, kind, title, command, disruptive }) => ({
        Step: id,
        Kind: kind,
        Title: title,
        Command: command,
        Disruptive: disruptive ?? '',
      })),
    text: () => planText(plan, { ...options, paint: paint(options.colour) }),
  };
}

const kindWords = {
  fix: 'mend',
  drain: 'drain',
  add: 'add to',
  remove: 'take members out of',
  swap: 'swap the pools of',
  create: 'create',
  cleanup: 'clean up',
} as const satisfies Record<Plan['kind'], string>;

function planText(plan: Plan, style: TextStyle): string {
  const { kind, loadBalancer, refused, steps, capacity, unread } = cleanAll(plan);
  const what = `${kindWords[kind]} ${loadBalancer?.name ?? ''}`.trim();
  const where =
    loadBalancer === null ? [] : [`  ${loadBalancer.resourceGroup}, subscription ${loadBalancer.subscriptionId}`];
  if (refused !== null) {
    return lines([
      ...wrap(`${style.paint.red('✗ REFUSED')}  to ${what}: ${refused.because}`, style.width, '', '  '),
      ...where,
      ...(refused.left.length === 0 ? [] : ['', 'WOULD BE LEFT', ...refused.left.map(rowLine)]),
    ]);
  }
  if (steps.length === 0) {
    const why =
      planExitCode(plan) === 5 ? 'nothing was found to do, but not all could be read' : 'there is nothing to do';
    return lines([
      ...wrap(`- NO PLAN  to ${what}: ${why}.`, style.width, '', '  '),
      ...where,
      ...unread.flatMap((each) => wrap(each, style.width, '  ', '    ')),
    ]);
  }
  const changes = steps.filter((step) => step.kind === 'change').length;
  const how =
    changes === 0
      ? 'nothing here changes anything: it says where to look'
      : `${changes} of its ${steps.length} steps ${isOrAre(changes)} ${changes === 1 ? 'a change' : 'changes'}; read it whole before you begin`;
  return lines([
    ...wrap(`${style.paint.bold('PLAN')}  to ${what}: ${how}.`, style.width, '', '  '),
    ...where,
    ...(changes === 0 ? [] : capacityLines(capacity)),
    ...steps.flatMap((step, at) => ['', ...stepLines(step, `${at + 1} `, style)]),
    ...(unread.length === 0
      ? []
      : ['', 'NOT READ', ...unread.flatMap((each) => wrap(each, style.width, '  ', '    '))]),
  ]);
}

function capacityLines({ before, during }: Plan['capacity']): readonly string[] {
  if (before.length === 0) return [];
  const least = new Map(during.map((row) => [row.balancingRule, row.up]));
  return [
    '',
    'UP NOW, AND AT LEAST WHILE IT IS DONE',
    ...before.map((row) => `${rowLine(row)}, then ${least.get(row.balancingRule) ?? row.up}`),
  ];
}

const rowLine = ({ balancingRule, up, total }: CapacityRow): string => `  ${balancingRule}  ${up} of ${total} up`;

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;
