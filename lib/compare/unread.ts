import { open } from '../evidence/open.ts';
import type { Reading } from '../evidence/reading.ts';
import type { LoadBalancer, Member } from '../topology/model.ts';

/** Whether what leads further could not be read of some member. */
export const isAnyUnread =
  (reading: (member: Member) => Reading<unknown>) =>
  ({ pools }: LoadBalancer): boolean =>
    pools.some(({ members }) => members.some((member) => 'gaps' in open(reading(member))));
