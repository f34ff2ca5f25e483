import { expect, test } from '@jest/globals';
import { quoted } from '../../lib/words/quoted.ts';

test.each([
  ['C:\\rec\\one.json', '"C:\\rec\\one.json"'],
  ['\\\\server\\share', '"\\\\server\\share"'],
  ['two\nlines', '"two\\nlines"'],
  ['say "hi"', '"say \\"hi\\""'],
  ['größe', '"größe"'],
])('%j', (text, shown) => {
  expect(quoted(text)).toBe(shown);
});

test('what is too long is cut', () => {
  expect(quoted('abcdef', 3)).toBe('"abc…"');
});
