import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  coverageOf,
  isAddress,
  isPublicAddress,
  parseRange,
  prefixContains,
  publicRanges,
} from '../../lib/network/address.ts';
import type { Endpoint } from '../../lib/network/endpoint.ts';
import { evaluateSecurity } from '../../lib/network/evaluate-security.ts';
import { parsePortRange, portCoverage, portRangeContains } from '../../lib/network/port-range.ts';
import {
  defaultSecurityRules,
  isDefaultRule,
  plainRuleName,
  type SecurityRuleLike,
} from '../../lib/network/security-rule.ts';
import { type Flow, firstAdminMatch, firstMatch, tellMachinesApart } from '../../lib/network/security-rules.ts';

const member: Endpoint = {
  kind: 'address',
  address: '10.0.1.4',
  inVirtualNetwork: true,
  applicationSecurityGroups: ['/Sub/ASG/web'],
};
const memberIPv6: Endpoint = { kind: 'address', address: 'fd00::4', inVirtualNetwork: true };
const probe: Endpoint = { kind: 'probe' };
const internet: Endpoint = { kind: 'internet' };
const vnet: Endpoint = { kind: 'virtual-network', prefixes: ['10.0.0.0/16'] };
const unreadVnet: Endpoint = { kind: 'virtual-network' };

function client(address: string, inVirtualNetwork?: boolean): Endpoint {
  return { kind: 'address', address, inVirtualNetwork };
}

function inbound(source: Endpoint, port: Flow['destinationPort'] = 80, destination: Endpoint = member): Flow {
  return { direction: 'Inbound', protocol: 'Tcp', source, destination, destinationPort: port };
}

function rule(priority: number, access: string, more: Partial<SecurityRuleLike> = {}): SecurityRuleLike {
  return {
    name: `${access}-${priority}`,
    priority,
    access,
    direction: 'Inbound',
    protocol: '*',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '*',
    ...more,
  };
}

const from = (prefix: string, more: Partial<SecurityRuleLike> = {}) => ({ sourceAddressPrefix: prefix, ...more });
const to = (prefix: string, more: Partial<SecurityRuleLike> = {}) => ({ destinationAddressPrefix: prefix, ...more });
const web = { id: '/sub/asg/WEB' };

