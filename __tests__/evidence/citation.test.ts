import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { search } from 'jmespath';
import { JSONPath } from 'jsonpath-plus';
import { citation } from '../../lib/evidence/fact.ts';
import type { Source } from '../../lib/evidence/source.ts';

const command = 'az network x show';

/** The citation of one property of one element of a list, and what both of its expressions select. */
function selected(printed: object, list: string, index: number, key: string) {
  const source: Source = { parent: { answer: { command, printed } }, key: list, index };
  const cited = citation(source, key);
  if (!('path' in cited)) throw new Error('No place was cited.');
  const [byPath = null]: unknown[] = JSONPath({ path: cited.path, json: printed, eval: 'safe', wrap: true });
  return { cited, byPath, byQuery: search(printed, cited.query) as unknown };
}

const odd = [
  'web',
  "it's",
  "two 'quotes'",
  'back\\slash',
  "\\'",
  'tick`s`',
  '"q"',
  '@file',
  '$(id)',
  '東京 🐈',
  'a b',
  '-g',
];

describe('what is cited is selected by its path and by its query', () => {
  test.each(odd)('of an element named %j', (name) => {
    const { cited, byPath, byQuery } = selected(
      {
        rules: [
          { name: 'other', port: 1 },
          { name, port: 2 },
        ],
      },
      'rules',
      1,
      'port',
    );
    expect(cited).toMatchObject({ value: 2 });
    expect([byPath, byQuery]).toEqual([2, 2]);
  });

  test('whatever names and keys there are', () => {
    // jsonpath-plus can't read every odd name; the query must.
    const words = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary' }));
    const distinct = fc.uniqueArray(words, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(distinct, words, fc.nat(), (names, key, at) => {
        fc.pre(key !== 'name' && key !== '' && !(key in {}));
        const items = names.map((name, index) => ({ name, [key]: index }));
        const index = at % items.length;
        const source: Source = { parent: { answer: { command, printed: { [key]: items } } }, key, index };
        const cited = citation(source, key);
        expect('query' in cited && search({ [key]: items }, cited.query)).toBe(index);
      }),
    );
  });

  test('where nothing is there, the query gives null', () => {
    const { cited, byPath, byQuery } = selected({ rules: [{ name: 'web' }] }, 'rules', 0, 'port');
    expect(cited).toMatchObject({ absent: true });
    expect([byPath, byQuery]).toEqual([null, null]);
    expect(selected({}, 'rules', 0, 'port')).toMatchObject({ cited: { absent: true }, byQuery: null });
  });

  test('in the raw shape, in that of an older az, in a list alone and by position', () => {
    const raw = { properties: { rules: [{ name: 'web', properties: { privateIpAddress: '10.0.0.4' } }] } };
    expect(selected(raw, 'rules', 0, 'privateIPAddress')).toMatchObject({ byPath: '10.0.0.4', byQuery: '10.0.0.4' });
    expect(selected([{ name: 'web', port: 2 }], '', 0, 'port')).toMatchObject({ byPath: 2, byQuery: 2 });
    const twins = {
      rules: [
        { name: 'web', port: 1 },
        { name: 'web', port: 2 },
      ],
    };
    expect(selected(twins, 'rules', 1, 'port')).toMatchObject({
      byPath: 2,
      byQuery: 2,
      cited: { query: 'rules[1].port' },
    });
  });

  test('a metric is found by what its name holds', () => {
    const printed = { value: [{}, { name: { value: 'VipAvailability' }, unit: 'Percent' }] };
    expect(selected(printed, 'value', 1, 'unit')).toMatchObject({ byPath: 'Percent', byQuery: 'Percent' });
  });
});

test('an action that is only started names what prints its result', () => {
  const follow = 'az rest --method=get --url=LOCATION';
  expect(citation({ answer: { command, follow, printed: { up: 1 } } }, 'up')).toEqual({
    command,
    follow,
    path: '$.up',
    query: 'up',
    value: 1,
  });
});
