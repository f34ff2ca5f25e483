import { expect, test } from '@jest/globals';
import { deallocated, set } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change } from '../world/world.ts';
import { applied } from './apply.ts';
import { tryFixes } from './property.ts';
import { ofLab, ofRules } from './worlds.ts';

/** So many of the lab's worlds at each test; `npm run fixes` tries more and prints the table. */
const LAB_WORLDS = 60;

test('a fix as printed makes its finding go, no verdict worse, and its undo leads back', async () => {
  const tried = [...(await ofRules()), ...(await ofLab(LAB_WORLDS))];
  const wrong = tried.filter(({ result }) => result === 'wrong');
  expect(wrong.map(({ rule, of, because }) => `${rule} in ${of}: ${because}`)).toEqual([]);
  const count = (result: string) => tried.filter((each) => each.result === result).length;
  expect(count('mended')).toBeGreaterThan(120);
  expect(tried.filter(({ undone }) => undone === true).length).toBeGreaterThan(110);
  // What is left out is named, and is not the most.
  expect(count('left out')).toBeLessThan(count('mended') / 4);
}, 120_000);

test('the trial itself fails what does not mend', async () => {
  const world = change(healthyWorld(), deallocated('web-1'));
  const [tried] = await tryFixes('a machine that is off', world, undefined, (rule) => rule === 'member-vm-not-running');
  expect(tried).toMatchObject({ result: 'mended', undone: true });
  expect(() => applied(world, ['az', 'vm', 'start', '--ids', '/subscriptions/s/nothing'])).toThrow('ResourceNotFound');
  expect(() => applied(world, ['az', 'network', 'unheard', 'of'])).toThrow('No such change');
});

test('two security rules of one priority are refused, as Azure does', () => {
  const rule = (name: string) => [
    ...[
      'az',
      'network',
      'nsg',
      'rule',
      'create',
      '--resource-group=shop-rg',
      `--subscription=${healthyWorld().subscription}`,
    ],
    ...[
      '--nsg-name=web-nsg',
      `--name=${name}`,
      '--priority=150',
      '--direction=Inbound',
      '--access=Allow',
      '--protocol=Tcp',
    ],
  ];
  const once = applied(set('web-nsg', 'tags.a', 'b')(healthyWorld()), rule('one'));
  expect(() => applied(once, rule('two'))).toThrow('SecurityRuleConflict');
  expect(() => applied(once, rule('one'))).not.toThrow();
});
