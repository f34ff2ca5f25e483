import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Loader } from 'esbuild';

/** The test files that judge the mutated folders, from `__tests__`. */
export const testFiles = [
  'network/network.test.ts',
  'cli/exit-code.test.ts',
  'cli/target.test.ts',
  'rules/rules.test.ts',
  'diagnosis/diagnosis.test.ts',
  'diagnosis/many.test.ts',
  'diagnosis/evidence.test.ts',
  'diagnosis/owners-fix.test.ts',
  'diagnosis/passive.test.ts',
  'diagnosis/together.test.ts',
  'truth/addresses.test.ts',
  'truth/health.test.ts',
  'truth/kinds.test.ts',
  'truth/load-balancer.test.ts',
  'field/field.test.ts',
  'view/views.test.ts',
] as const;

/** What each file imports, directly. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Writes one module that holds the instrumented product and its tests, so that a fresh copy is one import. */
export async function bundle(root: string, code: ReadonlyMap<string, string>, outfile: string): Promise<Imports> {
  const globals = path.join(root, '__tests__/mutation/jest-globals.ts');
  const entry = [
    ...testFiles.map((file) => `import './${file}';`),
    "export { tests } from './mutation/jest-globals.ts';",
  ].join('\n');
  const { metafile } = await build({
    stdin: { contents: entry, resolveDir: path.join(root, '__tests__'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    absWorkingDir: root,
    metafile: true,
    outfile,
    logLevel: 'warning',
    plugins: [
      {
        name: 'mutants',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^@jest\/globals$/ }, () => ({ path: globals }));
          onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
            const name = path.relative(root, file).replaceAll('\\', '/');
            const loader: Loader = 'ts';
            if (name === '__tests__/rules/load.ts') return { contents: worldsLoaded(root), loader };
            const contents = code.get(name) ?? (await readFile(file, 'utf8'));
            if (!name.endsWith('.test.ts')) return { contents, loader };
            const from = `import { from as testsFrom } from '@jest/globals';\ntestsFrom('${name}');\n`;
            return { contents: from + contents, loader };
          });
        },
      },
    ],
  });
  return new Map(Object.entries(metafile.inputs).map(([file, { imports }]) => [file, imports.map((one) => one.path)]));
}

/** The worlds by static imports: a folder can't be read from inside a bundle. */
function worldsLoaded(root: string): string {
  const files = readdirSync(path.join(root, '__tests__/rules'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /^[^/]+\/[^/]+\.ts$/.test(file))
    .sort();
  const rows = files.map((file, at) => `{ id: '${path.basename(file, '.ts')}', worlds: worlds${at} }`);
  return [
    ...files.map((file, at) => `import worlds${at} from './${file}';`),
    `export const everyRulesWorlds = async () => [${rows.join(', ')}];`,
  ].join('\n');
}