describe('addresses', () => {
  test.each([
    ['10.0.0.0/24', '10.0.0.255', true],
    ['10.0.0.0/24', '10.0.1.0', false],
    ['10.0.0.7/24', '10.0.0.1', true],
    ['0.0.0.0/0', '168.63.129.16', true],
    ['168.63.129.16', '168.63.129.16', true],
    ['10.0.0.0/16', '10.0.3.0/24', true],
    ['10.0.3.0/24', '10.0.0.0/16', false],
    ['fd00::/8', 'fd00::1234', true],
    ['fd00::/8', 'fe80::1', false],
    ['0.0.0.0/0', 'fd00::1', false],
    ['::/0', '10.0.0.1', false],
    ['Internet', '10.0.0.1', false],
    ['10.0.0.0/33', '10.0.0.1', false],
    ['10.1', '10.0.0.1', false],
    ['10.0.0.0/8/8', '10.0.0.1', false],
    ['10.0.0.0/', '10.0.0.0', false],
    [' 10.0.0.0/24 ', '10.0.0.5', true],
    ['10.0.0.0/x24', '10.0.0.5', false],
    ['10.0.0.0/24x', '10.0.0.5', false],
  ])('%s holds %s: %s', (prefix, address, holds) => {
    expect(prefixContains(prefix, address)).toBe(holds);
  });

  test.each([
    ['52.1.2.3', true],
    ['223.255.255.255', true],
    ['10.0.0.1', false],
    ['172.31.255.255', false],
    ['172.32.0.0', true],
    ['100.64.0.1', false],
    ['168.63.129.16', false],
    ['168.63.129.17', true],
    ['224.0.0.1', false],
    ['2603:1030::1', true],
    ['fd00::1', false],
  ])('%s is public: %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

  test.each([
    ['80', { low: 80, high: 80 }],
    ['80-90', { low: 80, high: 90 }],
    ['*', { low: 0, high: 65535 }],
    ['0-65535', { low: 0, high: 65535 }],
    ['90-80', null],
    ['65536', null],
    ['http', null],
    [' * ', { low: 0, high: 65535 }],
    [' 80 ', { low: 80, high: 80 }],
    ['80 - 90', { low: 80, high: 90 }],
    ['x80', null],
    ['80x', null],
    ['80-90x', null],
    ['80x-90', null],
  ])('the ports %s', (text, range) => {
    expect(parsePortRange(text)).toEqual(range);
  });

  test.each<readonly [ranges: readonly string[], target: string, covers: 'all' | 'some' | 'none']>([
    [['10.0.0.0/25'], '10.0.0.128/25', 'none'],
    [['10.0.0.0/32'], '10.0.0.0/24', 'some'],
    [['10.0.0.255/32'], '10.0.0.0/24', 'some'],
    [['::/0'], '10.0.0.0/8', 'none'],
    [['10.0.0.0/8'], '::a00:0/104', 'none'],
    [['10.0.0.0/24', '10.0.5.0/24'], '10.0.0.0/25', 'all'],
    [['10.0.0.0/8', '10.0.0.0/24', '10.1.0.0/16'], '10.0.0.0/8', 'all'],
    [['10.0.1.0/24', '10.0.0.0/24'], '10.0.0.0/23', 'all'],
    [['10.0.2.0/23', '10.0.1.0/24', '10.0.0.0/24'], '10.0.0.0/22', 'all'],
    [['10.0.0.0/24', '10.0.2.0/24'], '10.0.0.0/22', 'some'],
    [['0.0.0.0/0', '::/1'], '::/0', 'some'],
  ])('%j of %s', (texts, target, covers) => {
    const ranges = (all: readonly string[]) => all.map(parseRange).filter((range) => range !== null);
    expect(coverageOf(ranges(texts), ranges([target]))).toBe(covers);
  });

  test.each([
    ['10.0.0.4', true],
    ['fd00::1', true],
    ['10.0.0.0/24', false],
    ['web', false],
  ])('%s is an address: %s', (text, is) => expect(isAddress(text)).toBe(is));

  test.each<readonly [ranges: readonly string[], covers: 'all' | 'some' | 'none']>([
    [['1001-65535', '1-1000'], 'all'],
    [['0-65535'], 'all'],
    [['1-10', '12-65535'], 'some'],
    [['1-65534'], 'some'],
    [['2-65535'], 'some'],
    [['1-500', '1-65535', '7'], 'all'],
    [['0'], 'none'],
    [[], 'none'],
  ])('%j of all ports', (texts, covers) => {
    const ranges = texts.map(parsePortRange).filter((range) => range !== null);
    expect(portCoverage(ranges, { low: 1, high: 65535 })).toBe(covers);
  });

  test('a range holds the ports from its first to its last', () => {
    const held = [79, 80, 85, 90, 91].map((port) => portRangeContains({ low: 80, high: 90 }, port));
    expect(held).toEqual([false, true, true, true, false]);
  });

  test('prefixes that only together cover the internet cover it', () => {
    const halves = ['128.0.0.0/2', '0.0.0.0/2', '192.0.0.0/2', '64.0.0.0/2']
      .map(parseRange)
      .filter((range) => range !== null);
    expect(coverageOf(halves, publicRanges(4))).toBe('all');
    expect(coverageOf(halves.slice(1), publicRanges(4))).toBe('some');
  });

  test('a prefix holds an address when their first bits are the same', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (network, address, length) => {
        const prefix = bitsOf(network).slice(0, length);
        expect(prefixContains(`${network}/${length}`, address)).toBe(bitsOf(address).startsWith(prefix));
      }),
    );
  });
});

