import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Az, Call, RunOptions } from '../../lib/az/call.ts';
import { healthyWorld } from '../world/healthy.ts';
import { type LoggedRequest, type StandIn, startStandIn } from '../world/stand-in.ts';
import type { World } from '../world/world.ts';

export const VERSIONS = ['2.91.0', '2.50.0'] as const;
export type Version = (typeof VERSIONS)[number];

/** Where `.ci/install-az` puts an az of this version. */
export function azPath(version: Version): string {
  const path = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'azlb', `az-${version}`, 'bin', 'az');
  if (!existsSync(path)) throw new Error(`az ${version} is not there: run .ci/install-az ${version}`);
  return path;
}

/** A real az whose Azure is the stand-in. */
export interface RealAz extends Az {
  /** For a child process that is to find this az: PATH, configuration, trust. */
  readonly environment: Readonly<Record<string, string>>;
  readonly standIn: StandIn;
  readonly requests: readonly LoggedRequest[];
  /** Another world for the same az, without another login. */
  serve(world: World): void;
  close(): Promise<void>;
}

/** Starts a stand-in and logs this az in there, in a configuration folder of its own. Takes some seconds. */
export async function againstStandIn(version: Version, world: World = healthyWorld(), port?: number): Promise<RealAz> {
  const path = azPath(version);
  const standIn = await startStandIn(world, port);
  const configuration = mkdtempSync(join(tmpdir(), 'azlb-az-'));
  const environment = {
    ...standIn.environment,
    PATH: `${dirname(path)}:${process.env.PATH ?? ''}`,
    HOME: configuration,
    LANG: 'C.UTF-8',
    AZURE_CONFIG_DIR: configuration,
    AZURE_CORE_NO_COLOR: '1',
  };
  const az: RealAz = {
    environment,
    standIn,
    get requests() {
      return standIn.requests;
    },
    serve: (next) => standIn.serve(next),
    run: (argv, options) => run(path, [...argv, '-o', 'json'], environment, options),
    async close() {
      await standIn.close();
      rmSync(configuration, { recursive: true });
    },
  };
  for (const argv of logins(standIn.endpoint)) {
    const { exitCode, stderr } = await az.run(argv);
    if (exitCode !== 0) throw new Error(`az ${argv.join(' ')}: ${stderr}`);
  }
  return az;
}

export const logins = (endpoint: string): readonly (readonly string[])[] => [
  // az 2.50 wants the graph endpoint said; later ones find it in the metadata and don't mind.
  [
    'cloud',
    'register',
    '-n',
    'standin',
    '--endpoint-resource-manager',
    endpoint,
    '--endpoint-active-directory-graph-resource-id',
    endpoint,
  ],
  ['cloud', 'set', '-n', 'standin'],
  ['login', '--identity'],
];

function run(
  path: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>>,
  options: RunOptions = {},
): Promise<Call> {
  const started = performance.now();
  const env = { ...environment, ...(!options.readStderr && { AZURE_CORE_ONLY_SHOW_ERRORS: '1' }) };
  return new Promise((resolve, reject) => {
    const child = execFile(path, [...argv], { env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code;
      if (typeof exitCode !== 'number') return reject(error);
      resolve({ argv: argv.slice(0, -2), exitCode, stdout, stderr, seconds: (performance.now() - started) / 1000 });
    });
    child.stdin?.end(options.input);
  });
}
