import { idKey } from '../../azure/ids.ts';
import { risks } from '../grade.ts';
import { type Guard, guardsIn, keyOfGroup } from '../guards.ts';
import { defineKind } from '../kind.ts';
import { isAnyUnread } from '../unread.ts';

/** The security groups on the members' way in, as configured; each group once. */
export const securityGroup = defineKind<Guard>('securityGroup', {
  noun: 'security group',
  hasIdentity: true,
  // A Standard load balancer's members take nothing in without a group that allows it.
  gone: risks('medium'),
  come: risks('medium'),
  isPartial: isAnyUnread(({ configuredFilter }) => configuredFilter),
  all: ({ loadBalancer }) => guardsIn(loadBalancer),
  thing: ({ group, where, guarded }) => {
    const by = [...where].sort().join(' and ');
    return {
      key: keyOfGroup(group),
      name: group.name,
      detail: `${guarded.size === 1 ? 'of 1 member' : `of ${guarded.size} members`}, by their ${by}`,
      ids: [group.id],
      identities: [`security group ${idKey(group.id)}`],
      roles: [`${by} ${guarded.size}`, by],
    };
  },
  fields: {},
});
