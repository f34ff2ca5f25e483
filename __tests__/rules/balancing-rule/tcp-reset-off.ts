import { answers, balancingRule, managedBy, probe, set } from '../../world/changes.ts';
import { healthyGlobalWorld, healthyWorld, type Shape } from '../../world/healthy.ts';
import { clusterWorld } from '../../world/shapes/cluster.ts';
import { change, type World } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const off = { enableTcpReset: false };
const without = (shape: Shape = {}): World => change(healthyWorld(shape), balancingRule(off));

const https = { name: 'https', frontendPort: 443, backendPort: 8443 };
const http = { name: 'http', frontendPort: 80, backendPort: 8080 };
const quic = { name: 'quic', frontendPort: 443, backendPort: 8443, protocol: 'Udp' } as const;

/** Nodes of which one is active, behind a TCP port or all ports. */
const cluster = (port?: number): World =>
  change(
    clusterWorld({
      name: 'web-lb',
      group: 'shop-rg',
      nodes: 'web',
      listeners: [{ name: 'ag', probePort: 59999, active: [1], ...(port !== undefined && { port }) }],
      services: [1433],
    }),
    balancingRule(off),
  );

export default {
  fires: [
    {
      when: 'it is off',
      world: () => without(),
      on: '/loadBalancingRules/https',
      affects: ['https'],
      severity: 'low',
      kind: 'advice',
      data: { reset: false, minutes: 4 },
      cites: '.enableTcpReset',
      says: 'TCP connections of https that are idle for 4 minutes are dropped',
      changes: 'az network lb rule update',
      types: '--enable-tcp-reset=true',
      undoes: '--enable-tcp-reset=false',
      explains: [],
    },
    {
      when: 'Azure says nothing of it, nor of the time-out',
      world: () => change(healthyWorld(), balancingRule({ enableTcpReset: null, idleTimeoutInMinutes: null })),
      says: 'idle for 4 minutes',
    },
    {
      when: 'Azure spells the protocol otherwise',
      world: () =>
        change(
          without(),
          answers('web-lb', 'properties.loadBalancingRules[https].properties.protocol', 'TCP'),
          balancingRule({ idleTimeoutInMinutes: 15 }),
        ),
      says: 'idle for 15 minutes',
    },
    {
      when: 'it is off on one of two balancing rules',
      world: () => change(healthyWorld({ balancingRules: [https, http] }), balancingRule(off, 'http')),
      affects: ['http'],
    },
    {
      when: 'it is off on both, whatever their time-outs: they are told as one',
      world: () =>
        change(
          healthyWorld({ balancingRules: [https, { ...http, idleTimeout: 30 }] }),
          balancingRule(off, 'https'),
          balancingRule(off, 'http'),
        ),
      affects: ['https', 'http'],
      says: 'Idle TCP connections of http, https are dropped',
      types: ['--name=https --enable-tcp-reset=true', '--name=http --enable-tcp-reset=true'],
    },
    {
      when: 'a UDP rule stands beside it',
      world: () => change(healthyWorld({ balancingRules: [https, quic] }), balancingRule(off)),
      affects: ['https'],
    },
    {
      when: 'it is internal, one port of a cluster',
      world: () => cluster(1433),
      affects: ['ag-rule'],
      says: 'idle for 30 minutes',
    },
    {
      when: 'its command would lose newer fields',
      world: () => change(without(), probe({ noHealthyBackendsBehavior: 'AllProbedUp' })),
      types: "--set 'loadBalancingRules[name=https].enableTcpReset=true'",
    },
  ],
  silent: [
    { when: 'it is on', world: () => healthyWorld() },
    {
      when: 'the balancing rule is UDP',
      world: () => change(healthyWorld({ balancingRules: [quic] }), balancingRule(off)),
    },
    { when: 'a cluster is behind HA ports', world: () => cluster() },
    {
      when: 'HA ports stand beside it, where none is sent',
      world: () =>
        change(
          healthyWorld({
            internal: true,
            balancingRules: [
              { ...https, floatingIp: true },
              { name: 'all', frontendPort: 0, backendPort: 0, protocol: 'All', frontend: 'other', floatingIp: true },
            ],
          }),
          balancingRule(off),
        ),
    },
    { when: 'AKS writes it', world: () => without({ tags: { 'aks-managed-cluster-name': 'shop' } }) },
    {
      when: 'a platform manages its group',
      world: () => change(without(), managedBy('shop-rg', 'Microsoft.Solutions/applications/firewall')),
    },
    { when: 'it is Global', world: () => change(healthyGlobalWorld(), balancingRule(off)) },
    { when: 'it is Basic', world: () => without({ sku: 'Basic' }) },
    { when: 'it is a Gateway', world: () => change(without({ sku: 'Gateway' }), balancingRule({ protocol: 'Tcp' })) },
    {
      when: 'it has no pool, and so no connections',
      world: () =>
        change(without(), set('web-lb', 'properties.loadBalancingRules[https].properties.backendAddressPools', [])),
    },
  ],
} satisfies RuleWorlds;