function bitsOf(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

type Expected = readonly [decidedBy: string, certain: boolean, partial?: readonly string[]];

describe('the security rule that decides', () => {
  const cases: readonly (readonly [
    title: string,
    rules: readonly SecurityRuleLike[],
    flow: Flow,
    expected: Expected,
  ])[] = [
    ['the defaults let the probe in, already as VirtualNetwork', [], inbound(probe), ['AllowVnetInBound', true]],
    ['the defaults let the network in', [], inbound(vnet), ['AllowVnetInBound', true]],
    ['the defaults keep the internet out', [], inbound(internet), ['DenyAllInBound', true]],
    ['the defaults let an IPv6 probe in', [], inbound(probe, 80, memberIPv6), ['AllowAzureLoadBalancerInBound', true]],
    [
      'the lowest number first, not the first in the list',
      [rule(200, 'Deny'), rule(100, 'Allow')],
      inbound(probe),
      ['Allow-100', true],
    ],
    ['a deny for all catches the probe', [rule(4096, 'Deny')], inbound(probe), ['Deny-4096', true]],
    [
      'VirtualNetwork lets the probe in',
      [rule(100, 'Allow', from('VirtualNetwork')), rule(200, 'Deny')],
      inbound(probe),
      ['Allow-100', true],
    ],
    [
      'a deny on VirtualNetwork catches the probe',
      [rule(100, 'Deny', from('VirtualNetwork'))],
      inbound(probe),
      ['Deny-100', true],
    ],
    [
      'Internet does not hold the probe',
      [rule(100, 'Deny', from('Internet'))],
      inbound(probe),
      ['AllowVnetInBound', true],
    ],
    ['a prefix that covers the probe', [rule(100, 'Deny', from('168.0.0.0/8'))], inbound(probe), ['Deny-100', true]],
    [
      'the probe by its address',
      [rule(100, 'Deny', from('AzureLoadBalancer'))],
      inbound(client('168.63.129.16')),
      ['Deny-100', true],
    ],
    [
      'a service tag does not hold the probe',
      [rule(100, 'Allow', from('AzureFrontDoor.Backend')), rule(200, 'Deny')],
      inbound(probe),
      ['Deny-200', true],
    ],
    [
      'but a platform tag may',
      [rule(100, 'Allow', from('AzurePlatformDNS')), rule(200, 'Deny')],
      inbound(probe),
      ['Deny-200', false],
    ],
    [
      'a prefix nobody can read',
      [rule(100, 'Allow', from('10.0.0.0/99')), rule(200, 'Deny')],
      inbound(probe),
      ['Deny-200', false],
    ],
    ['another port', [rule(100, 'Deny', { destinationPortRange: '443' })], inbound(probe), ['AllowVnetInBound', true]],
    ['another protocol', [rule(100, 'Deny', { protocol: 'Udp' })], inbound(probe), ['AllowVnetInBound', true]],
    ['"All" is any protocol', [rule(100, 'Deny', { protocol: 'All' })], inbound(probe), ['Deny-100', true]],
    [
      'an outbound rule says nothing of inbound',
      [rule(100, 'Deny', { direction: 'Outbound' })],
      inbound(probe),
      ['AllowVnetInBound', true],
    ],
    [
      'plural ports count too',
      [rule(100, 'Deny', { destinationPortRange: null, destinationPortRanges: ['443', '80-81'] })],
      inbound(probe),
      ['Deny-100', true],
    ],
    [
      'plural prefixes beside an empty singular',
      [rule(100, 'Deny', { sourceAddressPrefix: '', sourceAddressPrefixes: ['10.0.0.0/8', '168.63.129.16/32'] })],
      inbound(probe),
      ['Deny-100', true],
    ],
    [
      'no prefix field at all can mean anything',
      [rule(100, 'Deny', { sourceAddressPrefix: undefined })],
      inbound(probe),
      ['AllowVnetInBound', false],
    ],
    [
      'no port field at all can mean anything',
      [rule(100, 'Deny', { destinationPortRange: undefined })],
      inbound(probe),
      ['AllowVnetInBound', false],
    ],
    [
      'all ports at once: one port is a part',
      [rule(100, 'Allow', { destinationPortRange: '80' }), rule(200, 'Deny')],
      inbound(probe, 'any'),
      ['Deny-200', true, ['Allow-100']],
    ],
    [
      'all ports at once: two halves',
      [rule(100, 'Deny', { destinationPortRange: '1-1000', destinationPortRanges: ['1001-65535'] })],
      inbound(probe, 'any'),
      ['Deny-100', true],
    ],
    [
      'a source port of its own lets no ordinary client in',
      [rule(100, 'Allow', { sourcePortRange: '80' })],
      inbound(internet),
      ['DenyAllInBound', true, ['Allow-100']],
    ],
    [
      'a narrower prefix lets some of the internet in',
      [rule(100, 'Allow', from('203.0.113.0/24'))],
      inbound(internet),
      ['DenyAllInBound', true, ['Allow-100']],
    ],
    [
      'so does a service tag',
      [rule(100, 'Allow', from('AzureFrontDoor.Backend'))],
      inbound(internet),
      ['DenyAllInBound', true, ['Allow-100']],
    ],
    [
      'a private prefix lets none of it in',
      [rule(100, 'Allow', from('10.0.0.0/8'))],
      inbound(internet),
      ['DenyAllInBound', true],
    ],
    ['0.0.0.0/0 is the internet', [rule(100, 'Allow', from('0.0.0.0/0'))], inbound(internet), ['Allow-100', true]],
    ['and the Internet tag', [rule(100, 'Allow', from('Internet'))], inbound(internet), ['Allow-100', true]],
    [
      'AzureLoadBalancer is no client',
      [rule(100, 'Allow', from('AzureLoadBalancer'))],
      inbound(internet),
      ['DenyAllInBound', true],
    ],
    [
      'a route for everything widens VirtualNetwork',
      [rule(100, 'Allow', from('VirtualNetwork', { expandedSourceAddressPrefix: ['0.0.0.0/0'] }))],
      inbound(internet),
      ['Allow-100', true],
    ],
    [
      'Internet does not hold the network',
      [rule(100, 'Deny', from('Internet'))],
      inbound(vnet),
      ['AllowVnetInBound', true],
    ],
    [
      'a part of the network',
      [rule(100, 'Deny', from('10.0.2.0/24'))],
      inbound(vnet),
      ['AllowVnetInBound', true, ['Deny-100']],
    ],
    ['all of the network', [rule(100, 'Deny', from('10.0.0.0/8'))], inbound(vnet), ['Deny-100', true]],
    [
      'a prefix beside a network nobody read',
      [rule(100, 'Deny', from('10.0.0.0/8'))],
      inbound(unreadVnet),
      ['AllowVnetInBound', false],
    ],
    [
      'everything covers a network nobody read',
      [rule(100, 'Deny', from('0.0.0.0/0'))],
      inbound(unreadVnet),
      ['Deny-100', true],
    ],
    [
      'a client by its address',
      [rule(100, 'Allow', from('203.0.113.0/24'))],
      inbound(client('203.0.113.9')),
      ['Allow-100', true],
    ],
    [
      'a public client is Internet',
      [rule(100, 'Allow', from('Internet'))],
      inbound(client('203.0.113.9')),
      ['Allow-100', true],
    ],
    [
      'a private client is not',
      [rule(100, 'Allow', from('Internet'))],
      inbound(client('10.9.0.4', false)),
      ['DenyAllInBound', true],
    ],
    ['a private client may be of the network', [], inbound(client('10.9.0.4')), ['DenyAllInBound', false]],
    [
      'what the tag stands for settles it',
      [rule(100, 'Deny', from('VirtualNetwork', { expandedSourceAddressPrefix: ['10.0.0.0/16'] }))],
      inbound(client('10.0.5.5')),
      ['Deny-100', true],
    ],
    [
      'Storage can not be decided',
      [rule(100, 'Allow', from('Storage')), rule(200, 'Deny')],
      inbound(client('52.239.1.1')),
      ['Deny-200', false],
    ],
    [
      'unless its outcome is the same',
      [rule(100, 'Deny', from('Storage')), rule(200, 'Deny')],
      inbound(client('52.239.1.1')),
      ['Deny-200', true],
    ],
    [
      'or its prefixes are listed',
      [rule(100, 'Allow', from('Storage', { expandedSourceAddressPrefix: ['52.239.0.0/16'] }))],
      inbound(client('52.239.1.1')),
      ['Allow-100', true],
    ],
    ['another destination', [rule(100, 'Deny', to('10.0.1.5'))], inbound(probe), ['AllowVnetInBound', true]],
    ['the destination by its subnet', [rule(100, 'Deny', to('10.0.1.0/24'))], inbound(probe), ['Deny-100', true]],
    [
      'the destination by VirtualNetwork',
      [rule(100, 'Deny', to('VirtualNetwork'))],
      inbound(probe),
      ['Deny-100', true],
    ],
    [
      'the destination by its application security group, in other letters',
      [rule(100, 'Deny', { destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: [web] })],
      inbound(probe),
      ['Deny-100', true],
    ],
    [
      'another application security group, which may hold the address by a prefix',
      [
        rule(100, 'Deny', {
          destinationAddressPrefix: undefined,
          destinationApplicationSecurityGroups: [{ id: '/x' }],
        }),
      ],
      inbound(probe),
      ['AllowVnetInBound', false],
    ],
    [
      'application security groups nobody read',
      [rule(100, 'Deny', { destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: [web] })],
      inbound(probe, 80, client('10.0.1.4', true)),
      ['AllowVnetInBound', false],
    ],
    [
      'clients by application security group are some of the network',
      [
        rule(100, 'Allow', { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [web] }),
        rule(200, 'Deny'),
      ],
      inbound(vnet),
      ['Deny-200', true, ['Allow-100']],
    ],
    [
      'and none of the probe',
      [
        rule(100, 'Allow', { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [web] }),
        rule(200, 'Deny'),
      ],
      inbound(probe),
      ['Deny-200', true],
    ],
    [
      '0.0.0.0/0 leaves IPv6 open',
      [rule(100, 'Deny', to('0.0.0.0/0'))],
      inbound(probe, 80, memberIPv6),
      ['AllowAzureLoadBalancerInBound', false],
    ],
    [
      'an IPv6 probe by its address',
      [rule(100, 'Deny', from('fe80::/10'))],
      inbound(probe, 80, memberIPv6),
      ['Deny-100', true],
    ],
    [
      'VirtualNetwork and an IPv6 probe',
      [rule(100, 'Deny', from('VirtualNetwork'))],
      inbound(probe, 80, memberIPv6),
      ['AllowAzureLoadBalancerInBound', false],
    ],
    [
      'effective spelling',
      [
        rule(65500, 'Deny', {
          name: 'defaultSecurityRules/DenyAllInBound',
          protocol: 'All',
          destinationPortRange: '0-65535',
          sourcePortRange: '0-65535',
          sourceAddressPrefix: '0.0.0.0/0',
          destinationAddressPrefix: '0.0.0.0/0',
        }),
      ],
      inbound(internet),
      ['DenyAllInBound', true],
    ],
    ['"Any" is any client', [rule(100, 'Deny', from('Any'))], inbound(internet), ['Deny-100', true]],
    ['"Any" is any protocol', [rule(100, 'Deny', { protocol: 'Any' })], inbound(probe), ['Deny-100', true]],
    [
      'a space around a tag, and a prefix that is empty',
      [
        rule(100, 'Allow', { sourceAddressPrefix: null, sourceAddressPrefixes: ['', '10.0.0.0/8'] }),
        rule(200, 'Deny', from(' VirtualNetwork ')),
      ],
      inbound(probe),
      ['Deny-200', true],
    ],
    [
      'prefixes in one field, with commas',
      [rule(100, 'Deny', from('10.0.0.0/8, 168.63.129.16'))],
      inbound(probe),
      ['Deny-100', true],
    ],
    [
      'ports that nobody can read beside one that fits',
      [rule(100, 'Deny', { destinationPortRange: null, destinationPortRanges: ['443', 'web'] })],
      inbound(probe),
      ['AllowVnetInBound', false],
    ],
    [
      'source ports that leave no client out',
      [rule(100, 'Deny', { sourcePortRange: '1000-65535' })],
      inbound(probe),
      ['Deny-100', true],
    ],
    [
      'source ports in two fields',
      [rule(100, 'Deny', { sourcePortRange: '1024-2000', sourcePortRanges: ['2001-65535'] })],
      inbound(probe),
      ['Deny-100', true],
    ],
    [
      'an IPv6 probe by its address, as a client',
      [rule(100, 'Deny', from('AzureLoadBalancer'))],
      inbound(client('fe80::1234:5678:9abc'), 80, memberIPv6),
      ['Deny-100', true],
    ],
    [
      'half of IPv4 says nothing of IPv6',
      [rule(100, 'Deny', from('0.0.0.0/1'))],
      inbound(probe, 80, memberIPv6),
      ['AllowAzureLoadBalancerInBound', true],
    ],
    [
      'everything of IPv4, beside another prefix, leaves IPv6 open',
      [rule(100, 'Deny', { sourceAddressPrefix: null, sourceAddressPrefixes: ['10.0.0.0/8', '0.0.0.0/0'] })],
      inbound(probe, 80, memberIPv6),
      ['AllowAzureLoadBalancerInBound', false],
    ],
    [
      'everything of IPv4 that is not for the probe is certain',
      [rule(100, 'Deny', from('0.0.0.0/0', { destinationAddressPrefix: '10.9.0.0/16' }))],
      inbound(probe),
      ['AllowVnetInBound', true],
    ],
    [
      'a word that only ends like a tag can not be read',
      [rule(100, 'Allow', from('%storage')), rule(200, 'Deny')],
      inbound(probe),
      ['Deny-200', false],
    ],
    [
      'a word that only begins like one neither',
      [rule(100, 'Allow', from('storage%')), rule(200, 'Deny')],
      inbound(probe),
      ['Deny-200', false],
    ],
    [
      'a tag whose prefixes are listed, and private, lets none of the internet in',
      [rule(100, 'Allow', from('Storage', { expandedSourceAddressPrefix: ['10.1.0.0/16'] }))],
      inbound(internet),
      ['DenyAllInBound', true],
    ],
    [
      'a prefix of the internet beside a tag',
      [rule(100, 'Allow', { sourceAddressPrefix: null, sourceAddressPrefixes: ['0.0.0.0/0', 'Storage'] })],
      inbound(internet),
      ['Allow-100', true],
    ],
    [
      'a tag may hold some of the network',
      [rule(100, 'Deny', from('Storage'))],
      inbound(vnet),
      ['AllowVnetInBound', false],
    ],
    [
      'a tag whose prefixes are listed holds that part of it',
      [rule(100, 'Deny', from('Storage', { expandedSourceAddressPrefix: ['10.0.3.0/24'] }))],
      inbound(vnet),
      ['AllowVnetInBound', true, ['Deny-100']],
    ],
    [
      'all of it',
      [rule(100, 'Deny', from('Storage', { expandedSourceAddressPrefix: ['10.0.0.0/8'] }))],
      inbound(vnet),
      ['Deny-100', true],
    ],
    [
      'the IPv6 space of a network says nothing of its IPv4 clients',
      [rule(100, 'Deny', from('10.0.0.0/8'))],
      inbound({ kind: 'virtual-network', prefixes: ['10.0.0.0/16', 'fd00::/48'] }),
      ['Deny-100', true],
    ],
    [
      'everything of IPv6 covers a network nobody read',
      [rule(100, 'Deny', from('::/0'))],
      inbound(unreadVnet, 80, memberIPv6),
      ['Deny-100', true],
    ],
    [
      'a public address that is of the network is not Internet',
      [rule(100, 'Deny', from('Internet'))],
      inbound(client('203.0.113.9', true)),
      ['AllowVnetInBound', true],
    ],
    [
      'a client outside is in no application security group',
      [
        rule(100, 'Deny', { sourceAddressPrefix: undefined, sourceApplicationSecurityGroups: [web] }),
        rule(200, 'Allow'),
      ],
      inbound(client('203.0.113.9', false)),
      ['Allow-200', true],
    ],
    [
      'what the tag stands for does not hold it',
      [rule(100, 'Deny', from('VirtualNetwork', { expandedSourceAddressPrefix: ['10.0.0.0/16'] })), rule(200, 'Allow')],
      inbound(client('10.9.0.4')),
      ['Allow-200', true],
    ],
    [
      'a tag that may hold the probe, and whose prefixes do not',
      [
        rule(100, 'Allow', from('AzurePlatformDNS', { expandedSourceAddressPrefix: ['10.1.0.0/16'] })),
        rule(200, 'Deny'),
      ],
      inbound(probe),
      ['Deny-200', true],
    ],
    [
      'a tag that can not hold the probe, whatever its prefixes',
      [rule(100, 'Allow', from('Storage', { expandedSourceAddressPrefix: ['168.0.0.0/8'] })), rule(200, 'Deny')],
      inbound(probe),
      ['Deny-200', true],
    ],
    [
      'outbound within the network',
      [],
      {
        ...inbound(member),
        direction: 'Outbound',
        source: member,
        destination: { kind: 'virtual-network', prefixes: ['10.0.0.0/16'] },
      },
      ['AllowVnetOutBound', true],
    ],
    [
      'outbound, an inbound rule says nothing',
      [rule(100, 'Deny')],
      { ...inbound(member), direction: 'Outbound', source: member, destination: internet },
      ['AllowInternetOutBound', true],
    ],
    [
      'outbound to elsewhere',
      [],
      { ...inbound(member), direction: 'Outbound', source: member, destination: client('10.9.0.4', false) },
      ['DenyAllOutBound', true],
    ],
    [
      'outbound to the internet',
      [],
      { ...inbound(member), direction: 'Outbound', source: member, destination: internet },
      ['AllowInternetOutBound', true],
    ],
  ];

  test.each(cases)('%s', (_title, rules, flow, [decidedBy, certain, partial = []]) => {
    const match = firstMatch(rules, flow);
    expect([plainRuleName(match), match.certain, match.partial.map((hit) => hit.name)]).toEqual([
      decidedBy,
      certain,
      partial,
    ]);
    expect(match.rule).toBe(rules.find((listed) => listed.name === match.name) ?? null);
  });

  test.each<readonly [string, SecurityRuleLike, boolean]>([
    ['any destination', rule(100, 'Deny'), false],
    ['a prefix', rule(100, 'Deny', to('10.0.1.0/24')), true],
    ['the whole network', rule(100, 'Deny', to('VirtualNetwork')), false],
    ['a tag', rule(100, 'Deny', to('Storage')), true],
    [
      'an application security group',
      rule(100, 'Deny', { destinationAddressPrefix: undefined, destinationApplicationSecurityGroups: [web] }),
      true,
    ],
    ['a prefix, outbound', rule(100, 'Deny', to('10.0.1.0/24', { direction: 'Outbound' })), false],
    ['everything beside a prefix', rule(100, 'Deny', to('*', { destinationAddressPrefixes: ['10.0.1.0/24'] })), false],
  ])('whether a rule for %s tells machines apart', (_, one, apart) => {
    expect(tellMachinesApart([rule(90, 'Allow'), one])).toBe(apart);
  });

  test('default rules have the numbers above those that people may give', () => {
    expect([4096, 4097, 65000].map((priority) => isDefaultRule(rule(priority, 'Deny')))).toEqual([false, true, true]);
  });

  test('a manager that says nothing allows, and names no rule', () => {
    expect(firstAdminMatch([], inbound(probe))).toMatchObject({ rule: null, name: 'no rule', access: 'Allow' });
  });

  test('the default rules listed or left out decide alike', () => {
    for (const source of [probe, internet, vnet, client('10.9.0.4')]) {
      const { rule: _left, undecided: _leftToo, ...listed } = firstMatch(defaultSecurityRules, inbound(source));
      expect(firstMatch([], inbound(source))).toMatchObject(listed);
    }
  });
});

const prefix = fc.oneof(
  fc.constantFrom('*', '0.0.0.0/0', '10.0.0.0/8', '10.0.1.0/24', '10.0.1.4', '203.0.113.0/24', '128.0.0.0/1'),
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, length]) => `${address}/${length}`),
);
const ports = fc.constantFrom('*', '80', '443', '1-1023', '80-90', '0-65535');
const anyRules = fc
  .uniqueArray(
    fc.record({
      priority: fc.integer({ min: 100, max: 4096 }),
      access: fc.constantFrom('Allow', 'Deny'),
      direction: fc.constantFrom('Inbound', 'Outbound'),
      protocol: fc.constantFrom('Tcp', 'Udp', '*', 'All', 'Icmp'),
      sourceAddressPrefixes: fc.array(prefix, { minLength: 1, maxLength: 3 }),
      destinationAddressPrefix: prefix,
      destinationPortRanges: fc.array(ports, { minLength: 1, maxLength: 2 }),
      sourcePortRange: fc.constant('*'),
    }),
    { selector: (made) => made.priority, maxLength: 8 },
  )
  .map((made) => made.map((listed) => ({ ...listed, name: `r${listed.priority}` })));

