import { AzError } from '../../lib/az/errors.ts';
import { triage } from '../../lib/triage/triage.ts';
import type { Diagnosis, Finding } from '../../schemas/diagnosis.generated.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { change, type World } from '../world/world.ts';
import type { Injection } from './fault.ts';
import { type AzFault, azFaultAmong, type Trial } from './trial.ts';

/** What a diagnosis should have said and did not; nothing when it is right. */
export interface Judgement {
  readonly trial: Trial;
  readonly diagnosis: Diagnosis | undefined;
  readonly azFault: AzFault | undefined;
  readonly wrong: readonly string[];
}

export async function judge(trial: Trial): Promise<Judgement> {
  try {
    return await judged(trial);
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { trial, diagnosis: undefined, azFault: undefined, wrong: [`threw ${told}`] };
  }
}

async function judged(trial: Trial): Promise<Judgement> {
  const az = azInMemory(trial.world, { version: trial.version });
  const diagnosis = await diagnosed(trial, az);
  const plain = [...wrongIn(trial, diagnosis), ...wrongFix(trial, diagnosis)];
  if (trial.kind !== 'az') return { trial, diagnosis, azFault: undefined, wrong: plain };
  const azFault = azFaultAmong(az.requests, trial.random);
  const { without, wrong, diagnosis: lessKnown } = await underFault(trial, diagnosis, azFault);
  return { trial, diagnosis: lessKnown ?? without, azFault, wrong };
}

const diagnosed = ({ scene, world }: Trial, az: ReturnType<typeof azInMemory>): Promise<Diagnosis> =>
  triage(
    az,
    { kind: 'named', name: scene.target.name, resourceGroup: scene.target.group, subscription: undefined },
    { recordedAt: world.clock },
  );

function wrongIn(trial: Trial, diagnosis: Diagnosis): readonly string[] {
  if (trial.rights !== undefined) return wrongWithRights(trial, diagnosis, trial.rights.measured);
  if (trial.injections.length === 0) return wrongOfHealthy(trial, diagnosis);
  return [...wrongCauses(trial, diagnosis), ...wrongVerdict(trial, diagnosis)];
}

const goodVerdicts: readonly string[] = ['at-risk', 'ok'];

/** A healthy world is `ok`, where health can be measured at all and there is nothing to be said against its shape. */
function wrongOfHealthy({ scene, injections }: Trial, { verdict, findings }: Diagnosis): readonly string[] {
  if (injections.length > 0) return [];
  const serious = findings.filter(isSerious);
  const stray = serious.filter(({ rule }) => !isAllowed({ scene, injections }, rule));
  const wanted = wantedVerdicts(scene, serious.length > 0);
  return [
    ...stray.map((finding) => `${finding.severity} ${finding.key} in a healthy world`),
    ...(wanted.includes(verdict) || stray.length > 0
      ? []
      : [`verdict ${verdict} of a healthy world, not ${wanted.join(' or ')}`]),
  ];
}

/** Where health can't be measured nobody can say that all is well; what is wrong all the same may be said. */
function wantedVerdicts({ sku, isGlobal }: Trial['scene'], hasSerious: boolean): readonly string[] {
  if (sku === 'Basic') return hasSerious ? ['unknown', 'at-risk'] : ['unknown'];
  // An address in a Global one's health is a regional frontend's: whose, its own answer doesn't tell.
  if (isGlobal) return ['ok', 'unknown'];
  return hasSerious ? ['at-risk'] : ['ok'];
}

const isSerious = ({ severity }: Finding): boolean => ['critical', 'high', 'medium'].includes(severity);

/** What may be said of a world that works: a Basic load balancer is retired, a single member has no other. */
function isAllowed({ scene, injections }: Pick<Trial, 'scene' | 'injections'>, rule: string): boolean {
  const isBroken = injections.length > 0;
  if (rule === 'basic-sku-retired') return scene.sku === 'Basic';
  // It matters only beside something that makes a member fail, and then it may.
  if (rule === 'member-vm-unhealthy-platform')
    return isBroken && scene.told.some((each) => each.includes('the agent of'));
  const counts = new Map<string, number>();
  for (const { pool } of scene.members) counts.set(pool, (counts.get(pool) ?? 0) + 1);
  const hasSingle = [...counts.values()].includes(1);
  return hasSingle && (rule === 'single-member-serving' || rule === 'members-in-one-zone');
}

function causesOf(trial: Trial, { causes, findings }: Diagnosis): readonly Finding[] {
  return causes
    .flatMap((key) => findings.find((finding) => finding.key === key) ?? [])
    .filter(({ rule }) => !isAllowed(trial, rule));
}

function wrongCauses(trial: Trial, diagnosis: Diagnosis): readonly string[] {
  const { injections, visible } = trial;
  const causes = causesOf(trial, diagnosis);
  const hidden = injections.filter((each) => !visible.includes(each));
  const isBeside = ({ rule }: Finding) => trial.scene.besides?.includes(rule);
  const guessed = hidden
    .filter(({ shows }) => shows === 'answer')
    .filter((each) =>
      causes.some((cause) => tells(cause, each) && !isBeside(cause) && !visible.some((other) => tells(cause, other))),
    )
    .map(({ told }) => `a cause is what can't be seen: ${told}`);
  const [only] = visible;
  if (visible.length !== 1 || only === undefined) {
    const missed = visible.filter((each) => !causes.some((cause) => tells(cause, each)));
    return [...guessed, ...missed.map(({ names, told }) => `no cause is ${names.join(' or ')}: ${told}`)];
  }
  const isOfHidden = (cause: Finding) => hidden.some((each) => each.shows !== 'answer' && isAt(cause, each));
  const [first] = causes.filter((cause) => tells(cause, only) || !(isOfHidden(cause) || isBeside(cause)));
  if (first !== undefined && tells(first, only)) return guessed;
  return [...guessed, `first cause is ${first?.key ?? 'none'}, not ${only.names.join(' or ')}: ${only.told}`];
}

