import { machineNamed, withGuest } from './finding.ts';
import type { Change, Listener, World } from './world.ts';

const withListeners = (
  world: World,
  machine: string,
  changed: (listeners: readonly Listener[]) => readonly Listener[],
): World =>
  withGuest(world, machine, {
    listeners: changed(world.guests.get(machineNamed(world, machine).id.toLowerCase())?.listeners ?? []),
  });

/** Nothing listens on the port any more; on none when it is left out. */
export const listenerStopped =
  (machine: string, port?: number): Change =>
  (world) =>
    withListeners(world, machine, (listeners) => listeners.filter((each) => port !== undefined && each.port !== port));

/** Listens so on its port, instead of what did. */
export const listens =
  (machine: string, listener: Listener): Change =>
  (world) =>
    withListeners(world, machine, (listeners) => [...listeners.filter(({ port }) => port !== listener.port), listener]);

/** What speaks HTTP or HTTPS answers every path with this status. */
export const answersHttp =
  (machine: string, status: number): Change =>
  (world) =>
    withListeners(world, machine, (listeners) =>
      listeners.map(({ port, speaks, statuses }) => ({
        port,
        speaks,
        ...(statuses !== undefined && {
          statuses: Object.fromEntries(Object.keys(statuses).map((path) => [path, status])),
        }),
      })),
    );

/** What speaks HTTP or HTTPS accepts connections and never answers (`silent`), or hangs up (`reset`). */
export const answersNothing =
  (machine: string, how: 'silent' | 'reset' = 'silent'): Change =>
  (world) =>
    withListeners(world, machine, (listeners) =>
      listeners.map((each) => (each.statuses === undefined ? each : { port: each.port, speaks: how })),
    );