function naiveHolds(text: string, address: string): boolean {
  if (text === '*') return true;
  const [network = '', length = '32'] = text.split('/');
  return bitsOf(address).startsWith(bitsOf(network).slice(0, Number(length)));
}

function naivePort(text: string, port: number): boolean {
  const [low = '', high = low] = (text === '*' ? '0-65535' : text).split('-');
  return Number(low) <= port && port <= Number(high);
}

describe('against a plain reading of the rules', () => {
  test('a client by its address', () => {
    fc.assert(
      fc.property(anyRules, fc.ipV4(), fc.constantFrom(22, 80, 85, 443, 8080), (rules, address, port) => {
        fc.pre(isPublicAddress(address));
        const naive = [...rules]
          .sort((a, b) => a.priority - b.priority)
          .find(
            (listed) =>
              listed.direction === 'Inbound' &&
              ['Tcp', '*', 'All'].includes(listed.protocol) &&
              listed.sourceAddressPrefixes.some((text) => naiveHolds(text, address)) &&
              naiveHolds(listed.destinationAddressPrefix, '10.0.1.4') &&
              listed.destinationPortRanges.some((text) => naivePort(text, port)),
          );
        const match = firstMatch(rules, inbound(client(address), port));
        expect(match.certain).toBe(true);
        expect(match.name).toBe(naive?.name ?? 'DenyAllInBound');
      }),
    );
  });

  test('what holds for the whole internet holds for each of its clients, save those of the partial rules', () => {
    fc.assert(
      fc.property(anyRules, fc.ipV4(), (rules, address) => {
        fc.pre(isPublicAddress(address));
        const all = firstMatch(rules, inbound(internet));
        const one = firstMatch(rules, inbound(client(address)));
        if (one.access !== all.access) expect(all.partial.map((hit) => hit.priority)).toContain(one.priority);
        if (all.partial.length === 0) expect(one.access).toBe(all.access);
      }),
    );
  });
});

