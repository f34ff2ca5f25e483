import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { rules } from '../../lib/rules/index.generated.ts';
import { inOrder } from '../../lib/words/name-order.ts';
import type { Finding } from '../../schemas/diagnosis.generated.ts';
import { everyRulesWorlds } from './load.ts';
import { triaged } from './triaged.ts';
import type { Firing } from './worlds.ts';

const loaded = await everyRulesWorlds();

test('every rule has worlds where it fires and where it must not', () => {
  const told = loaded.filter(({ worlds }) => worlds.fires.length > 0 && worlds.silent.length > 0).map(({ id }) => id);
  expect(told.sort()).toEqual(rules.map(({ id }) => id).sort());
});

describe.each(loaded)('$id', ({ id, worlds }) => {
  test.each(worlds.fires.map((world) => [world.when, world] as const))('fires when %s', async (_, expected) => {
    const { findings } = await triaged(expected.world());
    const own = findings.filter(({ rule }) => rule === id);
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
    expect(own.some((finding) => agrees(finding, expected, findings)) ? expected : own).toBe(expected);
  });
  test.each(worlds.silent.map((world) => [world.when, world] as const))(
    'is silent when %s',
    async (_, { world, unasked }) => {
      const { findings, calls } = await triaged(world());
      expect(findings.filter(({ rule }) => rule === id)).toEqual([]);
      expect(calls.filter(({ command }) => unasked !== undefined && command.includes(unasked))).toEqual([]);
    },
  );
});

function agrees(finding: Finding, expected: Firing, all: readonly Finding[]): boolean {
  const { on, affects, severity, kind, says, types = [], changes, undoes, omits, data, cites, explains } = expected;
  const steps = finding.fix?.steps ?? [];
  const printed = (wanted?: string) =>
    steps.flatMap(({ kind: each, command }) => (wanted === undefined || each === wanted ? [command ?? ''] : []));
  const commands = printed();
  const paths = finding.evidence.map((citation) => ('path' in citation ? citation.path : ''));
  const explained = all.filter(({ explainedBy }) => explainedBy.includes(finding.key)).map(({ rule }) => rule);
  return (
    (explains === undefined ||
      JSON.stringify([...new Set(explained)].sort()) === JSON.stringify([...explains].sort())) &&
    (cites === undefined || paths.some((path) => path.includes(cites))) &&
    (on === undefined || finding.on.toLowerCase().includes(on.toLowerCase())) &&
    (affects === undefined || JSON.stringify(finding.affects) === JSON.stringify(inOrder(affects))) &&
    (severity === undefined || finding.severity === severity) &&
    (kind === undefined || finding.kind === kind) &&
    (says === undefined || finding.message.includes(says)) &&
    (data === undefined || isDeepStrictEqual(finding.data, data)) &&
    (omits === undefined || ![...commands, finding.message].some((text) => text.includes(omits))) &&
    (changes === undefined || printed('change').some((command) => command.includes(changes))) &&
    (undoes === undefined || printed('undo').some((command) => command.endsWith(undoes))) &&
    [types].flat().every((part) => commands.some((command) => command.includes(part)))
  );
}
