import { sameName } from '../../azure/ids.ts';
import { is } from '../../azure/words.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { ruleOf } from '../../rule.ts';
import { setOnProbe } from '../../rules/set-on-probe.ts';
import { checkWithTriage, notice } from '../../steps/looking.ts';
import type { Probe, Topology } from '../../topology/model.ts';
import { everyBalancingRule, type RuleSubject } from '../../topology/subjects.ts';
import type { Expectation, ExpectedProbe, Stated } from '../expectation.ts';
import type { ExpectationOf } from '../match.ts';
import { writtenAt } from '../subjects.ts';

interface ProbeExpected extends RuleSubject {
  readonly expectation: Expectation;
  readonly probe: Stated<ExpectedProbe>;
}

/** What is said of a balancing rule itself goes before what is said of its pool. */
const probedAs = (of: ExpectationOf) => (topology: Topology) => {
  const expectation = of(topology.loadBalancer);
  if (!expectation) return [];
  return everyBalancingRule(topology).flatMap((subject): readonly ProbeExpected[] => {
    const { name, pools } = subject.rule;
    const own = expectation.balancingRules.find((each) => sameName(each.name, name))?.probe;
    const ofPool = expectation.pools.find((each) => each.probe && pools.some((pool) => sameName(pool.name, each.name)));
    const probe = own ?? ofPool?.probe;
    return probe ? [{ ...subject, expectation, probe }] : [];
  });
};

const isDown = (really: string | undefined): boolean => really === 'down';

export default (of: ExpectationOf) =>
  ruleOf({
    id: 'expected-probe-differs',
    layer: 'probe',
    kind: 'risk',
    severity: 'high',
    title: 'A probe asks something else than the readiness its owner named',
    why: 'What answers on another port or path does not say that the application is ready: a member whose listener died stays in rotation, or one that is ready is taken out.',
    docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    explains: [
      'tcp-probe-timeout',
      'http-no-response',
      'http-status-error',
      'http-endpoint-unreachable',
      'member-down',
    ],
    about: probedAs(of),
    when: ({ rule, probe: { value } }) => rule.probe === undefined || differences(rule.probe, value).length > 0,
    wants: { health: ({ rule }: ProbeExpected) => rule.health },
    check: ({ expectation, rule, probe: said }, _, { health }) => {
      const { probe } = rule;
      const states = rule.members.map((member) => health?.members.get(member)?.really);
      // Where some members answer it, it is not the probe that keeps the others down.
      const isCause = probe !== undefined && states.length > 0 && states.every(isDown);
      return {
        kind: isCause ? 'fault' : 'risk',
        ...(isCause ? {} : { explains: [] }),
        facts: {
          expected: derive(wordsOf(said.value)),
          ...writtenAt(expectation, said),
          probe: probe
            ? derive(asked(probe), ...differences(probe, said.value).map((field) => cite(probe, field)))
            : derive(null, cite({ source: rule.source, probe: undefined }, 'probe')),
        },
        detail: probe,
      };
    },
    message: ({ expected }, { rule }, probe) =>
      probe === undefined
        ? `${rule.name} has no probe; expected is ${expected}.`
        : `Probe ${probe.name} of ${rule.name} asks ${asked(probe)}; expected is ${expected}.`,
    fix: ({ expected }, { loadBalancer, probe: { value }, rule }, probe) => {
      if (probe === undefined)
        return [
          notice(`Give ${rule.name} a probe: ${expected}, after a look at whether its members answer that`),
          checkWithTriage(loadBalancer.id),
        ];
      const protocol = value.protocol && value.protocol[0]?.toUpperCase() + value.protocol.slice(1);
      const isTcp = is(protocol ?? probe.protocol, 'Tcp');
      const wanted = {
        ...(protocol === undefined ? {} : { protocol }),
        ...(value.port === undefined ? {} : { port: value.port }),
        ...(value.path === undefined
          ? isTcp && probe.requestPath
            ? { requestPath: null }
            : {}
          : { requestPath: value.path }),
      };
      const now = {
        ...(protocol === undefined ? {} : { protocol: probe.protocol }),
        ...(value.port === undefined ? {} : { port: probe.port }),
        ...('requestPath' in wanted ? { requestPath: probe.requestPath ?? null } : {}),
      };
      return [
        ...setOnProbe(
          { probe, loadBalancer },
          wanted,
          now,
          `See first that the members of ${rule.name} answer ${expected}`,
        ),
      ];
    },
  });

/** The fields of a probe that are not as its owner says; what the owner doesn't say may be anything. */
function differences(
  probe: Probe,
  { protocol, port, path }: ExpectedProbe,
): readonly ('protocol' | 'port' | 'requestPath')[] {
  return [
    ...(protocol === undefined || sameName(protocol, probe.protocol) ? [] : (['protocol'] as const)),
    ...(port === undefined || port === probe.port ? [] : (['port'] as const)),
    ...(path === undefined || path === probe.requestPath ? [] : (['requestPath'] as const)),
  ];
}

const asked = ({ protocol, port, requestPath }: Probe): string =>
  wordsOf({ protocol: protocol.toLowerCase(), port, path: requestPath });

/** `http, port 8443, path /healthz`. */
function wordsOf({ protocol, port, path }: ExpectedProbe): string {
  const parts = [
    protocol,
    port === undefined ? undefined : `port ${port}`,
    path === undefined ? undefined : `path ${path}`,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
