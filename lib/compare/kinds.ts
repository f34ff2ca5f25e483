import type { Kind } from './description.ts';
import type { ThingKind } from './kind.ts';
import { balancingRule } from './kinds/balancing-rule.ts';
import { frontend } from './kinds/frontend.ts';
import { loadBalancer } from './kinds/load-balancer.ts';
import { member } from './kinds/member.ts';
import { natPool, natRule } from './kinds/nat-rule.ts';
import { outboundRule } from './kinds/outbound-rule.ts';
import { pool } from './kinds/pool.ts';
import { probe } from './kinds/probe.ts';
import { scaleSet } from './kinds/scale-set.ts';
import { securityGroup } from './kinds/security-group.ts';
import { securityRule } from './kinds/security-rule.ts';

/** Every kind of thing, what others refer to first: things are paired and told in this order. */
export const kinds: Readonly<Record<Kind, ThingKind>> = {
  loadBalancer,
  frontend,
  pool,
  probe,
  balancingRule,
  member,
  scaleSet,
  securityGroup,
  securityRule,
  natRule,
  natPool,
  outboundRule,
};

export const allKinds: readonly ThingKind[] = Object.values(kinds);
