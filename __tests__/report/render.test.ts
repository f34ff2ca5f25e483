import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { diagnosisReport } from '../../lib/report/diagnosis-report.ts';
import { QueryError, query } from '../../lib/report/query.ts';
import { type Format, type Rendering, render } from '../../lib/report/render.ts';
import { rowsOf } from '../../lib/report/rows.ts';
import { tableText } from '../../lib/report/table.ts';
import { tsvText } from '../../lib/report/tsv.ts';
import { healthy, hostile, incident } from './diagnoses.ts';

const plain = { colour: false, width: 100, verbose: false };
const rendered = (value: typeof healthy, rendering: Rendering) => render(diagnosisReport(value, plain), rendering);

describe('what programs read keeps every value', () => {
  test.each([healthy, incident, hostile])('as JSON and as YAML', (diagnosis) => {
    expect(JSON.parse(rendered(diagnosis, { format: 'json' }))).toEqual(diagnosis);
    expect(parse(rendered(diagnosis, { format: 'yaml' }))).toEqual(diagnosis);
  });

  test.each<Format>(['json', 'yaml', 'table', 'tsv'])('and yet nothing in %s acts in a terminal', (format) => {
    expect(rendered(hostile, { format })).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2066]|##vso\[|##\[/,
    );
  });
});

describe('formats', () => {
  test.each<readonly [string, Rendering, string | RegExp]>([
    ['text when nothing is said', {}, /^✗ DOWN/],
    ['JSON with a query', { query: 'verdict' }, '"down"\n'],
    ['JSON null for what is not there', { query: 'nothing.here' }, 'null\n'],
    ['YAML of a query', { query: 'balancingRules[].name', format: 'yaml' }, '- http\n'],
    ['TSV of a query', { query: 'members[].[name, ip]', format: 'tsv' }, 'web-vm-1\t10.0.0.4\nweb-vm-2\t10.0.0.4\n'],
    ['table of a query', { query: 'members[].{Name: name}', format: 'table' }, 'Name\n--------\nweb-vm-1\nweb-vm-2\n'],
    [
      'TSV: a line a finding',
      { format: 'tsv' },
      /^web-lb\tdown\tsymptom\thigh\ttcp-probe-timeout\thttp\tThe probe.*\n(web-lb.*\n){2}$/,
    ],
    ['table: a head, and findings', { format: 'table' }, /^LoadBalancer {2}Verdict {2}Role .*\n-+ .*\nweb-lb/],
  ])('%s', (_, rendering, wanted) => {
    if (typeof wanted === 'string') expect(rendered(incident, rendering)).toBe(wanted);
    else expect(rendered(incident, rendering)).toMatch(wanted);
  });

  test.each([
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'loadBalancer.__proto__',
    'causes[].constructor',
    '{a: verdict}.__proto__',
    '{a: verdict}."__proto__"',
    '{a: verdict}."\\u005f_proto__"',
    '{a: verdict}.constructor',
    '{a: verdict}.constructor && verdict',
    '{"__proto__": loadBalancer}.name',
    'merge({a: verdict}, {b: verdict}).toString',
    '`{}`.__proto__',
  ])('a query reads nothing inherited: %s', (expression) => expect(query(incident, expression) ?? []).toEqual([]));

  test('a query reads what is called like something inherited', () => {
    const tagged = JSON.parse('{ "tags": { "__proto__": "x", "constructor": "y", "hasOwnProperty": "z" } }');
    expect(query(tagged, 'tags.[__proto__, constructor, hasOwnProperty]')).toEqual(['x', 'y', 'z']);
    expect(query(tagged, 'keys(tags)')).toEqual(['__proto__', 'constructor', 'hasOwnProperty']);
    expect(JSON.stringify(query(tagged, 'tags.{constructor: constructor, "__proto__": \'constructor\'}'))).toBe(
      '{"constructor":"y","__proto__":"constructor"}',
    );
  });

  test.each(['note\n\n::error::x', `${'word '.repeat(20)}\n::error::y\n\n::debug::z`, '\n::error::x'])(
    'no line of YAML begins with a command of a build log: %j',
    (said) => {
      const yaml = render({ value: { said, [said]: [said] }, rows: () => [], text: () => '' }, { format: 'yaml' });
      expect(yaml).not.toMatch(/^\s*::/m);
      expect(parse(yaml)).toEqual({ said, [said]: [said] });
    },
  );

  test('a load balancer without findings still has its line', () => {
    expect(rendered(healthy, { format: 'tsv' })).toMatch(/^web-lb\tok\t/);
  });

  test.each(['members[', 'abs(verdict)', 'foo bar'])('a bad query is refused: %s', (expression) => {
    expect(() => query(incident, expression)).toThrow(QueryError);
  });
});

describe('lists', () => {
  test('objects with different fields share the columns', () => {
    expect(rowsOf([{ a: 1 }, { b: true, a: null }])).toEqual({
      head: ['a', 'b'],
      rows: [
        ['1', ''],
        ['', 'true'],
      ],
    });
  });
  test('a table is empty for nothing', () => expect(tableText([])).toBe(''));
  test('wide letters keep columns straight', () => {
    expect(
      tableText([
        { n: '東京', x: 'a' },
        { n: 'abcd', x: 'b' },
      ]),
    ).toBe('n     x\n----  -\n東京  a\nabcd  b\n');
  });
  test.each([
    ['=HYPERLINK("x")', '\'=HYPERLINK("x")'],
    ['@sum', "'@sum"],
    ['-5', '-5'],
    ['-rg', "'-rg"],
    ['a\tb\nc', 'a\\u{9}b\\u{a}c'],
  ])('TSV field %j', (raw, field) => expect(tsvText([raw])).toBe(`${field}\n`));
});
