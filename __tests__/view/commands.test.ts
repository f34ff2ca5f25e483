import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { run } from '../../commands/root.ts';

const replay = ['--replay', 'recorded-outputs/model-lacks-pool'];
const lb =
  '/subscriptions/3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb';
const folder = mkdtempSync(path.join(tmpdir(), 'azlb-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function expectation(count: number): string {
  const file = path.join(folder, `${count}.yaml`);
  writeFileSync(file, `loadBalancer: web-lb\npools:\n  web-pool:\n    members: { scaleSet: web, count: ${count} }\n`);
  return file;
}
const written = { out: '', err: '' };
const { write } = process.stdout;
const { write: writeError } = process.stderr;

/** Takes what is written instead of a stream, and tells that it was. */
const taker =
  (to: 'out' | 'err') =>
  (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    written[to] += String(chunk);
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };

beforeEach(() => {
  Object.assign(written, { out: '', err: '' });
  process.stdout.write = taker('out');
  process.stderr.write = taker('err');
});
afterEach(() => {
  process.stdout.write = write;
  process.stderr.write = writeError;
  process.exitCode = undefined;
});

test.each<readonly [argv: readonly string[], code: number | undefined, out: RegExp, err: RegExp]>([
  [['list'], 0, /^1 load balancer named by id\.\n\nNAME/, /Answered from the recording/],
  [['list', '-o', 'tsv'], 0, /^web-lb\tshop-rg\t/, /./],
  [['list', '-n', 'web-lb', '-g', 'shop-rg', '-o', 'yaml'], 0, /^schemaVersion: 1\n/, /./],
  [['show'], 0, /└─ frontend web-frontend, public web-lb-ip\n/, /./],
  [['show', '-o', 'mermaid'], 0, /^flowchart LR\n/, /./],
  [['show', '-o', 'mermaid', '--query', 'x'], 2, /^$/, /leave it out with -o mermaid/],
  [['show', '--ids', lb, '--query', 'loadBalancers[0].frontends[0].name'], 0, /^"web-frontend"\n$/, /./],
  [['probes', '-o', 'table'], 0, /^LoadBalancer +Name +Protocol/, /./],
  [['members', '--query', 'loadBalancers[].members[].machineName', '-o', 'tsv'], 0, /^web_1\nweb_2\nweb_3\n$/, /./],
  [['members', '-o', 'mermaid'], 2, /^$/, /Invalid values/],
  [['members', '--query', '['], 2, /^$/, /no JMESPath expression/],
  [
    ['members', '--query', 'nothing[*].nope(@)'],
    2,
    /^$/,
    /no JMESPath expression that can be applied: Unknown function: nope/,
  ],
  [['members', '-n', 'other'], 4, /^$/, /has no answer/],
  [['members', '--expect', expectation(3)], 0, /web_3/, /./],
  [['members', '--expect', expectation(5)], 1, /high risk {2}.*\b5\b/, /./],
  [['members', '--expect', path.join(folder, 'none.yaml')], 2, /^$/, /none\.yaml/],
  [['find', 'web/2'], 5, /✓ in web-pool of web-lb through web-nic\/ipconfig1 10\.20\.0\.5: up/, /./],
  [['find', 'web-nic'], 2, /^ {2}web_1 +scale-set instance +\/subscriptions/, /is the name of 3 things/],
  [['find', 'web-lb', '--port', '8080'], 1, /No rule listens on port 8080/, /./],
  [['find', 'nothing'], 5, /The recording has no lists/, /nothing was not found/],
  [['find'], 2, /^$/, /Not enough|need/i],
  [['find', 'web-2', '--prot', '80'], 2, /^$/, /Did you mean --port\?/],
  [
    ['probes', '--replay', 'recorded-outputs/unhealthy-member-generic-probe'],
    0,
    /^ {4}! Probe web-probe checks port 80, its balancing rules send traffic to 8443\.$/m,
    /./,
  ],
])('azlb %j', async (argv, code, out, err) => {
  await run(argv.includes('--replay') ? argv : [...argv, ...replay]);
  expect(written.out).toMatch(out);
  expect(written.err).toMatch(err);
  expect(process.exitCode).toBe(code);
});
