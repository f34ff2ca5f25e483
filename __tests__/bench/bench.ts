/**
 * Ratios, since machines differ: each figure against a yardstick measured in the same run. `npm run bench`; the live part
 * needs the real az (.ci/install-az) and is left out with --no-az.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { engineRatio } from './engine.ts';
import { liveRatios } from './live.ts';

const node = process.execPath;

interface Figure {
  readonly what: string;
  readonly against: string;
  readonly ratio: number;
  readonly goal: number;
  readonly note: string;
}

function seconds(argv: readonly string[]): number {
  const started = performance.now();
  spawnSync(node, argv, { stdio: 'ignore' });
  return (performance.now() - started) / 1000;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Pairs of runs in turn, so that a machine that slows down slows both. */
function startRatio(what: string, argv: readonly string[], goal: number, rounds = 21): Figure {
  const own: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(seconds(['-e', '0']));
    own.push(seconds(argv));
  }
  const ratio = median(own.map((value, at) => value / (bare[at] ?? Number.NaN)));
  return {
    what,
    against: 'node -e 0',
    ratio,
    goal,
    note: `${(median(own) * 1000).toFixed(0)} ms to ${(median(bare) * 1000).toFixed(0)} ms`,
  };
}

execFileSync('npm', ['run', 'build'], { stdio: 'ignore' });
const recording = 'recorded-outputs/unhealthy-member-generic-probe';
const figures: Figure[] = [
  startRatio('azlb --version', ['dist/azlb.js', '--version'], 1.5),
  startRatio('azlb --help', ['dist/azlb.js', '--help'], 3.5),
  startRatio('azlb triage --replay', ['dist/azlb.js', 'triage', '--replay', recording], 4),
];
const engine = await engineRatio(5000, 10);
figures.push({
  what: 'engine, 5,000 load balancers of 10 members',
  against: 'JSON.parse of the same bytes',
  ratio: engine.ratio,
  goal: 1,
  note: `${engine.engineSeconds.toFixed(1)} s to ${engine.parseSeconds.toFixed(1)} s for ${Math.round(engine.megabytes)} MB`,
});
if (!process.argv.includes('--no-az')) {
  for (const live of await liveRatios()) figures.push(live);
}
for (const { what, against, ratio, goal, note } of figures) {
  console.log(`${what.padEnd(62)} ${ratio.toFixed(2).padStart(6)}  (goal ${goal}) of ${against}; ${note}`);
}
