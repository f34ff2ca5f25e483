import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { planScript } from '../../lib/report/plan-script.ts';
import { buildInto } from '../cli/build.ts';
import { node } from '../cli/node.ts';
import { differences } from '../fixes/differences.ts';
import { diagnosed } from '../fixes/property.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { read } from '../world/arm-read.ts';
import { allProbedUp, listenerStopped } from '../world/changes.ts';
import type { Shape } from '../world/healthy.ts';
import { isObject } from '../world/json.ts';
import { asResource, type World } from '../world/world.ts';
import { web } from './planned.ts';
import { pointed, swapped, twoPools } from './swaps.ts';

let az: RealAz;
const folder = mkdtempSync(path.join(tmpdir(), 'azlb-swap-'));
beforeAll(async () => {
  az = await againstStandIn('2.91.0');
}, 120_000);
afterAll(async () => {
  await az.close();
  rmSync(folder, { recursive: true });
});

const bash = (line: string, cwd = folder): Promise<readonly [code: number, out: string]> =>
  new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, ...az.environment } };
    execFile('bash', ['-c', line], options, (error, stdout) =>
      resolve([error === null ? 0 : Number(error.code ?? 1), stdout.trim()]),
    );
  });

/** All that Azure says of everything: az also writes back what Azure only derives, which makes no difference to that. */
function answered(world: World): World {
  const resources = [...world.resources].map(([id, resource]) => {
    const { body } = read(world, resource.id, new URLSearchParams());
    return [id, isObject(body) ? asResource(JSON.parse(JSON.stringify(body))) : resource] as const;
  });
  return { ...world, resources: new Map(resources) };
}

const twoRules: Shape = {
  balancingRules: [
    { name: 'https', frontendPort: 443, backendPort: 8443 },
    { name: 'http.v2', frontendPort: 80, backendPort: 8080 },
  ],
};

test.each<readonly [string, World]>([
  ['by network interface', twoPools()],
  ['by address, internal, with two balancing rules', twoPools({ ...twoRules, membership: 'ip', internal: true })],
  ['with fields that child commands drop', twoPools(twoRules, allProbedUp())],
])(
  'pools %s are swapped by the real az as it is printed, and back',
  async (_, world) => {
    const plan = await swapped(world);
    const before = pointed(world);
    az.serve(world);
    for (const { kind, command, title } of plan.steps.filter(({ argv }) => argv[0] === 'az')) {
      if (kind === 'undo') continue;
      const [code, out] = await bash(command);
      expect([command, code]).toEqual([command, 0]);
      // What is removed by its place is what it is called.
      const called = /^Go on only where this prints (\S+-staging):/.exec(title)?.[1];
      if (called !== undefined) expect(out).toBe(called);
    }
    const after = az.standIn.world;
    expect(pointed(after)).toEqual(Object.fromEntries(Object.keys(before).map((rule) => [rule, 'green'])));
    expect((await diagnosed(after, web)).verdict).toBe((await diagnosed(world, web)).verdict);
    for (const { command } of plan.steps.filter(({ kind }) => kind === 'undo')) {
      expect([command, await bash(command)]).toEqual([command, [0, expect.anything()]]);
    }
    expect(differences(answered(world), answered(az.standIn.world))).toEqual([]);
  },
  300_000,
);

describe('the script of a swap, with azlb itself to check', () => {
  const quick: Shape = { probes: [{ name: 'web-probe', protocol: 'Tcp', port: 8443, interval: 5 }] };
  const bin = path.join(folder, 'bin');
  let own = folder;
  const script = (...args: readonly string[]) =>
    bash(`PATH='${bin}':"$PATH" bash swap.sh --yes ${args.join(' ')} 2>&1`, own);

  beforeAll(() => {
    buildInto(path.join(folder, 'dist'));
    mkdirSync(bin);
    const azlb = path.join(folder, 'dist', 'azlb.js');
    writeFileSync(path.join(bin, 'azlb'), `#!/bin/sh\nexec '${node}' '${azlb}' "$@"\n`, { mode: 0o755 });
  }, 120_000);

  /** Backups and the log are beside the script. */
  async function served(world: World): Promise<void> {
    own = mkdtempSync(path.join(folder, 'run-'));
    writeFileSync(path.join(own, 'swap.sh'), planScript(await swapped(world)));
    az.serve(world);
  }

  test('green does not answer: it stops before anybody is sent there, and takes all of it back', async () => {
    const world = twoPools(quick, listenerStopped('green-1'));
    await served(world);
    const [code, said] = await script();
    expect([code, said]).toEqual([1, expect.stringContaining('STOPPED: check-1 did not succeed')]);
    expect(pointed(az.standIn.world)).toEqual({ https: 'blue', 'https-staging': 'green' });
    expect(await script('--undo')).toEqual([0, expect.anything()]);
    expect(differences(answered(world), answered(az.standIn.world))).toEqual([]);
  }, 300_000);

  test('green answers: it has the traffic, and gives it back', async () => {
    const world = twoPools(quick);
    await served(world);
    expect(await script()).toEqual([0, expect.stringContaining('Done.')]);
    expect(pointed(az.standIn.world)).toEqual({ https: 'green' });
    expect(await script('--undo')).toEqual([0, expect.anything()]);
    expect(differences(answered(world), answered(az.standIn.world))).toEqual([]);
  }, 300_000);
});
