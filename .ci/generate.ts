/**
 * Writes what is told by other files: a type beside each JSON Schema, and the list of rules.
 * `npx tsx .ci/generate.ts` writes, `--check` names what is stale and exits 1.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { keptValuesFile } from './generate-masks.ts';
import { ruleIdsFile, ruleIndexFile } from './generate-rules.ts';
import { typesOfSchema } from './generate-types.ts';
import { validatorsFile } from './generate-validators.ts';

/** Files below a folder, with `/` on every system, sorted. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .sort();

mkdirSync('lib/rules', { recursive: true });
const wanted = new Map<string, string>();
for (const path of filesIn('schemas').filter((file) => file.endsWith('.schema.json'))) {
  wanted.set(path.replace(/\.schema\.json$/, '.generated.ts'), await typesOfSchema(path));
}
const answers = filesIn('schemas/az').filter((file) => file.endsWith('.schema.json'));
const validators = validatorsFile(answers);
wanted.set('lib/masking/kept-values.generated.ts', keptValuesFile(answers));
wanted.set('schemas/az/validators.generated.js', validators.code);
wanted.set('schemas/az/validators.generated.d.ts', validators.types);
// A file directly in lib/rules is shared by rules and is none itself.
const ruleFiles = filesIn('lib/rules').filter((path) => /^lib\/rules\/[^/]+\/[^/]+\.ts$/.test(path));
wanted.set('lib/rules/index.generated.ts', ruleIndexFile(ruleFiles));
wanted.set('lib/rule-ids.generated.ts', ruleIdsFile(ruleFiles));

const stale = [...wanted].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
const orphaned = filesIn('schemas').filter((path) => /\.generated\.(ts|js|d\.ts)$/.test(path) && !wanted.has(path));

if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is stale: npm run generate`);
  for (const path of orphaned) console.error(`${path} has no schema any more: npm run generate`);
  process.exitCode = stale.length + orphaned.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) writeFileSync(path, text);
  for (const path of orphaned) rmSync(path);
  console.error(`${wanted.size} generated files, ${stale.length} changed, ${orphaned.length} removed.`);
}
