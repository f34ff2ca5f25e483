import { readdirSync } from 'node:fs';
import type { RuleWorlds } from './worlds.ts';

const folder = new URL('.', import.meta.url);

/** The worlds of every rule, from the files beside this one. */
export async function everyRulesWorlds(): Promise<readonly { readonly id: string; readonly worlds: RuleWorlds }[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^[^/\\]+[/\\][^/\\]+\.ts$/.test(path))
    .sort();
  const loaded: { readonly id: string; readonly worlds: RuleWorlds }[] = [];
  // One after another: jest 30 links modules that are imported side by side only once (`… is not in cache`).
  for (const path of files) {
    const module: { readonly default: RuleWorlds } = await import(new URL(path, folder).href);
    loaded.push({ id: path.replace(/^.*[/\\]|\.ts$/g, ''), worlds: module.default });
  }
  return loaded;
}
