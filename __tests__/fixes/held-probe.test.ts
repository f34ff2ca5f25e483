import { describe, expect, test } from '@jest/globals';
import { probe, set } from '../world/changes.ts';
import { healthyWorld, loadBalancerOf, type Shape } from '../world/healthy.ts';
import { change, type World } from '../world/world.ts';
import { diagnosed } from './property.ts';

const target = { name: 'web-lb', group: 'shop-rg' };
const model = 'virtualMachineProfile.networkProfile.healthProbe';

/** A probe that must be changed, and the scale set that judges its instances by one. */
const world = (membership: NonNullable<Shape['membership']>, judgedBy: string): World =>
  change(healthyWorld({ membership, members: 2 }), probe({ port: 25 }), (made) =>
    set('web', `properties.${model}`, { id: `${loadBalancerOf(made).id}/probes/${judgedBy}` })(made),
  );

/** The fix as its commands, each with what follows the options that name the resource. */
async function fixOf(made: World): Promise<readonly string[]> {
  const { findings } = await diagnosed(made, target);
  const finding = findings.find(({ rule }) => rule === 'http-probe-on-blocked-port');
  return (finding?.fix?.steps ?? []).map(({ kind, argv }) =>
    [
      kind,
      ...argv
        .filter((word) => !/^--(resource-group|subscription|lb-name|name)=/.test(word))
        .map((word) => word.replace(/\/subscriptions\/.*\/(?=[^/]+$)/, '…/')),
    ].join(' '),
  );
}

const backups = [
  'backup az rest --method=get --url=…/web-lb?api-version=2025-07-01 --output-file=web-lb-20260701T0930Z.json',
  'backup az rest --method=get --url=…/web?api-version=2024-07-01 --output-file=web-20260701T0930Z.json',
];
const there = 'az network lb probe update --protocol=Tcp --set requestPath=null';
const back = 'az network lb probe update --protocol=Http --path=/healthz';
const letGo = `az vmss update --remove ${model}`;
const again = `az vmss update --set ${model}={"id":"…/web-probe"}`;
const brought = 'az vmss update-instances --instance-ids 1 2';

describe('a probe by which a scale set judges its instances is changed while the set lets go of it', () => {
  test('and so is the way back, the instances brought to the model each time', async () => {
    expect((await fixOf(world('uniform', 'web-probe'))).filter((line) => !line.startsWith('look'))).toEqual([
      ...backups,
      ...[letGo, brought, there, again, brought].map((line) => `change ${line}`),
      'check azlb triage',
      ...[letGo, brought, back, again, brought].map((line) => `undo ${line}`),
    ]);
  });

  test("a Flexible set's instances are ordinary machines", async () => {
    expect((await fixOf(world('flexible', 'web-probe'))).filter((line) => !line.startsWith('look'))).toEqual([
      ...backups,
      ...[letGo, there, again].map((line) => `change ${line}`),
      'check azlb triage',
      ...[letGo, back, again].map((line) => `undo ${line}`),
    ]);
  });

  test('a set that judges by another is left alone', async () => {
    expect((await fixOf(world('uniform', 'other'))).filter((line) => !line.startsWith('look'))).toEqual([
      backups[0],
      `change ${there}`,
      'check azlb triage',
      `undo ${back}`,
    ]);
  });
});
