import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exitOf } from '../../commands/support/exit.ts';
import { absentNote, expectedBy } from '../../commands/support/expectations.ts';
import { refuseExisting, writeExpectation } from '../../commands/support/write-expectation.ts';
import type { Target } from '../../lib/collect/target.ts';
import { expectationsIn } from '../../lib/expect/read.ts';
import { examine } from '../../lib/triage/triage.ts';
import { triageMany } from '../../lib/triage/triage-many.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { healthyWorld } from '../world/healthy.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'azlb-expect-'));
const before = process.cwd();
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

const told: string[] = [];
jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
  told.push(String(text));
  return true;
});

let count = 0;
beforeEach(() => {
  told.length = 0;
  count += 1;
  const own = path.join(folder, String(count));
  mkdirSync(own);
  process.chdir(own);
});

const web: Target = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined };
const byId: Target = {
  kind: 'id',
  id: '/subscriptions/s/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb',
};
const scope: Target = { kind: 'scope', resourceGroup: 'shop-rg', subscription: undefined };

const found = async (options: Parameters<typeof expectedBy>[0], target: Target = web) =>
  (await expectedBy(options)).of(target).map(({ loadBalancer }) => loadBalancer);
const failure = async (promise: Promise<unknown>) => exitOf(await promise.catch((error: unknown) => error), false);

describe('without --expect', () => {
  test('azlb.yaml of the folder is found, and said so', async () => {
    writeFileSync('azlb.yaml', 'loadBalancer: web-lb');
    expect(await found({})).toEqual(['web-lb']);
    expect(told.join('')).toMatch(/azlb: compared with azlb\.yaml of this folder/);
    told.length = 0;
    // A pull request could silence a finding with it, and CI asks for errors alone.
    expect(await found({ onlyShowErrors: true }, byId)).toEqual(['web-lb']);
    expect(told.join('')).toMatch(/azlb: compared with azlb\.yaml of this folder/);
  });

  test('it is left aside, and said so, when it speaks of others or names are masked', async () => {
    writeFileSync('azlb.yaml', 'loadBalancer: api-lb');
    expect(await found({})).toEqual([]);
    expect(told.join('')).toContain('azlb.yaml says nothing of web-lb; it speaks of api-lb.');
    expect(await found({ mask: true })).toEqual([]);
    expect(told.join('')).toContain('--mask');
  });

  test('no file, a folder of that name, or none wanted: nothing is compared', async () => {
    expect(await found({})).toEqual([]);
    mkdirSync('azlb.yaml');
    expect(await found({})).toEqual([]);
    rmSync('azlb.yaml', { recursive: true });
    writeFileSync('azlb.yaml', 'loadBalancer: web-lb');
    expect(await found({ expect: 'none' })).toEqual([]);
    expect(told).toEqual([]);
  });

  test('a bad one is refused, with the way around it', async () => {
    writeFileSync('azlb.yaml', 'onwer: x');
    const { code, message } = await failure(expectedBy({}));
    expect(code).toBe(2);
    expect(message).toContain('azlb.yaml:1:1: unknown key "onwer". Did you mean owner?');
    expect(message).toContain('--expect none');
  });
});

describe('with --expect', () => {
  const refused: readonly (readonly [
    what: string,
    content: string | Buffer | undefined,
    target: Target,
    message: string,
  ])[] = [
    ['a file that is not there', undefined, web, "own.yaml can't be read: ENOENT"],
    ['a wrong type', 'pools: 3', web, 'own.yaml:1:8: pools: expected backend pools by name'],
    [
      'a file that is too large',
      `# ${'x'.repeat(300_000)}`,
      web,
      'own.yaml has 300002 bytes; an expectation file has 262144 at the most.',
    ],
    ['a file that is no text', Buffer.from([0xff, 0xfe, 0x00]), web, 'own.yaml is not written in UTF-8.'],
    ['a file about others', 'loadBalancer: api-lb', web, 'own.yaml says nothing of web-lb; it speaks of api-lb.'],
    ['a file about another group', 'loadBalancer: web-lb\nresourceGroup: x', byId, 'own.yaml says nothing of web-lb'],
    [
      'no name, and several load balancers',
      'owner: x',
      scope,
      'own.yaml does not say of which load balancer it speaks',
    ],
  ];
  test.each(refused)('%s ends with 2', async (_, content, target, message) => {
    if (content !== undefined) writeFileSync('own.yaml', content);
    const ended = await failure(found({ expect: 'own.yaml' }, target));
    expect(ended.code).toBe(2);
    expect(ended.message).toContain(message);
  });

  test('a folder, and names that are masked, end with 2', async () => {
    mkdirSync('own.yaml');
    expect((await failure(found({ expect: 'own.yaml' }))).code).toBe(2);
    expect((await failure(found({ expect: 'x', mask: true }))).message).toContain('--mask changes the names');
  });

  test.each<[string, BufferEncoding]>([
    ['with a byte order mark', 'utf8'],
    ['as `>` of Windows PowerShell writes it', 'utf16le'],
  ])('a file is read %s', async (_, encoding) => {
    writeFileSync('own.yaml', Buffer.from('\ufeffloadBalancer: web-lb\r\nowner: Größe\r\n', encoding));
    expect(await found({ expect: 'own.yaml' })).toEqual(['web-lb']);
  });

  test.each([
    ['by name', web, ['web-lb']],
    ['by id', byId, ['web-lb']],
    ['where az knows the group', { ...web, resourceGroup: undefined } as const, ['web-lb']],
    ['all of a group', scope, ['web-lb', 'api-lb']],
  ])('what it says is found %s', async (_, target, names) => {
    writeFileSync(
      'own.yaml',
      'loadBalancers:\n  - { loadBalancer: web-lb, resourceGroup: shop-rg }\n  - { loadBalancer: api-lb }',
    );
    expect(await found({ expect: 'own.yaml' }, target)).toEqual(names);
    expect(told).toEqual([]);
  });
});

test('a load balancer of the file that is not among several is named', async () => {
  const two = await expectationsIn('own.yaml', 'loadBalancers:\n  - loadBalancer: web-lb\n  - loadBalancer: api-lb');
  const several = await triageMany(azInMemory(healthyWorld()), scope, { recordedAt: '2026-07-01T09:30:00.000Z' });
  expect(absentNote(two, several)).toBe('own.yaml speaks of api-lb: not among these load balancers.');
  expect(absentNote(two.slice(0, 1), several)).toBeUndefined();
});

describe('a file is written from what is there', () => {
  const topology = async () => {
    const world = healthyWorld();
    return (await examine(azInMemory(world), web, { recordedAt: world.clock })).topology;
  };

  test('that can be compared with at once', async () => {
    await refuseExisting('own.yaml');
    await writeExpectation('own.yaml', await topology());
    expect(told.join('')).toContain('azlb triage --expect own.yaml');
    expect(await found({ expect: 'own.yaml' })).toEqual(['web-lb']);
  });

  test('and never over another one, which somebody may have edited', async () => {
    writeFileSync('own.yaml', 'mine');
    expect((await failure(refuseExisting('own.yaml'))).code).toBe(2);
    expect((await failure(writeExpectation('own.yaml', await topology()))).code).toBe(4);
    expect(readFileSync('own.yaml', 'utf8')).toBe('mine');
  });

  test('and where it cannot be written, that is said', async () => {
    const { code, message } = await failure(writeExpectation('no/such/own.yaml', await topology()));
    expect({ code, message }).toMatchObject({
      code: 4,
      message: expect.stringContaining('could not be written: ENOENT'),
    });
  });
});
