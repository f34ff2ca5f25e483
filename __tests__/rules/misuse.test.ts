import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

// Imports take slashes on Windows too.
const root = fileURLToPath(new URL('../..', import.meta.url)).replaceAll('\\', '/');

/** A rule whose parts agree. */
const right = `
import { cite } from '${root}lib/evidence/fact.ts';
import { defineRule } from '${root}lib/rule.ts';
import { type ProbedMember, probedMembers } from '${root}lib/topology/subjects.ts';

export default defineRule({
  id: 'tcp-probe-timeout',
  layer: 'symptom',
  kind: 'fault',
  severity: 'high',
  title: '',
  why: '',
  docs: '',
  explains: ['rule-all-down'],
  about: probedMembers,
  needs: { health: ({ rule }: ProbedMember) => rule.reasons },
  wants: { filter: ({ member }: ProbedMember) => member.effectiveFilter },
  check: ({ member, probe }, { health }, { filter }) => {
    const found = health.members.get(member);
    if (!found || filter?.subnet) return undefined;
    return { facts: { port: cite(probe, 'port') }, detail: found.state };
  },
  message: ({ port }, { rule }, state) => \`\${rule.name} \${port + 1} \${state}\`,
});
`;

/** One word of it wrong, and the compiler's error at that line. */
const misuses: readonly (readonly [what: string, from: string, to: string, error: RegExp])[] = [
  [
    'a need used unopened',
    'const found = health.members',
    'const found = member.machine.name',
    /TS2339: .*'name' does not exist on type 'Reading</,
  ],
  [
    'a need dropped',
    'needs: { health: ({ rule }: ProbedMember) => rule.reasons },',
    '',
    /TS2339: Property 'health' does not exist/,
  ],
  ['a need that is not listed', '{ health: (', '{ reasons: (', /TS2339: Property 'health' does not exist/],
  [
    'a fact misspelt in the message',
    'message: ({ port }',
    'message: ({ prot }',
    /TS2339: Property 'prot' does not exist/,
  ],
  [
    'a fact taken for another type',
    'port + 1',
    'port.length',
    /TS2339: Property 'length' does not exist on type 'number'/,
  ],
  ['a field misspelt in cite', "cite(probe, 'port')", "cite(probe, 'prot')", /TS2345: .*'"prot"'/],
  ['an object cited', "cite(probe, 'port')", "cite(probe, 'balancingRules')", /TS2345: .*'"balancingRules"'/],
  ['a fact without its citation', "cite(probe, 'port')", 'probe.port', /TS2322: .*number.*Fact</s],
  ['an unknown rule id explained', "'rule-all-down'", "'rule-all-dwon'", /TS2820?: .*'"rule-all-dwon"'/],
  ['an unknown rule id', "id: 'tcp-probe-timeout'", "id: 'tcp-probe-timeuot'", /TS28?\d+: .*'"tcp-probe-timeuot"'/],
  ['a wanted value used untested', 'filter?.subnet', 'filter.subnet', /TS18048: 'filter' is possibly 'undefined'/],
  ['an opened value used untested', '!found || ', '', /TS18048: 'found' is possibly 'undefined'/],
  [
    'a need of another subject',
    '({ rule }: ProbedMember) => rule.reasons',
    '({ scaleSet }: ProbedMember) => scaleSet.set',
    /TS2339: Property 'scaleSet' does not exist/,
  ],
  ['another layer', "layer: 'symptom'", "layer: 'symptoms'", /TS2820: .*'"symptoms"'/],
];

test('what does not hold together does not compile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azlb-misuse-'));
  try {
    const sources = [['right', '', '', /^$/] as const, ...misuses].map(([what, from, to]) => {
      expect([what, right.includes(from)]).toEqual([what, true]);
      const name = `${what.replaceAll(' ', '-')}.ts`;
      writeFileSync(join(folder, name), right.replace(from, to));
      return name;
    });
    const config = {
      extends: `${root}tsconfig.json`,
      compilerOptions: { typeRoots: [`${root}node_modules/@types`] },
      include: [],
      files: sources,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const compiler = createRequire(import.meta.url)
      .resolve('typescript/package.json')
      .replace('package.json', 'bin/tsc');
    const { stdout } = spawnSync(process.execPath, [compiler, '--project', folder, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const errorsIn = (name: string) =>
      stdout
        .split(/\n(?=\S)/)
        .filter((text) => text.startsWith(`${name}(`))
        .join('\n');
    expect(
      stdout.split('\n').filter((line) => /^\S/.test(line) && !sources.some((name) => line.startsWith(name))),
    ).toEqual([]);
    expect(errorsIn('right.ts')).toBe('');
    for (const [what, , , error] of misuses) {
      const name = `${what.replaceAll(' ', '-')}.ts`;
      expect(`${what}: ${errorsIn(name)}`).toMatch(error);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
