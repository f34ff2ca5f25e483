import { is } from '../../azure/words.ts';
import { cite, derive } from '../../evidence/fact.ts';
import { defineRule } from '../../rule.ts';
import { changeProbe } from '../../steps/balancer.ts';
import { notice } from '../../steps/looking.ts';
import { deafToProbe } from '../../topology/deaf.ts';
import { comparablePorts, isUnrelated } from '../../topology/probe-port.ts';
import { type ProbedRule, probedRules } from '../../topology/subjects.ts';
import { heldByNobody } from '../set-on-probe.ts';

export default defineRule({
  id: 'probe-port-unrelated',
  layer: 'probe',
  kind: 'risk',
  severity: 'medium',
  title: 'A probe checks a port that carries no traffic',
  why: 'It is allowed (a health endpoint may have a port of its own), but what answers there is not what serves; and where nothing answers there, every member is down at once.',
  docs: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
  explains: ['tcp-probe-timeout', 'member-down'],
  about: probedRules,
  when: isUnrelated,
  wants: { deaf: ({ probe }: ProbedRule) => deafToProbe(probe) },
  check: ({ probe, rule }, _, { deaf = [] }) => {
    const own = deaf.filter(({ balancingRule }) => balancingRule === rule);
    const ports = comparablePorts(probe);
    const facts = {
      port: cite(probe, 'port'),
      backendPorts: derive(ports, ...probe.balancingRules.map((each) => cite(each, 'backendPort'))),
      deaf: derive(deaf.length, ...deaf.map(({ health }) => cite(health, 'reason'))),
    };
    // Where some members answer, the port is right and the fault theirs.
    if (deaf.length === 0) {
      // A health endpoint of its own is a design that Microsoft describes: ports "aren't required to be the same".
      const isEndpoint = !is(probe.protocol, 'Tcp') && (probe.requestPath ?? '') !== '';
      return { facts, ...(isEndpoint ? { severity: 'low' } : {}), explains: [], detail: ports };
    }
    const covers = own.map(({ member, balancingRule }) => ({ member, balancingRule }));
    return { facts, kind: 'fault', severity: 'high', covers, detail: ports };
  },
  message: ({ port, deaf }, { probe }, ports) =>
    `Probe ${probe.name} checks port ${port}, its balancing rules send traffic to ${ports.join(', ')}${deaf > 0 ? '; no member answers the probe' : ''}.`,
  fix: ({ port }, { probe, loadBalancer }, [to, ...others]) => {
    if (to === undefined || others.length > 0)
      return [notice(`Give each balancing rule of ${probe.name} a probe of its own port`)];
    return [
      notice(
        `See first that members answer ${probe.protocol}${probe.requestPath === undefined ? '' : ` ${probe.requestPath}`} on port ${to}, and that ${port} was not meant`,
      ),
      ...heldByNobody(
        probe,
        loadBalancer,
        changeProbe({
          loadBalancerId: loadBalancer.id,
          name: probe.name,
          to: { port: to },
          from: { port },
          keepsNewFields: loadBalancer.hasNewerFields,
          disruptive: `A member that does not answer on port ${to} gets no new flows any more.`,
        }),
      ),
    ];
  },
});
