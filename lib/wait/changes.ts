import type { Seen, SeenMember } from './look.ts';

/** What is different since the last look, a phrase each: `web-2 up`, `member web-4 joined`. */
export function changesBetween(before: Seen, after: Seen): readonly string[] {
  const pools = new Set([...before.members, ...after.members].map(({ pool }) => pool));
  const called = ({ key, name }: SeenMember): string => (pools.size > 1 ? key : name);
  const earlier = new Map(before.members.map((member) => [member.key, member]));
  const later = new Map(after.members.map((member) => [member.key, member]));
  const health = after.members.flatMap((member) => {
    const was = earlier.get(member.key)?.health;
    if (member.health === undefined || member.health === was) return [];
    // That nobody could tell is said once, of all.
    if (member.health === 'unknown' && after.gaps.length > 0) return [];
    if (was === 'unknown' && before.gaps.length > 0 && earlier.has(member.key)) return [];
    return earlier.has(member.key) ? [`${called(member)} ${wordFor(member.health)}`] : [];
  });
  return [
    ...after.members.filter(({ key }) => !earlier.has(key)).map((member) => `member ${called(member)} joined`),
    ...before.members.filter(({ key }) => !later.has(key)).map((member) => `member ${called(member)} left`),
    ...health,
    ...(before.verdict === after.verdict || after.verdict === undefined ? [] : [`verdict ${after.verdict}`]),
    ...after.gaps.filter((gap) => !before.gaps.includes(gap)).map((gap) => `not read: ${gap}`),
  ];
}

const wordFor = (health: NonNullable<SeenMember['health']>): string =>
  health === 'not-measured' ? 'not measured' : health;
