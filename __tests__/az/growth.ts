import type { Call } from '../../lib/az/call.ts';
import { classify } from '../../lib/az/classify.ts';
import { isTooDeep, parsed } from '../../lib/az/json.ts';
import { readStderr } from '../../lib/az/stderr.ts';
import { exchange, reducedStderr } from '../../lib/az/verbose.ts';
import { parseId, scaleSetInstance } from '../../lib/azure/ids.ts';
import { canonical, isForeign } from '../../lib/evidence/canonical.ts';
import { health } from '../../lib/evidence/questions/health.ts';
import { placeIn } from '../../lib/evidence/source.ts';
import { masks } from '../../lib/masking/mask.ts';
import { parseRange } from '../../lib/network/address.ts';
import { isGranted } from '../../lib/plan/guard/granted.ts';
import { question } from '../../lib/recording/question.ts';
import { clean, escapeHarmful, isHarmful } from '../../lib/report/clean.ts';
import { tableText } from '../../lib/report/table.ts';
import { tsvText } from '../../lib/report/tsv.ts';
import { yamlText } from '../../lib/report/yaml.ts';
import { bashQuoted } from '../../lib/shell/bash.ts';
import { ownerOf } from '../../lib/topology/owner.ts';

const call = (more: Partial<Call>): Call => ({
  argv: ['version'],
  exitCode: 1,
  stdout: '',
  stderr: '',
  seconds: 1,
  ...more,
});

const masked = (more: Partial<Call>) => masks().call(call(more), { argv: [] });

/** Every place where text from outside is read by patterns or letter by letter. */
export const readers: Readonly<Record<string, (text: string) => unknown>> = {
  exchange: (text) =>
    exchange(
      `INFO: Request URL: '${text}'\nINFO: Response headers:\nINFO:     'Location': '${text}'\nINFO:     'Retry-After': '${text}'\n`,
    ),
  'exchange without its end': (text) => exchange(`INFO: Request URL: '${text}\nINFO: Response status: ${text}`),
  'the way to a result': (text) =>
    health.follow?.next(
      `INFO: Request URL: 'https://a/b'\nINFO: Response headers:\nINFO:     'Location': 'https://a/${text}'\n`,
    ),
  'what of --verbose is kept': reducedStderr,
  'az on stderr': (text) => readStderr(text),
  'an ERROR': (text) => readStderr(`ERROR: ${text}`),
  'a refusal of az rest': (text) => readStderr(`ERROR: Forbidden({"error":{"code":"${text}`),
  'a failure': (text) => classify(call({ stderr: text })),
  'a failure that is told': (text) => classify(call({ stderr: `ERROR: (NotFound) ${text}` })),
  'a refused action': (text) => classify(call({ stderr: `ERROR: (AuthorizationFailed) ${text}` })),
  'a throttled call': (text) => classify(call({ stderr: `ERROR: (TooManyRequests) ${text}` })),
  'a login': (text) => classify(call({ stderr: `ERROR: AADSTS1 ${text}` })),
  'an answer that is none': (text) => classify(call({ exitCode: 0, stdout: text })),
  'an answer': (text) => classify(call({ exitCode: 0, stdout: JSON.stringify({ name: text }) })),
  depth: (text) => [isTooDeep(text), parsed(text)],
  'older answers': (text) => isForeign(`null${text}`) && canonical({ properties: { a: text } }),
  'a masked sentence': (text) => masks().text(text),
  'a masked id': (text) => masks().id(text),
  'a masked path': (text) => masks().id(`/subscriptions/${text}`),
  'a masked name': (text) => masks().name(text, 'lb'),
  'a masked refusal': (text) => masked({ stderr: `ERROR: ${text}` }),
  'masked text': (text) => masked({ stdout: text }),
  'masked JSON': (text) =>
    masked({
      stdout: JSON.stringify({
        name: text,
        id: `/subscriptions/${text}`,
        message: text,
        x: text,
        url: `https://${text}`,
        ipAddress: text,
        tags: { [text]: text },
        [text]: text,
        resourceGroup: text,
        addressPrefix: text,
        instanceId: text,
      }),
    }),
  'what masks stand for': (text) => masks().real(text),
  'a question': (text) => question(['rest', '--method=get', `--url=/subscriptions/${text}`, `--filter=${text}`], text),
  'an id': (text) => [
    parseId(text),
    parseId(`/subscriptions/${text}`),
    scaleSetInstance(text),
    scaleSetInstance(`/subscriptions/a/resourceGroups/b/providers/Microsoft.Compute/virtualMachineScaleSets/${text}`),
  ],
  'an address': (text) => parseRange(text),
  'an owner': (text) => ownerOf(text, text, { [text]: text }),
  'a right': (text) => [isGranted(text, [{ actions: [text] }]), isGranted(text, [{ actions: [`*${text}*`] }])],
  'a citation': (text) => placeIn({ answer: { command: 'az', printed: { [text]: text } } }, text),
  'clean text': (text) => [clean(text), isHarmful(text), escapeHarmful(text)],
  yaml: (text) => yamlText({ [text]: text }),
  'table and TSV': (text) => [tableText([{ a: text }]), tsvText([{ a: text }])],
  bash: (text) => bashQuoted(['az', text]),
};

/** Of these are the texts that showed what grew faster than its length. */
export const units = [
  '#',
  '*',
  '*a',
  '/',
  "'a",
  '.',
  'https://.',
  ' ::',
  '\n',
  'mc_',
  '/subscriptions/',
  'eyJaaaaaaaa.',
  'é',
] as const;
