import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ExpectationError } from '../../lib/expect/error.ts';
import { expectationsIn } from '../../lib/expect/read.ts';

async function messageOf(text: string): Promise<string> {
  const error: unknown = await expectationsIn('azlb.yaml', text).catch((thrown: unknown) => thrown);
  if (!(error instanceof ExpectationError)) throw new Error(`No ExpectationError but ${String(error)}`);
  return error.message;
}

const bomb = ['a: &a [x, x, x]', 'b: &b [*a, *a, *a]', 'owner: *b'].join('\n');

const bad: readonly (readonly [what: string, text: string, message: string])[] = [
  [
    'an unknown key',
    'owner: shop\npools:\n  web-pool:\n    memebrs: 3',
    'azlb.yaml:4:5: unknown key "memebrs". Did you mean members?',
  ],
  ['a key like no other', 'colour: red', 'azlb.yaml:1:1: unknown key "colour". Here may stand: $schema, loadBalancer,'],
  [
    'an unknown key in a list',
    'loadBalancers:\n  - loadBalancer: a\n    Owner: x',
    'azlb.yaml:3:5: unknown key "Owner". Did you mean owner?',
  ],
  [
    'a key beside the list',
    'owner: x\nloadBalancers:\n  - loadBalancer: a',
    'azlb.yaml:1:1: unknown key "owner". Here may stand: $schema, loadBalancers.',
  ],
  [
    'a number that is text',
    'pools:\n  web-pool:\n    smallestHealthy: two',
    'azlb.yaml:3:22: smallestHealthy of web-pool: expected how many members must be healthy at the least: a number; this is the text "two".',
  ],
  [
    'a number below one',
    'pools:\n  p:\n    smallestHealthy: 0',
    'azlb.yaml:3:22: smallestHealthy of p: expected how many members must be healthy at the least: a number, which must be >= 1; this is 0.',
  ],
  [
    'members that are none of the kinds',
    'pools:\n  p:\n    members: all',
    'azlb.yaml:3:14: members of p: expected a number, a list of names (of machines, interfaces or addresses), or `scaleSet: NAME` or `subnet: NAME`; this is the text "all".',
  ],
  [
    'members of a misspelt kind',
    'pools:\n  p:\n    members:\n      scaleset: web',
    'azlb.yaml:4:7: unknown key "scaleset". Did you mean scaleSet?',
  ],
  [
    'a member that is no name',
    'pools:\n  p:\n    members: [web-1, 2]',
    'azlb.yaml:3:22: members, entry 2: expected a name; this is 2.',
  ],
  [
    'a member twice',
    'pools:\n  p:\n    members: [a, a]',
    'azlb.yaml:3:14: members of p: expected a list of names, which must NOT have duplicate items',
  ],
  [
    'a set and a subnet',
    'pools:\n  p:\n    members: { scaleSet: a, subnet: b }',
    'azlb.yaml:3:5: members of p are either a scaleSet or a subnet.',
  ],
  [
    'a list where a mapping belongs',
    'pools:\n  - web-pool',
    'azlb.yaml:2:3: pools: expected backend pools by name, each with what it should be; this is a list.',
  ],
  [
    'a pool with nothing under it',
    'pools:\n  p:',
    'azlb.yaml:2:5: p: expected what the pool should be: members, smallestHealthy, zones, approvedSubnets, probe, standby; this is empty.',
  ],
  [
    'a protocol that no probe speaks',
    'pools:\n  p:\n    probe: { protocol: udp }',
    'azlb.yaml:3:24: protocol of probe: expected tcp, http or https; this is the text "udp".',
  ],
  [
    'a port out of range',
    'pools:\n  p:\n    probe: { port: 70000 }',
    'azlb.yaml:3:20: port of probe: expected a port, 1 to 65535, which must be <= 65535; this is 70000.',
  ],
  [
    'a path that is none',
    'pools:\n  p:\n    probe: { path: healthz }',
    'azlb.yaml:3:20: path of probe: expected a path that begins with /, as /healthz; this is the text "healthz".',
  ],
  [
    'a path of a tcp probe',
    'pools:\n  p:\n    probe: { protocol: tcp, path: / }',
    'azlb.yaml:3:29: a tcp probe asks for no path',
  ],
  [
    'an environment that is none',
    'environment: dev',
    'azlb.yaml:1:14: environment: expected production (as when left out) or development',
  ],
  [
    'an acceptance of no rule',
    'accepted:\n  - { rule: probe-path-rot, because: x }',
    'azlb.yaml:2:7: there is no rule "probe-path-rot". Did you mean probe-path-root?',
  ],
  [
    'an acceptance without a reason',
    'accepted:\n  - rule: probe-path-root',
    'azlb.yaml:2:5: accepted, entry 1 needs because.',
  ],
  [
    'one of several without a name',
    'loadBalancers:\n  - loadBalancer: a\n  - owner: x',
    'azlb.yaml:3:5: say which load balancer this is',
  ],
  [
    'a load balancer twice',
    'loadBalancers:\n  - loadBalancer: a\n  - loadBalancer: A\n    resourceGroup: g',
    'azlb.yaml:3:1: A is described in line 2 already',
  ],
  ['an empty file', '', 'azlb.yaml:1:1: The file: expected what a load balancer should be'],
  ['a file that is text', 'web-lb', 'azlb.yaml:1:1: The file: expected what a load balancer should be'],
  ['a bracket that is not closed', 'pools: {\n  p: [1\n', 'azlb.yaml:'],
  ['a tab for indentation', 'pools:\n\tp: {}', 'azlb.yaml:2:1: Tabs are not allowed as indentation.'],
  ['a key twice', 'owner: a\nowner: b', 'azlb.yaml:2:1: this key is here twice; the second would hide the first.'],
  [
    'two documents',
    'owner: a\n---\nowner: b',
    'azlb.yaml:2:1: a second document begins here; put several load balancers under loadBalancers.',
  ],
  [
    'a tag that runs code elsewhere',
    'owner: !!js/function x',
    'azlb.yaml:1:8: Unresolved tag: tag:yaml.org,2002:js/function.',
  ],
  ['an alias', bomb, 'azlb.yaml:2:8: *a repeats something by reference; write it out.'],
  ['an alias of nothing', 'owner: *x', 'azlb.yaml:1:8: *x repeats'],
  ['brackets without end', `pools: ${'['.repeat(50_000)}`, 'azlb.yaml:1:1: this is nested more than 40 deep.'],
  ['dashes without end', `pools:\n  ${'- '.repeat(50_000)}`, 'azlb.yaml:2:3: this is nested more than 40 deep.'],
  [
    'steps without end',
    Array.from({ length: 400 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
    'this is nested more than 40 deep.',
  ],
  ['JSON with a comma too many', '{\n  "owner": "a",\n  "memebrs": 1\n}', 'azlb.yaml:3:3: unknown key "memebrs"'],
  ['JSON cut off', '{\n  "owner": "a', 'azlb.yaml:2:'],
  ['a key that is no own property of anything', 'pools:\n  __proto__:\n    x: 1', 'azlb.yaml:3:5: unknown key "x"'],
];

describe('a bad file is named with its line and what was meant', () => {
  test.each(bad)('%s', async (_, text, message) => expect(await messageOf(text)).toContain(message));

  test('every fault at once, ten at the most', async () => {
    const lines = (await messageOf(Array.from({ length: 30 }, (_, at) => `key${at}: 1`).join('\n'))).split('\n');
    expect(lines).toHaveLength(10);
    expect(new Set(lines.map((line) => line.split(':')[1])).size).toBe(10);
  });
});

describe('a good file', () => {
  const yaml = [
    '# yaml-language-server: $schema=./expectation.schema.json',
    'loadBalancer: web-lb',
    'owner: shop',
    'environment: development',
    'pools:',
    '  web-pool:',
    '    members: { scaleSet: web, count: 3 }',
    '    zones: [1, 2]',
    '    probe: { protocol: HTTP, port: 8443, path: /healthz }',
  ].join('\n');

  test('is read with the line of what it says', async () => {
    const [one] = await expectationsIn('azlb.yaml', yaml);
    expect(one).toMatchObject({
      file: 'azlb.yaml',
      line: 2,
      loadBalancer: 'web-lb',
      environment: { value: 'development', line: 4 },
      pools: [
        {
          name: 'web-pool',
          line: 6,
          members: { value: { by: 'scaleSet', name: 'web', count: 3 }, line: 7 },
          zones: { value: ['1', '2'], line: 8 },
          probe: { value: { protocol: 'http', port: 8443, path: '/healthz' }, line: 9 },
        },
      ],
    });
  });

  test('may be JSON, with tabs', async () => {
    const json = JSON.stringify({ loadBalancer: 'web-lb', pools: { 'web-pool': { members: ['a'] } } }, null, '\t');
    const [one] = await expectationsIn('azlb.json', json);
    expect(one?.pools[0]?.members).toEqual({ value: { by: 'names', names: ['a'], count: undefined }, line: 5 });
  });

  test('may speak of several load balancers, of one name in two groups too', async () => {
    const text = 'loadBalancers:\n  - { loadBalancer: a, resourceGroup: g }\n  - { loadBalancer: a, resourceGroup: h }';
    expect((await expectationsIn('azlb.yaml', text)).map(({ resourceGroup, line }) => [resourceGroup, line])).toEqual([
      ['g', 2],
      ['h', 3],
    ]);
  });
});

test('every example in the documentation is good', async () => {
  const page = readFileSync('docs/expectations.md', 'utf8');
  const examples = [...page.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```$/gm)].map(([, indent = '', text = '']) =>
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
  expect(examples).toHaveLength(3);
  for (const example of examples) expect((await expectationsIn('docs', example)).length).toBeGreaterThan(0);
});
