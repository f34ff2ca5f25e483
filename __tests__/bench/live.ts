import { spawn } from 'node:child_process';
import { againstStandIn, type RealAz } from '../real-az/az.ts';
import { healthyWorld, type Shape } from '../world/healthy.ts';

export interface LiveFigure {
  readonly what: string;
  readonly against: string;
  readonly ratio: number;
  readonly goal: number;
  readonly note: string;
}

interface Run {
  readonly seconds: number;
  readonly stdout: string;
}

function run(az: RealAz, program: string, argv: readonly string[]): Promise<Run> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { env: { ...az.environment }, stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
    });
    child.on('error', reject);
    child.on('close', () => resolve({ seconds: (performance.now() - started) / 1000, stdout }));
  });
}

interface Calls {
  readonly calls: readonly { readonly command: string; readonly seconds: number }[];
}

const lb = ['-g', 'shop-rg', '-n', 'web-lb'];

/** Waits for a health action: looks at its result, and the pauses before them. One look is part of the asking. */
function isWait(command: string): boolean {
  return command.startsWith('az rest --method=get');
}

const shapeOf = (members: number, balancingRules: number, membership: 'nic' | 'uniform'): Shape => ({
  members,
  membership,
  balancingRules: Array.from({ length: balancingRules }, (_, at) => ({
    name: `rule-${at}`,
    frontendPort: 8000 + at,
    backendPort: 8443,
  })),
});

/** Against the real az and the stand-in: how much longer a triage is than one question, and how many processes it takes. */
export async function liveRatios(): Promise<readonly LiveFigure[]> {
  const az = await againstStandIn('2.91.0');
  const figures: LiveFigure[] = [];
  try {
    for (const [members, rules, membership] of [
      [4, 2, 'nic'],
      [100, 5, 'nic'],
      [4, 2, 'uniform'],
    ] as const) {
      az.serve(healthyWorld(shapeOf(members, rules, membership)));
      const show = await run(az, 'az', ['network', 'lb', 'show', ...lb, '-o', 'json']);
      const triage = await run(az, process.execPath, ['dist/azlb.js', 'triage', ...lb, '-o', 'json']);
      const { calls }: Calls = JSON.parse(triage.stdout);
      // The stand-in leaves each action pending for two looks of a second's pause each.
      const looks = calls.filter(({ command }) => isWait(command)).length;
      const waited = calls.filter(({ command }) => isWait(command)).reduce((sum, call) => sum + call.seconds + 1, 0);
      const apart = Math.max(0, triage.seconds - waited / Math.min(rules, 2));
      const named = `${members} members, ${rules} balancing rules${membership === 'uniform' ? ', scale set' : ''}`;
      figures.push({
        what: `triage, ${named}`,
        against: 'az network lb show',
        ratio: apart / show.seconds,
        goal: 4,
        note: `${triage.seconds.toFixed(1)} s, of which about ${(triage.seconds - apart).toFixed(1)} s wait for health; ${show.seconds.toFixed(1)} s`,
      });
      figures.push({
        what: `az processes, ${named}`,
        against: 'one',
        ratio: calls.length - looks + rules,
        goal: 7 + 2 * rules + (membership === 'uniform' ? 3 : 0),
        note: `${looks - rules} more looks at health actions that the stand-in keeps pending`,
      });
    }
  } finally {
    await az.close();
  }
  return figures;
}
