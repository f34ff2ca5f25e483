import { Ajv, type AnySchema } from 'ajv';
import type { Target } from '../../lib/collect/target.ts';
import type { TextOptions } from '../../lib/report/text-style.ts';
import type { Rule } from '../../lib/rule.ts';
import { type Survey, type SurveyOptions, survey } from '../../lib/view/survey.ts';
import diagnosesSchema from '../../schemas/diagnoses.schema.json' with { type: 'json' };
import diagnosisSchema from '../../schemas/diagnosis.schema.json' with { type: 'json' };
import foundSchema from '../../schemas/found.schema.json' with { type: 'json' };
import listSchema from '../../schemas/load-balancers.schema.json' with { type: 'json' };
import membersSchema from '../../schemas/members.schema.json' with { type: 'json' };
import probesSchema from '../../schemas/probes.schema.json' with { type: 'json' };
import treeSchema from '../../schemas/tree.schema.json' with { type: 'json' };
import { azInMemory } from '../world/az-in-memory.ts';
import type { World } from '../world/world.ts';

export const plain: TextOptions = { colour: false, width: 120, verbose: false };

export const webLb = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
export const everyOne = { kind: 'scope', resourceGroup: undefined, subscription: undefined } as const;

/** What a world's load balancers, the first one unless named, look like to an az that answers from memory. */
export async function looked(
  world: World,
  depth: SurveyOptions['depth'] = 'members',
  target: Target = webLb,
  rules: readonly Rule[] = [],
): Promise<Survey & { readonly asked: readonly string[] }> {
  const az = azInMemory(world);
  const found = await survey(az, target, { recordedAt: world.clock, depth, rules });
  return { ...found, asked: az.calls.map(({ argv }) => argv.join(' ')) };
}

const ajv = new Ajv({ strict: false });
for (const schema of [
  diagnosisSchema,
  diagnosesSchema,
  listSchema,
  treeSchema,
  probesSchema,
  membersSchema,
  foundSchema,
]) {
  ajv.addSchema(schema);
}

/** What is wrong with a value by our own schema of that name; empty where it fits. */
export function misfits(schema: string | AnySchema, value: unknown): readonly string[] {
  const check = typeof schema === 'string' ? ajv.getSchema(`${schema}.schema.json`) : ajv.compile(schema);
  if (check === undefined) throw new Error(`There is no schema ${String(schema)}.`);
  check(JSON.parse(JSON.stringify(value)));
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
