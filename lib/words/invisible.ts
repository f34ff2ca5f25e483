/**
 * Characters that act in a terminal, turn text around, or can't be seen, by Unicode's own properties: controls, formats
 * (bidi, zero width, soft hyphen, tags), lone surrogates, private use, separators, blanks but the space, and what Unicode
 * says to draw as nothing (fillers, variation selectors).
 */
const source = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]|(?! )\\p{Zs}';

export const invisible = new RegExp(source, 'u');
export const everyInvisible = new RegExp(source, 'gu');
