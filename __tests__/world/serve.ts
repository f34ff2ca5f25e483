import { healthyGlobalWorld, healthyWorld } from './healthy.ts';
import { startStandIn } from './stand-in.ts';
import type { World } from './world.ts';

const worlds: Readonly<Record<string, () => World>> = {
  healthy: () => healthyWorld({ clock: new Date().toISOString() }),
  'scale-set': () => healthyWorld({ membership: 'uniform', clock: new Date().toISOString() }),
  'ip-pool': () => healthyWorld({ membership: 'ip', clock: new Date().toISOString() }),
  internal: () => healthyWorld({ internal: true, clock: new Date().toISOString() }),
  global: () => healthyGlobalWorld({ clock: new Date().toISOString() }),
};

const name = process.argv[2] ?? 'healthy';
const build = worlds[name];
if (build === undefined) {
  console.error(`No world ${name}. There are: ${Object.keys(worlds).join(', ')}`);
  process.exit(2);
}
const standIn = await startStandIn(build());
for (const [key, value] of Object.entries(standIn.environment)) console.log(`export ${key}='${value}'`);
console.log(`export AZURE_CONFIG_DIR="$(mktemp -d)"
az cloud register -n standin --endpoint-resource-manager ${standIn.endpoint} --endpoint-active-directory-graph-resource-id ${standIn.endpoint}
az cloud set -n standin && az login --identity`);
console.error(`The world ${name} is at ${standIn.endpoint}; Ctrl+C ends it.`);
process.on('SIGINT', async () => {
  for (const { method, path, status } of standIn.requests) console.error(`${status} ${method} ${path}`);
  await standIn.close();
});
