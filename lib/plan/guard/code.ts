import { groupOf, idKey, lastSegment, sameId } from '../../azure/ids.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { scopeSaid } from './locks.ts';
import type { Writing } from './writing.ts';

/** By what tags are known that a resource is described in code; none of these tools but Crossplane and azd sets them itself. */
const tools: readonly (readonly [tool: string, sign: RegExp])[] = [
  ['Terraform', /\b(terraform|terragrunt|opentofu)\b|^yor_|\.tf\b/i],
  ['Pulumi', /\bpulumi\b/i],
  ['the Azure Developer CLI', /^azd-(env|service)-name\b/i],
  ['Bicep', /\bbicep\b/i],
  ['Crossplane', /^crossplane-(kind|name|providerconfig)\b/i],
  ['Cluster API', /^sigs\.k8s\.io_cluster-api-provider-azure/i],
  ['Ansible', /\bansible\b/i],
];

/** What to know where tags say that what is written is described in code: its next run undoes what the code doesn't say. */
export function codeNotices(writing: readonly Writing[], evidence: Evidence): readonly string[] {
  const written = writing.flatMap(({ step, writes }) => (step.kind === 'change' ? writes.map(({ id }) => id) : []));
  const isWritten = (id: string): boolean =>
    written.some((each) => sameId(each, id) || idKey(each).startsWith(`${idKey(id)}/`) || sameId(groupOf(each), id));
  const marks = [...evidence.values()].flatMap((outcome) => {
    if (outcome.status !== 'read') return [];
    const { printed } = outcome.answer;
    if (typeof printed !== 'object' || printed === null || !('id' in printed) || !('tags' in printed)) return [];
    if (typeof printed.id !== 'string' || !isWritten(printed.id)) return [];
    const mark = markIn(printed.tags);
    return mark === undefined ? [] : [{ ...mark, id: printed.id }];
  });
  return [...new Set(marks.map(({ tool }) => tool))].map((tool) => {
    const [{ tag, id } = { tag: '', id: '' }] = marks.filter((each) => each.tool === tool);
    const what = id.split('/').length > 5 ? lastSegment(id) : scopeSaid(id);
    return `${tool} seems to write ${what} (tag ${tag}): make the change in the code too, or its next run takes it back`;
  });
}

function markIn(tags: unknown): { readonly tool: string; readonly tag: string } | undefined {
  if (typeof tags !== 'object' || tags === null) return undefined;
  for (const [name, value] of Object.entries(tags)) {
    if (typeof value !== 'string' || /^(no|none|false|not\b.*)$/i.test(value)) continue;
    const tool = tools.find(([, sign]) => sign.test(name) || sign.test(value));
    if (tool) return { tool: tool[0], tag: `${name}=${value}` };
  }
  return undefined;
}