describe('all the groups on the way', () => {
  const deny = [rule(100, 'Deny')];
  const allow = [rule(100, 'Allow')];
  const maybe = [rule(100, 'Deny', from('AzurePlatformDNS')), rule(200, 'Allow')];
  const perhaps = [rule(100, 'Allow', from('AzurePlatformDNS')), rule(200, 'Deny')];
  const always = [rule(1, 'AlwaysAllow')];
  test.each([
    ['no group anywhere', {}, ['Allow', true, null, false]],
    ['both allow', { subnet: allow, nic: allow }, ['Allow', true, null, true]],
    ['the subnet denies', { subnet: deny, nic: allow }, ['Deny', true, 'subnet', true]],
    ['the NIC denies', { subnet: allow, nic: deny }, ['Deny', true, 'nic', true]],
    ['both deny: the subnet comes first', { subnet: deny, nic: deny }, ['Deny', true, 'subnet', true]],
    ['only a NIC group, its defaults', { nic: [] }, ['Allow', true, null, true]],
    ['a rule nobody can decide', { subnet: maybe }, ['Allow', false, null, true]],
    ['a sure deny beside it', { subnet: maybe, nic: deny }, ['Deny', true, 'nic', true]],
    ['a deny nobody is sure of beside a sure one', { subnet: perhaps, nic: deny }, ['Deny', true, 'nic', true]],
    ['the network manager denies', { networkManager: deny, subnet: allow }, ['Deny', true, 'network-manager', true]],
    ['the network manager always allows', { networkManager: always, subnet: deny }, ['Allow', true, null, true]],
    [
      'the network manager allows, the group still denies',
      { networkManager: allow, nic: deny },
      ['Deny', true, 'nic', true],
    ],
    ['a network manager without a word', { networkManager: [], nic: deny }, ['Deny', true, 'nic', true]],
    ['a deny nobody is sure of, alone', { subnet: perhaps }, ['Deny', false, 'subnet', true]],
    ['a manager alone guards nothing', { networkManager: [] }, ['Allow', true, null, false]],
    [
      'a network manager that may allow for good',
      { networkManager: [rule(1, 'AlwaysAllow', from('AzurePlatformDNS'))], nic: deny },
      ['Deny', false, 'nic', true],
    ],
  ])('%s', (_title, groups, expected) => {
    const admission = evaluateSecurity(groups, inbound(probe));
    const { access, certain, deniedBy, guarded } = admission;
    expect([access, certain, deniedBy?.stage ?? null, guarded]).toEqual(expected);
  });

  test('outbound the NIC comes first', () => {
    const out = [rule(100, 'Deny', { direction: 'Outbound' })];
    const flow: Flow = { ...inbound(member), direction: 'Outbound', source: member, destination: internet };
    expect(evaluateSecurity({ subnet: out, nic: out }, flow).deniedBy?.stage).toBe('nic');
  });
});
