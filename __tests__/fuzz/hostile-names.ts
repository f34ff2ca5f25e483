import type { Az } from '../../lib/az/call.ts';

/** What a name in Azure's answers might be made of; no slash, which would make another id. */
export const texts = [
  "'; touch pwned; '",
  '"; touch pwned; "',
  '$(touch pwned)',
  '`touch pwned`',
  '& touch pwned &',
  '| touch pwned',
  '; touch pwned #',
  '\\',
  "\\'",
  '!!',
  'a*?[b]',
  '~root',
  '{a,b}',
  '--debug',
  '-xq',
  '@file',
  'a=@file',
  'a b  c',
  '%PATH%',
  '::error::x',
  '##vso[task.setvariable variable=PATH]x',
  '##[error]x',
  '\n::error::x\n',
  '\u001b]52;c;eA==\u0007',
  '\u202eevil',
  'a\u00adb\u034f\u3164\ufe0f',
  '\u{e0041}',
  '<script>alert(1)<script>',
  '=HYPERLINK(1)',
  '__proto__',
  'constructor',
  'toString',
] as const;

/** An az in whose answers one name is another, and which is asked by that. */
export function calling(az: Az, name: string, text: string): Az {
  const written = JSON.stringify(text).slice(1, -1);
  return {
    async run(argv, options) {
      const call = await az.run(
        argv.map((word) => word.replaceAll(text, name)),
        options,
      );
      return { ...call, argv, stdout: call.stdout.replaceAll(name, written) };
    },
  };
}
