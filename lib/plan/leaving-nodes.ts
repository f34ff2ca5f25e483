import { machineOf } from '../diagnosis/members.ts';
import type { Step } from '../steps/step.ts';
import type { Member } from '../topology/model.ts';

/** Label by which a cluster's controller leaves a node out of its load balancers (kubernetes.io, well-known labels). */
const excluded = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** A node leaves by what its cluster is told: its controller writes the pools, and undoes what others write there. */
export function nodesLeave(members: readonly Member[]): readonly Step[] {
  const nodes = [...new Set(members.map(nodeOf))];
  const left = nodes.map((node): Step => {
    const title = `Have the cluster leave node ${node} out of its load balancers`;
    const disruptive = 'The node gets no new connection of any Service.';
    return { kind: 'change', title, argv: kubectl('label', 'node', node, `${excluded}=true`), disruptive };
  });
  return [
    ...nodes.map(
      (node): Step => ({
        kind: 'look',
        title: `See that ${node} is what the cluster calls this node`,
        argv: kubectl('get', 'node', node, '--output=wide'),
        disruptive: null,
      }),
    ),
    ...left,
    ...left
      .map(
        (change, at): Step => ({
          kind: 'undo',
          title: `Let it be in them again`,
          argv: kubectl('label', 'node', nodes[at] ?? '', `${excluded}-`),
          disruptive: null,
          undoes: change,
        }),
      )
      .toReversed(),
  ];
}

const kubectl = (...words: readonly string[]): readonly string[] => ['kubectl', ...words];

/** An instance's computer is called by its set's name and its number in 6 digits of base 36. */
function nodeOf(member: Member): string {
  const { instance } = member;
  const number = Number(instance?.instanceId);
  if (instance !== undefined && Number.isInteger(number)) {
    return `${instance.scaleSet}${number.toString(36).padStart(6, '0')}`.toLowerCase();
  }
  return (machineOf(member)?.name ?? member.name).toLowerCase();
}
