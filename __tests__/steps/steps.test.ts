import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import jmespath from 'jmespath';
import { isComment, shells } from '../../lib/shell/shell.ts';
import { guarded } from '../../lib/steps/change.ts';
import { backup } from '../../lib/steps/looking.ts';
import { freePriority } from '../../lib/steps/security-group.ts';
import { printedStep, type Step } from '../../lib/steps/step.ts';
import { examples, insideExamples, spelledOut } from './examples.ts';

const step = (...argv: readonly string[]): Step => ({ kind: 'look', title: 'Look', argv, disruptive: null });
const line = (made: Step) => printedStep(made, 'bash').command;

describe('builders', () => {
  test.each([...examples, ...insideExamples])('%s', (_title, steps, lines) => {
    // What a look asks of its answer is tried below.
    expect(steps.map((step) => line(step).replace(/ '?--query=.*$/, ''))).toEqual(lines.map(spelledOut));
  });

  test('whatever changes something is checked, and backed up or plainly a power state', () => {
    for (const [title, steps] of examples) {
      const kinds = steps.map(({ kind }) => kind);
      if (!kinds.includes('change')) continue;
      expect([title, kinds.lastIndexOf('change') < kinds.indexOf('check')]).toEqual([title, true]);
      const power = steps.some(({ argv }) => /^vm(ss)? (start|restart|update-instances)/.test(argv.slice(1).join(' ')));
      const first = kinds.find((kind) => kind !== 'look');
      expect([title, first === 'backup' || power]).toEqual([title, true]);
    }
  });

  test('whatever looks prints a line and no pages, by a query that az takes', () => {
    const looks = [...examples, ...insideExamples].flatMap(([, steps]) =>
      steps.filter(({ kind, argv }) => kind === 'look' && argv[0] === 'az'),
    );
    expect(looks.length).toBeGreaterThan(10);
    for (const { argv } of looks) {
      const query = argv.find((word) => word.startsWith('--query='))?.slice('--query='.length) ?? '';
      expect(() => jmespath.search({}, query)).not.toThrow();
      expect(argv.at(-1)).toBe('--output=tsv');
    }
  });

  test('several changes are taken back in the opposite order', () => {
    const changes = ['one', 'two'].map((title) => ({
      title,
      argv: [title],
      undo: { title: `not ${title}`, argv: [] },
    }));
    expect(guarded('/subscriptions/s/resourceGroups/g/providers/N/lb/x', changes).map(({ title }) => title)).toEqual([
      ...[
        expect.stringContaining('Save x as it is now'),
        'one',
        'two',
        expect.stringContaining('Check x'),
        'not two',
        'not one',
      ],
    ]);
  });

  test('looking inside a machine says so', () => {
    const inside = examples.flatMap(([, steps]) => steps).filter(({ argv }) => argv.includes('run-command'));
    expect(inside).toHaveLength(2);
    for (const { title } of inside) expect(title).toMatch(/^Executes inside vm, as (root|SYSTEM): /);
  });
});

test.each(shells)('what is called by letters of any language is backed up in %s', (shell) => {
  const id = '/subscriptions/s/resourceGroups/группа(1)/providers/Microsoft.Network/loadBalancers/web-lb';
  const { argv, command } = printedStep(backup(id), shell);
  expect(argv).toContain(`--url=${id}?api-version=2025-07-01`);
  expect(command).toContain(`loadBalancers/web-lb?api-version`);
  expect(isComment(command)).toBe(false);
});

test('the free priority is the last before the deny', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 65500 }), fc.array(fc.integer({ min: 100, max: 130 })), (deny, taken) => {
      const free = freePriority(deny, taken);
      const all = Array.from({ length: 3997 }, (_, index) => index + 100);
      expect(free).toBe(all.findLast((priority) => priority < deny && !taken.includes(priority)) ?? null);
    }),
  );
});

describe('printing', () => {
  test.each([
    [
      'az reads files for these',
      step('az', 'x', '@secret'),
      "# Type this by hand, one value can't be pasted safely: @secret",
    ],
    [
      'and after the first =',
      step('az', '--name=@secret'),
      "# Type this by hand, one value can't be pasted safely: --name=@secret",
    ],
    ['not after a later one', step('az', '--set', 'a[b=c].d=@e'), "az --set 'a[b=c].d=@e'"],
    ['not for other programs', step('kubectl', '@x'), 'kubectl @x'],
    [
      'a line break',
      step('az', 'a\nrm -rf /'),
      "# Type this by hand, one value can't be pasted safely: a\\u000arm -rf /",
    ],
    [
      'a terminal escape',
      step('kubectl', '\u001b[2J'),
      "# Type this by hand, one value can't be pasted safely: \\u001b[2J",
    ],
    ['a line break in a notice', { ...step(), title: 'a\nrm' }, '# a\\u000arm'],
    ['a file of a strange name', { ...step('az'), saveTo: "it's $(x).json" }, "az '--output-file=it'\\''s $(x).json'"],
    [
      'a file with a line break',
      { ...step('az'), saveTo: 'a\nb' },
      "# Type this by hand, one value can't be pasted safely: --output-file=a\\u000ab",
    ],
  ])('%s', (_title, made, expected) => {
    expect(line(made)).toBe(expected);
  });

  test('bash hands on exactly what the step holds, in one line that changes nothing else', () => {
    const word = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('-rg', '$(id)', '`id`', "it's", '"', '\\', '!!', '~', '*', '{a,b}', 'a=b', '#', ';', '=ls', 'é'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 6 }), { minLength: 20, maxLength: 20 }), (lists) => {
        const made = lists
          .map((words) => ({ words, command: line(step('printf', '%s\\0', '|', ...words)) }))
          .filter(({ command }) => !command.startsWith('#'));
        const script = made.map(({ command }) => command).join('\n');
        expect(script.split('\n')).toHaveLength(Math.max(made.length, 1));
        const output = execFileSync('bash', ['-c', script], { encoding: 'utf8' });
        expect(output).toBe(made.map(({ words }) => ['|', ...words].map((text) => `${text}\0`).join('')).join(''));
      }),
      { numRuns: 20 },
    );
  });
});
