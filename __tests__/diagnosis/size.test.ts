import { expect, test } from '@jest/globals';
import { diagnosisReport } from '../../lib/report/diagnosis-report.ts';
import { render } from '../../lib/report/render.ts';
import { triaged } from '../rules/triaged.ts';
import { subnetDenies } from '../world/changes.ts';
import { healthyWorld } from '../world/healthy.ts';
import { change } from '../world/world.ts';

/** So many members, each behind so many balancing rules. */
function broken(members: number, rules: number) {
  const balancingRules = Array.from({ length: rules }, (_, at) => ({
    name: `rule-${at}`,
    frontendPort: 1000 + at,
    backendPort: 8000 + at,
    probe: 'tcp',
  }));
  const probes = [{ name: 'tcp', protocol: 'Tcp', port: 8000 } as const];
  return change(healthyWorld({ members, balancingRules, probes }), subnetDenies());
}

// 60 members behind 100 ports are a cluster of 60 nodes. What compares each with each took minutes, or more of the stack than there is.
test.each([
  [60, 100],
  [200, 10],
])(
  '%d members behind %d balancing rules, all denied',
  async (members, rules) => {
    const start = performance.now();
    const diagnosis = await triaged(broken(members, rules));
    expect(diagnosis.verdict).toBe('down');
    const text = render(diagnosisReport(diagnosis, { colour: false, width: 100, verbose: false }), {});
    expect(text).toMatch(/DOWN/);
    expect(diagnosis.members).toHaveLength(members);
    for (const { health } of diagnosis.members) expect(health).toHaveLength(rules);
    expect(performance.now() - start).toBeLessThan(60_000);
  },
  90_000,
);
