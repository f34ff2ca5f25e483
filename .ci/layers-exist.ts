/** Every path of layers.json must be there, and every folder of lib in one of its rules: else a rule forbids nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';

type Where = Readonly<Partial<Record<'path' | 'pathNot', string>>>;
interface Rule {
  readonly name: string;
  readonly from: Where;
  readonly to: Where;
}

/** A pattern for each way through its choices: `^lib/(az|view)/` is two, each of which must be of something. */
function choicesOf(pattern: string): readonly string[] {
  const ways = pattern.split(/\|(?![^(]*\))/);
  if (ways.length > 1) return ways.flatMap(choicesOf);
  const [group, inside] = /\(([^()]*)\)/.exec(pattern) ?? [];
  if (group === undefined || inside === undefined) return ways;
  return inside.split('|').flatMap((one) => choicesOf(pattern.replace(group, () => one)));
}

const folders = ['lib', 'commands', 'schemas', '__tests__', '.ci'];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
);
const packages = readdirSync('node_modules').map((name) => `node_modules/${name}/`);
const there = [...files, ...packages, ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

const { forbidden }: { readonly forbidden: readonly Rule[] } = JSON.parse(readFileSync('.ci/layers.json', 'utf8'));
const patterns = forbidden.flatMap(({ name, from, to }) =>
  [from.path, from.pathNot, to.path, to.pathNot].flatMap((pattern) =>
    (pattern === undefined ? [] : choicesOf(pattern)).map((choice) => ({ name, choice })),
  ),
);
const gone = patterns.filter(({ choice }) => !there.some((path) => new RegExp(choice).test(path)));
for (const { name, choice } of gone) console.error(`.ci/layers.json, ${name}: nothing is called ${choice}`);

// A rule about all of lib says nothing of one folder.
const froms = forbidden.flatMap(({ from }) => (from.path === undefined ? [] : [new RegExp(from.path)]));
const ruled = froms.filter((from) => !from.test('lib/any/file.ts'));
const rooms = new Set(files.flatMap((path) => /^lib\/[^/]+\/(?=.*\.ts$)/.exec(path)?.[0] ?? []));
const free = [...rooms].filter((room) => !ruled.some((from) => from.test(room)));
for (const room of free) console.error(`.ci/layers.json has no rule for ${room}.`);

if (patterns.length === 0) console.error('.ci/layers.json has no patterns.');
process.exitCode = gone.length + free.length > 0 || patterns.length === 0 ? 1 : 0;
