/** Bundles azlb into `dist`, or into the folder of `--outdir=`: no map, minified, and needing no other package. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { minify } from '@swc/core';
import { build, type Plugin } from 'esbuild';
import { licencesFile } from './licences.ts';

const outdir = process.argv.find((word) => word.startsWith('--outdir='))?.slice('--outdir='.length) ?? 'dist';

/** Answers are validated by generated code, which knows a schema by its title. */
const titlesAlone: Plugin = {
  name: 'titles-alone',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[/\\]schemas[/\\]az[/\\][^/\\]*\.schema\.json$/ }, ({ path }) => {
      const { title } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ title }), loader: 'json' };
    }),
};

// Another folder may hold what is not ours.
rmSync(outdir === 'dist' ? outdir : `${outdir}/chunks`, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { azlb: 'lib/main.ts', index: 'lib/index.ts' },
  outdir,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  legalComments: 'none',
  // Some of what is bundled is CommonJS, and requires modules of Node's.
  banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
  // What Node gets by default is CommonJS, of which nothing can be left out.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  plugins: [titlesAlone],
  metafile: true,
  logLevel: 'warning',
});
// Six hundredths less than what esbuild makes alone; nothing here goes by the names of functions.
const options = { module: true, compress: { passes: 3 }, mangle: { toplevel: true }, ecma: 2022 } as const;
for (const file of Object.keys(metafile.outputs)) {
  const { code } = await minify(readFileSync(file, 'utf8'), options);
  writeFileSync(file, code);
}
writeFileSync(`${outdir}/LICENSES.txt`, licencesFile(metafile));
