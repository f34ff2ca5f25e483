import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { misfit } from '../../lib/evidence/validate.ts';
import { triageMany } from '../../lib/triage/triage-many.ts';
import healthSchema from '../../schemas/az/health.schema.json' with { type: 'json' };
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import diagnosesSchema from '../../schemas/diagnoses.schema.json' with { type: 'json' };
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import diagnosisSchema from '../../schemas/diagnosis.schema.json' with { type: 'json' };
import { azInMemory } from '../world/az-in-memory.ts';
import { itemsAt } from '../world/json.ts';
import { type Diagnosed, diagnosed } from './diagnosed.ts';
import { isThere, jsonIn, poolsOf, realArm } from './world.ts';

const ajv = new Ajv({ schemas: [diagnosisSchema, diagnosesSchema] });

if (isThere()) {
  const variants = [
    ['as gaps', await diagnosed('denied')],
    ['as gone', await diagnosed('gone')],
  ] as const satisfies readonly (readonly [string, readonly Diagnosed[]])[];

  test('every load balancer of the folder is there, with every file that has one', () => {
    const { loadBalancers, files } = realArm('denied');
    const without = files.filter(
      (file) => !file.includes('/') && loadBalancers.every((recorded) => recorded.file !== file),
    );
    expect(without).toEqual([]);
    expect(new Set(loadBalancers.map(({ id }) => id.toLowerCase())).size).toBe(loadBalancers.length);
    expect(loadBalancers.length).toBeGreaterThan(40);
  });

  describe.each(variants)('what nobody recorded, %s', (_, all) => {
    test.each(all.map((each) => [each.file, each.diagnosis.loadBalancer.id, each.diagnosis] as const))(
      '%s: %s',
      (__, id, diagnosis) => {
        expect(unreadable(diagnosis)).toEqual([]);
        expect(misfits(diagnosis)).toEqual([]);
        expect(withoutEvidence(diagnosis)).toEqual([]);
        expect(diagnosis.loadBalancer.id).toBe(id);
      },
    );
  });

  describe('what nobody recorded is a gap', () => {
    const [, all] = variants[0];

    test('nothing is called gone, and no load balancer with members ok', () => {
      const rules = new Set(all.flatMap(({ diagnosis }) => diagnosis.findings.map(({ rule }) => rule)));
      expect([...rules].filter((rule) => rule.startsWith('ghost-'))).toEqual([]);
      const fine = all.filter(({ diagnosis }) => diagnosis.verdict === 'ok' && diagnosis.members.length > 0);
      expect(fine.map(({ id }) => id)).toEqual([]);
    });

    test('pools are empty where the recorded body lists nobody, and nowhere else', () => {
      const { world, loadBalancers } = realArm('denied');
      const listed = loadBalancers.flatMap(({ id }) =>
        poolsOf(world, id).flatMap((pool) => (pool.members === 0 && pool.isServing ? [pool.id.toLowerCase()] : [])),
      );
      const found = all.flatMap(({ diagnosis }) =>
        diagnosis.findings.filter(({ rule }) => rule === 'pool-empty-serving').map(({ on }) => on.toLowerCase()),
      );
      expect(found.sort()).toEqual(listed.sort());
    });
  });

  test.each(['denied', 'gone'] as const)('all at once, the rest being %s: as each alone', async (unrecorded) => {
    const { world, loadBalancers } = realArm(unrecorded);
    const target = { kind: 'scope', resourceGroup: undefined, subscription: undefined, limit: 'all' } as const;
    const together = await triageMany(azInMemory(world), target, { recordedAt: world.clock });
    expect(misfits(together)).toEqual([]);
    expect(together.notAsked).toEqual([]);
    expect(together.loadBalancers.length).toBe(loadBalancers.length);
    const alone = variants[unrecorded === 'denied' ? 0 : 1][1];
    const causes = ({ loadBalancer, verdict, causes: keys }: Diagnosis) =>
      `${loadBalancer.id} ${verdict} ${keys.join()}`;
    expect(together.loadBalancers.map(causes).sort()).toEqual(alone.map(({ diagnosis }) => causes(diagnosis)).sort());
  });

  test("the API's example of a health answer can be read", () => {
    const health = jsonIn('spec/LoadBalancerHealth__2024-05-01.json');
    expect(misfit(healthSchema, health)).toBe('');
    expect(itemsAt(health, 'loadBalancerBackendAddresses').length).toBe(1);
  });
} else {
  test('the folder of bodies from real Azure is absent here: none was tried', () => {
    expect(isThere()).toBe(false);
  });
}

/** What az printed and the schemas don't take; a refusal is none of these. */
function unreadable({ notEvaluated }: Diagnosis): readonly string[] {
  return notEvaluated
    .map(({ because }) => because)
    .filter((because) => /does not fit|printed nothing|instead/.test(because));
}

function misfits(answer: Diagnosis | Diagnoses): unknown {
  const schema = 'loadBalancers' in answer ? 'diagnoses.schema.json' : 'diagnosis.schema.json';
  return ajv.validate(schema, answer) ? [] : ajv.errors;
}

const withoutEvidence = ({ findings }: Diagnosis): readonly string[] =>
  findings.filter(({ evidence }) => evidence.length === 0).map(({ key }) => key);
