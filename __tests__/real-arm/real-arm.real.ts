import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Az } from '../../lib/az/call.ts';
import { liveAz } from '../../lib/az/live.ts';
import { thisMachine } from '../../lib/az/machine.ts';
import { triage } from '../../lib/triage/triage.ts';
import { triageMany } from '../../lib/triage/triage-many.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { buildInto } from '../cli/build.ts';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { isThere, realArm } from './world.ts';

/** Half an hour: az is started some two hundred times. */
const LONG = 1_800_000;

if (isThere()) {
  let az: RealAz;
  let built: string;
  beforeAll(async () => {
    az = await againstStandIn('2.91.0');
    built = mkdtempSync(join(tmpdir(), 'azlb-real-arm-'));
    buildInto(built);
  }, 240_000);
  afterAll(async () => {
    await az.close();
    rmSync(built, { recursive: true });
  });

  const { world, loadBalancers } = realArm('denied');

  test.each(['lb', 'nic', 'nsg', 'vnet', 'public-ip'])(
    'the in-memory az prints what az network %s list does',
    async (kind) => {
      const all = realArm('gone').world;
      az.serve(all);
      const argv = ['network', kind, 'list'];
      const [real, inMemory] = [await az.run(argv), await azInMemory(all).run(argv)];
      expect(real).toMatchObject({ exitCode: 0 });
      expect(byId(inMemory.stdout)).toEqual(byId(real.stdout));
      expect(byId(real.stdout).length).toBeGreaterThan(0);
    },
    60_000,
  );

  test(
    'all at once, as it is typed: azlb triage --limit all',
    async () => {
      az.serve(world);
      const { exitCode, stdout, stderr } = await typed(['triage', '--limit', 'all', '-o', 'json']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      const printed: Diagnoses = JSON.parse(stdout);
      const target = { kind: 'scope', resourceGroup: undefined, subscription: undefined, limit: 'all' } as const;
      expect(summary(printed)).toEqual(
        summary(await triageMany(azInMemory(world), target, { recordedAt: printed.collectedAt })),
      );
    },
    LONG,
  );

  const sample = [/refresher/, /InternetFacing/, /canCRUDProbe/, /WithOutboundRules/, /GlobalTier/].flatMap((wanted) =>
    loadBalancers.filter(({ file }) => wanted.test(file)).slice(0, 1),
  );
  test.each(sample.map(({ file, id }) => [file, id] as const))(
    'one alone: %s',
    async (_, id) => {
      az.serve(world);
      const options = { recordedAt: world.clock };
      const real = await triage(live(), { kind: 'id', id }, options);
      expect(told(real)).toEqual(told(await triage(azInMemory(world), { kind: 'id', id }, options)));
    },
    LONG,
  );

  /** As many az at once as the command would start. */
  const live = (): Az => liveAz({ machine: { ...thisMachine(), env: az.environment } });

  function typed(argv: readonly string[]): Promise<{ exitCode: unknown; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const options = { env: az.environment, maxBuffer: 256 * 1024 * 1024 };
      execFile(process.execPath, [join(built, 'azlb.js'), ...argv], options, (error, stdout, stderr) =>
        resolve({ exitCode: error === null ? 0 : error.code, stdout, stderr }),
      );
    });
  }
} else {
  test('the folder of bodies from real Azure is absent here: none was tried', () => {
    expect(isThere()).toBe(false);
  });
}

/** What is said of it, in whatever order and with whatever batches az was asked. */
const told = ({ loadBalancer, verdict, causes, findings, notEvaluated }: Diagnosis) => ({
  id: loadBalancer.id,
  verdict,
  causes,
  findings: findings.map(({ key, message }) => `${key}: ${message}`),
  notEvaluated: notEvaluated.map(({ rule, on }) => `${rule} ${on}`).sort(),
});

const summary = ({ loadBalancers, notAsked }: Diagnoses) => ({
  loadBalancers: loadBalancers.map(told).sort((one, other) => one.id.localeCompare(other.id)),
  notAsked: notAsked.length,
});

function byId(stdout: string): readonly { readonly id: string }[] {
  const printed: readonly { readonly id: string }[] = JSON.parse(stdout);
  return [...printed].sort((one, other) => one.id.localeCompare(other.id));
}
