import type { Plan, PlannedStepAnswer } from '../../schemas/plan.generated.ts';
import { bashQuoted, bashQuotedWord } from '../shell/bash.ts';
import { isComment } from '../shell/shell.ts';
import { clean } from './clean.ts';
import { planScriptRuntime } from './plan-script-runtime.ts';

/**
 * A plan as a bash script that stops at the first failure, asks before each change, logs what it did, goes on at a step,
 * and takes back what its log says was done. It runs in the bash 3.2 of macOS.
 */
export function planScript(plan: Plan): string {
  const steps = plan.steps.filter((step) => !isEtagLook(step, plan.steps));
  const watched = steps.filter(({ kind, argv }) => kind === 'backup' && argv.length > 0);
  return [
    '#!/usr/bin/env bash',
    `# azlb ${plan.azlb}: plan ${plan.kind}${plan.loadBalancer === null ? '' : ` of ${clean(plan.loadBalancer.id)}`}`,
    `# Made of what was read at ${clean(plan.collectedAt)}. Read it before you run it.`,
    '#',
    ...steps.map(({ id, title }) => `#   ${id.padEnd(9)} ${commented(title)}`),
    '',
    'set -uo pipefail',
    '',
    `ids=(${steps.map(({ id }) => id).join(' ')})`,
    `kinds=(${steps.map(({ kind }) => kind).join(' ')})`,
    `undoes=(${steps.map(({ undoes }) => undoes ?? '-').join(' ')})`,
    `titles=(\n${steps.map(({ title }) => `  ${bashQuotedWord(clean(title))}`).join('\n')}\n)`,
    `disruptive=(\n${steps.map(({ disruptive }) => `  ${bashQuotedWord(clean(disruptive ?? ''))}`).join('\n')}\n)`,
    '',
    ...steps.flatMap((step, at) => [`step_${at}() {`, ...bodyOf(step), '}']),
    '',
    '# What is saved is written later on: whoever else writes it changes its etag.',
    `watched=(${watched.map((_, at) => at).join(' ')})`,
    `etags=(${watched.map(({ etag }) => bashQuotedWord(etag ?? '')).join(' ')})`,
    'etag_of() {',
    '  case $1 in',
    ...watched.map(
      ({ argv }, at) => `    ${at}) ${bashQuoted([...asked(argv), '--query=etag', '--output=tsv'])} | tr -d '\\r' ;;`,
    ),
    '    *) return 1 ;;',
    '  esac',
    '}',
    '',
    planScriptRuntime,
  ].join('\n');
}

/** The script looks at etags by itself. */
function isEtagLook({ kind, argv }: PlannedStepAnswer, all: readonly PlannedStepAnswer[]): boolean {
  return (
    kind === 'look' &&
    argv.includes('--query=etag') &&
    all.some((other) => other.kind === 'backup' && asked(other.argv).every((word, at) => word === argv[at]))
  );
}

/** Without the file that takes the answer: the script makes it whole or not at all. */
function asked(argv: readonly string[]): readonly string[] {
  return argv.filter((word) => !word.startsWith('--output-file='));
}

function bodyOf({ kind, argv, command, file }: PlannedStepAnswer): readonly string[] {
  if (argv.length === 0) return ['  :'];
  // What can't be pasted can't be run from a file either: it is left to a person.
  if (isComment(command)) return [`  # ${commented(command)}`, '  by_hand'];
  if (kind !== 'backup' || file === null) return [`  ${bashQuoted(argv)}`];
  const place = bashQuotedWord(file);
  return [
    `  if [ -e ${place} ]; then kept ${place}; return; fi`,
    `  ${bashQuoted(asked(argv))} > ${place}.part && mv ${place}.part ${place}`,
  ];
}

/** One line of a comment. */
function commented(title: string): string {
  return clean(title).replaceAll(/\s+/g, ' ');
}
