import type { Member, Pool } from '../topology/model.ts';
import { named } from '../words/name-order.ts';

interface AboutMember {
  readonly subject: { readonly member: Member };
}

/** The members and pools of several findings, for a sentence about them all. */
export function membersIn(all: readonly AboutMember[]): string {
  return named(all.map(({ subject }) => subject.member.name));
}

export function poolsIn(all: readonly AboutMember[]): string {
  return named(poolsOf(all).map(({ name }) => name));
}

export function memberCount(all: readonly AboutMember[]): number {
  return new Set(all.map(({ subject }) => subject.member)).size;
}

function poolsOf(all: readonly AboutMember[]): readonly Pool[] {
  return [...new Set(all.map(({ subject }) => subject.member.pool))];
}
