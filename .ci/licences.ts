import { readdirSync, readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** The texts of whatever is bundled, which their licences ask to keep with every copy. */
export function licencesFile({ outputs }: Metafile): string {
  const used = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
  const folders = new Set([...used].flatMap(packageOf));
  // A package may lie there more than once.
  const texts = new Set([...folders].map(licenceOf));
  return `azlb contains these packages.\n\n${[...texts].sort().join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function packageOf(path: string): readonly string[] {
  const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
  return folder === undefined ? [] : [folder];
}

function licenceOf(folder: string): string {
  const { name, version, license }: Manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  if (files.length === 0) throw new Error(`${name} is bundled, and has no licence to ship.`);
  const texts = files.sort().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
  return `${name} ${version} (${license ?? 'see below'})\n\n${texts.join('\n\n')}\n`;
}
