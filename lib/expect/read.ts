import { constants, open, stat } from 'node:fs/promises';
import type {
  StatedLoadBalancer,
  StatedMembers,
  StatedPool,
  StatedProbe,
} from '../../schemas/expectation.generated.ts';
import { sameName } from '../azure/ids.ts';
import { is } from '../azure/words.ts';
import { nearestOf } from '../nearest.ts';
import { expectationRuleIds, ruleIds } from '../rule-ids.generated.ts';
import { fileTextOf } from '../words/file-text.ts';
import { quoted } from '../words/quoted.ts';
import { type Located, located, type Path, placed } from './document.ts';
import { ExpectationError } from './error.ts';
import type { Expectation, ExpectedMembers, ExpectedProbe, Stated } from './expectation.ts';
import { misfits } from './misfit.ts';

/** Some hundred load balancers are described in less. */
const mostBytes = 256 * 1024;

/** Reads an expectation file. Throws an ExpectationError that names file, line, column and what was meant. */
export async function readExpectations(file: string): Promise<readonly Expectation[]> {
  return expectationsIn(file, await textOf(file));
}

async function textOf(file: string): Promise<string> {
  const unreadable = (error: unknown): never => {
    throw new ExpectationError(`${file} can't be read: ${String(error).replace(/^Error: /, '')}.`);
  };
  // A pipe would be waited for, and a device can do anything when it is opened.
  if (!(await stat(file).catch(unreadable)).isFile()) throw new ExpectationError(`${file} is no file.`);
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(unreadable);
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new ExpectationError(`${file} is no file.`);
    if (found.size > mostBytes) {
      throw new ExpectationError(`${file} has ${found.size} bytes; an expectation file has ${mostBytes} at the most.`);
    }
    const text = fileTextOf(await handle.readFile());
    if (text === undefined) throw new ExpectationError(`${file} is not written in UTF-8.`);
    return text;
  } finally {
    await handle.close();
  }
}

/**
 * The same of a text that is at hand.
 * @internal for its test
 */
export async function expectationsIn(file: string, text: string): Promise<readonly Expectation[]> {
  const document = located(file, text);
  const list = await checked(file, document);
  const expectations = list.map(({ stated, path }) => expectationFrom(file, document, stated, path));
  const faults = [
    ...list.flatMap(({ stated, path }) => meaningless(file, document, stated, path)),
    ...ambiguous(expectations),
  ];
  if (faults.length > 0) throw new ExpectationError(faults.slice(0, 10).join('\n'));
  return expectations;
}

interface Placed {
  readonly stated: StatedLoadBalancer;
  readonly path: Path;
}

async function checked(file: string, located: Located): Promise<readonly Placed[]> {
  // The validators are loaded only where there is a file to check.
  const { formOf } = await import('./form.ts');
  const form = formOf(located.value);
  if ('errors' in form) throw new ExpectationError(misfits(file, located, form.errors).join('\n'));
  const { document } = form;
  if (!('loadBalancers' in document)) return [{ stated: document, path: [] }];
  return document.loadBalancers.map((stated, at) => ({ stated, path: ['loadBalancers', at] }));
}

function expectationFrom(file: string, document: Located, stated: StatedLoadBalancer, path: Path): Expectation {
  const lineOf = (...more: Path): number => document.atKey([...path, ...more]).line;
  const said = <T>(value: T | undefined, ...more: Path): Stated<T> | undefined =>
    value === undefined ? undefined : { value, line: lineOf(...more) };
  return {
    file,
    line: lineOf(),
    loadBalancer: stated.loadBalancer,
    resourceGroup: stated.resourceGroup,
    owner: stated.owner,
    normalCheck: stated.normalCheck,
    escalation: stated.escalation,
    rollBackWhen: stated.rollBackWhen,
    environment: said(stated.environment, 'environment'),
    pools: Object.entries(stated.pools ?? {}).map(([name, pool]) => ({
      name,
      line: lineOf('pools', name),
      members: said(membersFrom(pool), 'pools', name, 'members'),
      smallestHealthy: said(pool.smallestHealthy, 'pools', name, 'smallestHealthy'),
      zones: said(pool.zones?.map(String), 'pools', name, 'zones'),
      approvedSubnets: said(pool.approvedSubnets, 'pools', name, 'approvedSubnets'),
      probe: said(probeFrom(pool.probe), 'pools', name, 'probe'),
      standby: said(pool.standby, 'pools', name, 'standby'),
    })),
    balancingRules: Object.entries(stated.balancingRules ?? {}).map(([name, rule]) => ({
      name,
      line: lineOf('balancingRules', name),
      pool: said(rule.pool, 'balancingRules', name, 'pool'),
      probe: said(probeFrom(rule.probe), 'balancingRules', name, 'probe'),
    })),
    accepted: (stated.accepted ?? []).map(({ rule, on, because }, at) => ({
      rule,
      on,
      because,
      line: lineOf('accepted', at),
    })),
  };
}

