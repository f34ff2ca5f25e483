import type { Evidence } from '../evidence/evidence.ts';
import { open } from '../evidence/open.ts';
import type { Topology } from '../topology/model.ts';
import { normalize } from '../topology/normalize.ts';

/** A load balancer that was read, with all that is known around it. */
export function topologyOf(evidence: Evidence, id: string): Topology {
  const state = open(normalize(evidence, id));
  if (!('known' in state) || 'gone' in state.known) throw new Error(`${id} was read, and can't be joined.`);
  return state.known;
}
