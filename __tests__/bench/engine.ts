import type { Az } from '../../lib/az/call.ts';
import { evaluate } from '../../lib/collect/evaluate.ts';
import { diagnose } from '../../lib/diagnosis/diagnose.ts';
import { type Ask, askKey } from '../../lib/evidence/ask.ts';
import type { Outcome } from '../../lib/evidence/evidence.ts';
import { open } from '../../lib/evidence/open.ts';
import { read } from '../../lib/evidence/outcome.ts';
import type { Question } from '../../lib/evidence/question.ts';
import { attachedInterfaces } from '../../lib/evidence/questions/attached-interfaces.ts';
import { health } from '../../lib/evidence/questions/health.ts';
import { loadBalancer } from '../../lib/evidence/questions/load-balancer.ts';
import { machine } from '../../lib/evidence/questions/machine.ts';
import { networkInterface } from '../../lib/evidence/questions/network-interface.ts';
import { securityGroup } from '../../lib/evidence/questions/security-group.ts';
import { subnet } from '../../lib/evidence/questions/subnet.ts';
import { rules } from '../../lib/rules/index.generated.ts';
import { normalize } from '../../lib/topology/normalize.ts';
import { triage } from '../../lib/triage/triage.ts';
import { azInMemory } from '../world/az-in-memory.ts';
import { healthyWorld } from '../world/healthy.ts';

export interface EngineRatio {
  readonly ratio: number;
  readonly engineSeconds: number;
  readonly parseSeconds: number;
  readonly megabytes: number;
}

/** One printed answer, and what it answers: a list for a batch. */
interface Printed {
  readonly question: Question<unknown>;
  readonly text: string;
  readonly id: string;
}

const batches: Readonly<Record<string, Question<unknown>>> = {
  'vm get-instance-view': machine,
  'network vnet subnet': subnet,
  'network nsg show': securityGroup,
};

/** What az prints for one load balancer, as triage asks it. */
async function printedAnswers(members: number): Promise<readonly Printed[]> {
  const world = healthyWorld({ members });
  const az = azInMemory(world);
  const target = { kind: 'named', name: 'web-lb', resourceGroup: 'shop-rg', subscription: undefined } as const;
  const asked: Az = az;
  const diagnosis = await triage(asked, target, { recordedAt: world.clock });
  const id = diagnosis.loadBalancer.id;
  const rule = `${id}/loadBalancingRules/https`;
  return az.calls.flatMap(({ argv, stdout }): readonly Printed[] => {
    const verb = argv.slice(0, 3).join(' ');
    if (verb === 'network lb show') return [{ question: loadBalancer, text: stdout, id }];
    if (verb === 'network lb list-nic') return [{ question: attachedInterfaces, text: stdout, id }];
    if (argv[0] === 'rest' && stdout.trim() !== '') return [{ question: health, text: stdout, id: rule }];
    const batch = batches[verb] ?? batches[argv.slice(0, 2).join(' ')];
    return batch ? [{ question: batch, text: stdout, id: '' }] : [];
  });
}

/** The whole engine on each load balancer: validate, normalize, rules, diagnosis; against reading its JSON alone. */
export async function engineRatio(loadBalancers: number, members: number): Promise<EngineRatio> {
  const answers = await printedAnswers(members);
  let parse = 0;
  let engine = 0;
  let bytes = 0;
  const run = (count: boolean): void => {
    const started = performance.now();
    const parsed = answers.map(({ text }): unknown => JSON.parse(text));
    const between = performance.now();
    const verdict = diagnosed(answers, parsed);
    const ended = performance.now();
    if (verdict !== 'ok') throw new Error(`The benchmark's healthy load balancer is ${verdict}`);
    if (!count) return;
    parse += between - started;
    engine += ended - between;
    bytes += answers.reduce((sum, { text }) => sum + text.length, 0);
  };
  for (let warm = 0; warm < 200; warm += 1) run(false);
  for (let at = 0; at < loadBalancers; at += 1) run(true);
  return { ratio: engine / parse, engineSeconds: engine / 1000, parseSeconds: parse / 1000, megabytes: bytes / 1e6 };
}

function diagnosed(answers: readonly Printed[], parsed: readonly unknown[]): string {
  const evidence = new Map<string, Outcome>();
  const keep = (ask: Ask, value: unknown, text: string): void => {
    evidence.set(askKey(ask), read(ask, value, text));
  };
  let id = '';
  answers.forEach(({ question, text, id: about }, at) => {
    const value = parsed[at];
    if (about !== '') keep({ question, id: about }, value, text);
    if (question === loadBalancer) id = about;
    if (about !== '' && question !== attachedInterfaces) return;
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    const each = question === attachedInterfaces ? networkInterface : question;
    for (const item of items) {
      if (typeof item === 'object' && item !== null && 'id' in item)
        keep({ question: each, id: String(item.id) }, item, '');
    }
  });
  const state = open(normalize(evidence, id));
  if (!('known' in state) || 'gone' in state.known) throw new Error('The benchmark asked too little');
  const evaluation = evaluate(rules, state.known);
  const about = { azlb: '', az: '', collectedAt: '', calls: [] };
  return diagnose(state.known, evaluation, about).verdict;
}
