import { describe, expect, test } from '@jest/globals';
import { type TargetOptions, targetOf } from '../../commands/support/target.ts';
import { UsageError } from '../../commands/support/usage-error.ts';
import type { Target } from '../../lib/collect/target.ts';

const id =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb';
const other = id.replace('web-lb', 'api-lb');
const named = (name: string, resourceGroup?: string, subscription?: string): Target => ({
  kind: 'named',
  name,
  resourceGroup,
  subscription,
});

describe('options name a target', () => {
  test.each<readonly [string, TargetOptions, Target]>([
    ['group and name', { resourceGroup: 'shop-rg', name: 'web-lb' }, named('web-lb', 'shop-rg')],
    ['a name alone: az knows a default group', { name: 'web-lb' }, named('web-lb')],
    [
      'with a subscription',
      { name: 'web-lb', subscription: 'My Sub (prod)' },
      named('web-lb', undefined, 'My Sub (prod)'),
    ],
    ['a group', { resourceGroup: 'shop-rg' }, { kind: 'scope', resourceGroup: 'shop-rg', subscription: undefined }],
    ['nothing', {}, { kind: 'scope', resourceGroup: undefined, subscription: undefined }],
    ['one id', { ids: [id] }, { kind: 'id', id }],
    ['an id in other letters', { ids: [id.toUpperCase()] }, { kind: 'id', id: id.toUpperCase() }],
    ['the same id twice', { ids: [id, id] }, { kind: 'id', id }],
    [
      'nothing but a limit',
      { limit: '0' },
      { kind: 'scope', resourceGroup: undefined, subscription: undefined, limit: 0 },
    ],
    [
      'several ids without a limit',
      { ids: [id, other], limit: 'all' },
      { kind: 'ids', ids: [id, other], limit: 'all' },
    ],
    ['several ids', { ids: [id, other] }, { kind: 'ids', ids: [id, other] }],
    [
      'a portal address',
      { ids: [`https://portal.azure.com/#@contoso.com/resource${id}/overview`] },
      { kind: 'id', id },
    ],
    [
      'an encoded portal address',
      { ids: [`https://portal.azure.com/#view/x/id/${encodeURIComponent(id)}/y~/z`] },
      { kind: 'id', id },
    ],
    ['a group with everything allowed', { resourceGroup: '-Ünï_(1).x', name: 'a' }, named('a', '-Ünï_(1).x')],
    [
      'the longest names',
      { resourceGroup: 'g'.repeat(90), name: 'n'.repeat(80) },
      named('n'.repeat(80), 'g'.repeat(90)),
    ],
    ['an underscore at the end', { name: 'web_' }, named('web_')],
  ])('%s', (_, options, target) => expect(targetOf(options)).toEqual(target));
});

describe('what Azure would not take never reaches az', () => {
  test.each<readonly [string, TargetOptions, string]>([
    ['a file as name', { name: '@/etc/hostname' }, 'must not begin with @'],
    ['a file as group', { resourceGroup: '@g' }, 'must not begin with @'],
    ['a file as subscription', { name: 'a', subscription: '@-' }, 'must not begin with @'],
    ['a file as id', { ids: ['@ids.txt'] }, 'must not begin with @'],
    ['an option as name', { name: '--debug' }, 'letters, digits'],
    ['a name too long', { name: 'n'.repeat(81) }, '1 to 80'],
    ['a name ending with a dash', { name: 'web-' }, 'not ending'],
    ['a name with a slash', { name: 'a/b' }, 'letters, digits'],
    ['a name with a line end', { name: 'web-lb\n' }, 'letters, digits'],
    ['an id as name', { name: id }, '--ids'],
    ['a group too long', { resourceGroup: 'g'.repeat(91) }, '1 to 90'],
    ['a group ending with a period', { resourceGroup: 'g.' }, 'period'],
    ['a group with a quote', { resourceGroup: 'g"' }, 'letters, digits'],
    ['a subscription with a line end', { subscription: 'a\nb' }, 'control characters'],
    ['the id of something else', { ids: [id.replace('loadBalancers', 'virtualNetworks')] }, 'no load balancer'],
    ['the id of a part of it', { ids: [`${id}/probes/p`] }, 'no load balancer'],
    ['an id inside other text', { ids: [`see ${id}`] }, 'no load balancer'],
    ['an id with a group that cannot be', { ids: [id.replace('shop-rg', 'a;b')] }, 'resource group'],
    ['a name as id', { ids: ['web-lb'] }, 'no load balancer'],
    ['ids and a name', { ids: [id], name: 'web-lb' }, '--ids says all'],
    ['no id at all', { ids: [] }, 'at least one'],
    ['a limit that is no number', { limit: '-1' }, '--limit'],
    ['half a load balancer', { limit: '1.5' }, '--limit'],
  ])('%s', (_, options, message) => {
    expect(() => targetOf(options)).toThrow(UsageError);
    expect(() => targetOf(options)).toThrow(message);
  });
});
