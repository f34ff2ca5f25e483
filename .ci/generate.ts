/**
 * Writes what is told by other files: a type beside each JSON Schema, validators, and the list of rules.
 * `npx tsx .ci/generate.ts` writes them; `--not-in-git` only those that git does not keep, and so does `--check`, which
 * names what else is stale and exits 1.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { keptValuesFile } from './generate-masks.ts';
import { expectationIndexFile, ruleIdsFile, ruleIndexFile } from './generate-rules.ts';
import { typesOfSchema } from './generate-types.ts';
import { definitionsFile, validatorsFile } from './generate-validators.ts';

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
const expectation = definitionsFile('schemas/expectation.schema.json', ['statedLoadBalancers', 'statedLoadBalancer']);
wanted.set('schemas/expectation-validators.generated.js', expectation.code);
wanted.set('schemas/expectation-validators.generated.d.ts', expectation.types);
const recording = definitionsFile('schemas/recording.schema.json', ['caseFile', 'callFile', 'recordedCalls']);
wanted.set('schemas/recording-validators.generated.js', recording.code);
wanted.set('schemas/recording-validators.generated.d.ts', recording.types);
// A file directly in lib/rules is shared by rules and is none itself.
const ruleFiles = filesIn('lib/rules').filter((path) => /^lib\/rules\/[^/]+\/[^/]+\.ts$/.test(path));
const expectationFiles = filesIn('lib/expect/rules').filter((path) => !path.endsWith('.generated.ts'));
wanted.set('lib/rules/index.generated.ts', ruleIndexFile(ruleFiles));
wanted.set('lib/expect/rules/index.generated.ts', expectationIndexFile(expectationFiles));
wanted.set('lib/rule-ids.generated.ts', ruleIdsFile(ruleFiles, expectationFiles));

const stale = [...wanted].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
const orphaned = filesIn('schemas').filter((path) => /\.generated\.(ts|js|d\.ts)$/.test(path) && !wanted.has(path));

/** Those that are not in git can't be stale there: a clone lacks them until they are made. */
const isInGit = (path: string) => !/validators\.generated\./.test(path);
const kept = [...stale.map(([path]) => path).filter(isInGit), ...orphaned];

const isCheck = process.argv.includes('--check');
const isPart = isCheck || process.argv.includes('--not-in-git');
for (const [path, text] of stale) if (!isPart || !isInGit(path)) writeFileSync(path, text);
if (isCheck) {
  for (const path of kept) console.error(`${path} is not what generate makes: npm run generate`);
  process.exitCode = kept.length > 0 ? 1 : 0;
} else if (!isPart) {
  for (const path of orphaned) rmSync(path);
  console.error(`${wanted.size} generated files, ${stale.length} changed, ${orphaned.length} removed.`);
}
