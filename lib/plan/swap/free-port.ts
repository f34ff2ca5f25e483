import { sameId } from '../../azure/ids.ts';
import type { LoadBalancer } from '../../topology/model.ts';

const first = 60_001;
const last = 65_534;

/**
 * A port of a frontend on which nothing comes in, whatever its protocol; undefined where HA ports leave none.
 * `taken` are those that a plan takes itself.
 */
export function freeFrontendPort(
  { balancingRules, natRules, natPools }: LoadBalancer,
  frontendId: string,
  taken: readonly number[],
): number | undefined {
  const own = balancingRules.filter((rule) => sameId(rule.frontendId, frontendId));
  if (own.some(({ frontendPort }) => frontendPort === 0)) return undefined;
  const nat = [...natRules, ...natPools].filter((rule) => sameId(rule.frontendId, frontendId));
  const isTaken = (port: number): boolean =>
    taken.includes(port) ||
    own.some(({ frontendPort }) => frontendPort === port) ||
    nat.some(({ frontendPort, frontendPortRangeStart: start, frontendPortRangeEnd: end }) => {
      if (frontendPort === port) return true;
      return start !== undefined && port >= start && port <= (end ?? start);
    });
  for (let port = first; port <= last; port += 1) if (!isTaken(port)) return port;
  return undefined;
}
