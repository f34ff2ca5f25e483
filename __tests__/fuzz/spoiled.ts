import type { Call } from '../../lib/az/call.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { fault } from '../world/changes.ts';
import { change, type FaultKind } from '../world/world.ts';
import { again, type Base } from './bases.ts';
import type { Spoiled } from './cells.ts';
import { faults } from './faults.ts';
import { misleadings } from './misled.ts';

const isAnswer = ({ stdout }: Call): boolean => stdout.trim() !== '';

function spoiledAt(base: Base, at: number, name: string, spoil: (call: Call) => Call): Spoiled {
  return {
    told: `${base.name} × az ${base.calls[at]?.argv.join(' ').slice(0, 100)} × ${name}`,
    fault: name,
    base,
    az: again(base, (call, index) => (index === at ? spoil(call) : call)),
    isMasked: at % 5 === 0,
  };
}

/** Each answer × each way in which az fails. What failed already is not made to fail again. */
export function spoiledAnswers(base: Base): readonly Spoiled[] {
  return base.calls.flatMap((call, at) =>
    call.exitCode === 0 && isAnswer(call) ? faults.map(({ name, spoil }) => spoiledAt(base, at, name, spoil)) : [],
  );
}

/** Each action that was accepted and each look at a result that was not there yet × the ways in which az fails there. */
export function spoiledActions(base: Base): readonly Spoiled[] {
  const possible = faults.filter(({ isOfAnswer }) => !isOfAnswer);
  return base.calls.flatMap((call, at) => {
    if (call.exitCode !== 0 || isAnswer(call)) return [];
    const failing = possible.map(({ name, spoil }) => spoiledAt(base, at, name, spoil));
    const misled = misleadings(call, base.calls).map(({ name, made }) => spoiledAt(base, at, name, () => made));
    return [...failing, ...misled];
  });
}

const everywhere: readonly FaultKind[] = [
  'denied',
  'not-found',
  'throttled',
  'server-error',
  'slow',
  'html',
  'not-json',
  'times-out',
];
const ofAnswers: readonly FaultKind[] = ['cut', 'cut-with-length'];
const ofActions: readonly FaultKind[] = ['endless', 'no-location', 'foreign-location'];

/** Each request that az made × what Azure or the way to it does, from then on or the first time. */
export function spoiledRequests(base: Base): readonly Spoiled[] {
  const requests = new Map(base.requests.map(({ method, url, status }) => [`${method} ${url.split('?')[0]}`, status]));
  return [...requests].flatMap(([request, status]) => {
    const on = new RegExp(`^${request.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(\\?|$)`, 'i');
    const kinds = [...everywhere, ...(status === 202 ? ofActions : ofAnswers)];
    return kinds.flatMap((kind) =>
      [{}, { times: 1 }].map((times) => ({
        told: `${base.name} × ${request} × ${kind}${'times' in times ? ', once' : ''}`,
        fault: `Azure: ${kind}`,
        base,
        az: azInMemory(change(base.world, fault({ on, kind, ...times }))),
      })),
    );
  });
}

export function everySpoiled(base: Base): readonly Spoiled[] {
  return [...spoiledAnswers(base), ...spoiledActions(base), ...spoiledRequests(base)];
}
