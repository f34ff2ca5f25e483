import { stat } from 'node:fs/promises';
import { parseId } from '../../lib/azure/ids.ts';
import type { Target } from '../../lib/collect/target.ts';
import { ExpectationError } from '../../lib/expect/error.ts';
import type { Expectation } from '../../lib/expect/expectation.ts';
import { speaksOf } from '../../lib/expect/match.ts';
import { readExpectations } from '../../lib/expect/read.ts';
import { clean } from '../../lib/report/clean.ts';
import type { Diagnoses } from '../../schemas/diagnoses.generated.ts';
import type { Diagnosis } from '../../schemas/diagnosis.generated.ts';
import { note } from './output.ts';
import { UsageError } from './usage-error.ts';

export interface ExpectOptions {
  readonly expect?: string | undefined;
  readonly mask?: boolean | undefined;
  readonly onlyShowErrors?: boolean | undefined;
}

/** Found in the current folder without being named. */
const usualFile = 'azlb.yaml';

export interface Expected {
  readonly all: readonly Expectation[];
  /** What the file says of what is looked at. Throws an ExpectationError where it was named and says nothing of it. */
  readonly of: (target: Target) => readonly Expectation[];
}

/** The file of --expect, or azlb.yaml where the current folder has one, read before az is asked. */
export async function expectedBy({ expect: named, mask, onlyShowErrors }: ExpectOptions): Promise<Expected> {
  const isFound = named === undefined;
  const announce = (text: string) => note(`azlb: ${clean(text)}`);
  const tell = (text: string) => {
    if (onlyShowErrors !== true) announce(text);
  };
  const nothing: Expected = { all: [], of: () => [] };
  if (named === 'none') return nothing;
  if (isFound && (await stat(usualFile).catch(() => undefined))?.isFile() !== true) return nothing;
  const file = named ?? usualFile;
  if (mask === true) {
    if (!isFound) throw new UsageError('--mask changes the names that --expect speaks of: leave one of them out.');
    tell(`${usualFile} is left aside, as --mask changes the names that it speaks of.`);
    return nothing;
  }
  const all = await readExpectations(file).catch((error: unknown) => {
    if (!isFound || !(error instanceof ExpectationError)) throw error;
    throw new ExpectationError(`${error.message}\n(found in this folder; --expect none goes without it)`);
  });
  const of = (target: Target): readonly Expectation[] => {
    const own = spokenOf(file, all, target);
    if (own.length > 0) {
      // Always: whoever can put a file here, as in a pull request, could silence a finding with it.
      if (isFound) announce(`compared with ${usualFile} of this folder (--expect none goes without it).`);
      return own;
    }
    const names = all.map(({ loadBalancer = '?' }) => loadBalancer).join(', ');
    const text = `${file} says nothing of ${nameIn(target) ?? 'these load balancers'}; it speaks of ${names}.`;
    if (!isFound) throw new ExpectationError(text);
    tell(text);
    return [];
  };
  return { all, of };
}

/** Load balancers that the file speaks of and that are not among those of a group or subscription. */
export function absentNote(expectations: readonly Expectation[], said: Diagnosis | Diagnoses): string | undefined {
  if (!('loadBalancers' in said)) return undefined;
  const there = [...said.loadBalancers, ...said.notAsked].map(({ loadBalancer }) => loadBalancer);
  const absent = expectations.filter((one) => !there.some((each) => speaksOf(one, each)));
  const [first] = absent;
  if (first === undefined) return undefined;
  const names = absent.map(({ loadBalancer = '' }) => loadBalancer).join(', ');
  return clean(`${first.file} speaks of ${names}: not among these load balancers.`);
}

function spokenOf(file: string, all: readonly Expectation[], target: Target): readonly Expectation[] {
  const name = nameIn(target);
  if (name !== undefined) {
    const resourceGroup = target.kind === 'named' ? target.resourceGroup : groupIn(target);
    return all.filter((one) => speaksOf(one, { name, resourceGroup }));
  }
  const nameless = all.find(({ loadBalancer }) => loadBalancer === undefined);
  if (nameless === undefined) return all;
  throw new ExpectationError(
    `${file} does not say of which load balancer it speaks, and there are several: add loadBalancer: NAME, or name one with -n.`,
  );
}

function nameIn(target: Target): string | undefined {
  if (target.kind === 'named') return target.name;
  return target.kind === 'id' ? parseId(target.id)?.name : undefined;
}

const groupIn = (target: Target): string | undefined =>
  target.kind === 'id' ? parseId(target.id)?.resourceGroup : undefined;