const tells = (cause: Finding, injection: Injection): boolean =>
  injection.names.some((name) => name === cause.rule) && isAt(cause, injection);

function isAt({ on, affects }: Finding, { at }: Injection): boolean {
  const like = (text: string) => text.toLowerCase().replaceAll('_', '-');
  const places = [on, ...affects].map((each) => `/${like(each)}/`);
  return at.some((part) => places.some((place) => place.includes(like(part))));
}

function wrongVerdict({ injections, visible, scene }: Trial, { verdict }: Diagnosis): readonly string[] {
  if (visible.length === 0) return [];
  const stops = visible.some((each) => each.stops);
  if (stops && (goodVerdicts.includes(verdict) || (verdict === 'unknown' && scene.sku === 'Standard')))
    return [`verdict ${verdict} although traffic stops: ${injections.map(({ told }) => told).join('; ')}`];
  return verdict === 'ok' ? [`verdict ok although ${injections.map(({ told }) => told).join('; ')}`] : [];
}

/** With fewer rights less may be known; nothing may be called fine that isn't. */
function wrongWithRights(trial: Trial, diagnosis: Diagnosis, measured: boolean): readonly string[] {
  const { verdict } = diagnosis;
  const stopping = trial.injections.filter(({ stops }) => stops);
  const causes = causesOf(trial, diagnosis);
  const isNamed = verdict === 'at-risk' && stopping.every((each) => causes.some((cause) => tells(cause, each)));
  if (stopping.length > 0)
    return goodVerdicts.includes(verdict) && !isNamed
      ? [
          `verdict ${verdict} with fewer rights although traffic stops: ${trial.injections.map(({ told }) => told).join('; ')}`,
        ]
      : [];
  if (trial.injections.length > 0) return [];
  if (measured || trial.scene.sku !== 'Standard') return wrongOfHealthy(trial, diagnosis);
  return verdict === 'ok' || verdict === 'at-risk' ? [`verdict ${verdict} though health was not read`] : [];
}

/** What a platform owns is not written by az. */
function wrongFix({ scene }: Trial, { findings }: Diagnosis): readonly string[] {
  if (!scene.isManaged) return [];
  return findings.flatMap(({ key, fix }) =>
    (fix?.steps ?? [])
      .filter(({ argv, kind }) => kind === 'change' && /^az network (lb|nic|nsg) /.test(argv.slice(0, 4).join(' ')))
      .map(({ command }) => `${key} writes what AKS owns: ${command ?? ''}`),
  );
}

async function underFault(
  trial: Trial,
  without: Diagnosis,
  azFault: AzFault,
): Promise<{ readonly without: Diagnosis; readonly diagnosis?: Diagnosis; readonly wrong: readonly string[] }> {
  const world: World = change(trial.world, azFault.change);
  try {
    const diagnosis = await diagnosed({ ...trial, world }, azInMemory(world, { version: trial.version }));
    return { without, diagnosis, wrong: wrongUnderFault(azFault, without, diagnosis) };
  } catch (error) {
    // Without the load balancer there is nothing to say.
    const isItself = azFault.request.toLowerCase() === `get ${trial.scene.lbId.toLowerCase()}`;
    if (isItself && error instanceof AzError) return { without, wrong: [] };
    throw error;
  }
}

const rank = (verdict: string): number => ['down', 'masked', 'degraded', 'unknown', 'at-risk', 'ok'].indexOf(verdict);

function wrongUnderFault({ kind, request }: AzFault, without: Diagnosis, diagnosis: Diagnosis): readonly string[] {
  const { verdict, calls, notEvaluated } = diagnosis;
  const of = `${kind} on ${request}`;
  if (kind === 'slow')
    return verdict === without.verdict ? [] : [`verdict ${verdict}, not ${without.verdict}, when az is slow`];
  // Those of whom nothing is known any more may be up: then it is degraded at least.
  const isDoubtful = verdict === 'degraded' && diagnosis.balancingRules.some(({ members }) => members.unknown > 0);
  const isBetter = verdict !== 'unknown' && !isDoubtful && rank(verdict) > rank(without.verdict);
  const isLost = diagnosis.members.some((member, index) => {
    return (
      member.health.some(({ state }) => state === 'unknown') ||
      (without.members[index]?.powerState !== null && member.powerState === null)
    );
  });
  const failed = calls.filter(({ status }) => status === 'failed');
  return [
    ...(isBetter ? [`verdict ${verdict}, without the fault ${without.verdict}: ${of}`] : []),
    ...(verdict === 'ok' && isLost ? [`verdict ok although a member could not be read: ${of}`] : []),
    ...(failed.length === 0 || failed.some(({ because }) => because === null)
      ? [`no call is told to have failed: ${of}`]
      : []),
    ...(verdict === 'unknown' &&
    without.verdict !== 'unknown' &&
    !notEvaluated.some(({ because }) => because.includes('az '))
      ? [`verdict unknown and no gap names its command: ${of}`]
      : []),
  ];
}