function membersFrom({ members }: StatedPool): ExpectedMembers | undefined {
  if (members === undefined) return undefined;
  if (typeof members === 'number') return { by: 'count', count: members };
  if (isNames(members)) return { by: 'names', names: members, count: undefined };
  const { scaleSet, subnet, count } = members;
  if (scaleSet !== undefined) return { by: 'scaleSet', name: scaleSet, count };
  return subnet === undefined ? { by: 'count', count } : { by: 'subnet', name: subnet, count };
}

function isNames(
  members: Exclude<StatedPool['members'], undefined | number>,
): members is readonly string[] & typeof members {
  return Array.isArray(members);
}

function probeFrom(probe: StatedProbe | undefined): ExpectedProbe | undefined {
  return probe && { protocol: probe.protocol?.toLowerCase(), port: probe.port, path: probe.path };
}

/** What has the right form and still means nothing. */
function meaningless(
  file: string,
  document: Located,
  { pools = {}, balancingRules = {}, accepted = [], ...stated }: StatedLoadBalancer,
  path: Path,
): readonly string[] {
  const fault = (text: string, ...more: Path) => placed(file, document.atKey([...path, ...more]), text);
  const probes = [
    ...Object.entries(pools).map(([name, { probe }]) => ({ probe, place: ['pools', name, 'probe'] })),
    ...Object.entries(balancingRules).map(([name, { probe }]) => ({ probe, place: ['balancingRules', name, 'probe'] })),
  ];
  const known = [...ruleIds, ...expectationRuleIds];
  return [
    ...(path.length > 0 && stated.loadBalancer === undefined
      ? [fault('say which load balancer this is, as there may be others: loadBalancer: NAME.')]
      : []),
    ...Object.entries(pools).flatMap(([name, { members }]) =>
      isStatedMembers(members) && members.scaleSet !== undefined && members.subnet !== undefined
        ? [fault(`members of ${name} are either a scaleSet or a subnet.`, 'pools', name, 'members')]
        : [],
    ),
    ...probes.flatMap(({ probe, place }) =>
      probe?.path !== undefined && is(probe.protocol, 'Tcp')
        ? [fault('a tcp probe asks for no path: leave path out, or say http or https.', ...place, 'path')]
        : [],
    ),
    ...accepted.flatMap(({ rule }, at) => {
      if (known.some((id) => id === rule)) return [];
      const meant = nearestOf(rule, known);
      const hint = meant === undefined ? 'azlb rules lists them.' : `Did you mean ${meant}?`;
      return [fault(`there is no rule ${quoted(rule)}. ${hint}`, 'accepted', at, 'rule')];
    }),
  ];
}

function isStatedMembers(members: StatedPool['members']): members is StatedMembers {
  return typeof members === 'object' && !Array.isArray(members);
}

/** Two descriptions of one load balancer: nobody could say which one counts. */
function ambiguous(expectations: readonly Expectation[]): readonly string[] {
  return expectations.flatMap((one, at) => {
    const earlier = expectations.slice(0, at).find((other) => {
      const anyGroup = one.resourceGroup === undefined || other.resourceGroup === undefined;
      if (!anyGroup && !sameName(one.resourceGroup, other.resourceGroup)) return false;
      return one.loadBalancer === other.loadBalancer || sameName(one.loadBalancer, other.loadBalancer);
    });
    if (earlier === undefined || one.loadBalancer === undefined) return [];
    const text = `${one.loadBalancer} is described in line ${earlier.line} already; tell two of one name apart by resourceGroup.`;
    return [placed(one.file, { line: one.line, column: 1 }, text)];
  });
}
