import { type Outcome, printedOutcome, refusal, restRefusal } from './az-errors.ts';
import { type Casing, printed } from './az-printing.ts';
import type { Azure, Response } from './azure.ts';
import { itemsAt, type Json } from './json.ts';

export type Options = ReadonlyMap<string, readonly string[]>;

export interface Invocation {
  readonly azure: Azure;
  readonly options: Options;
  readonly casing: Casing;
  readonly version: string;
  readonly input?: string;
}

type Command = (invocation: Invocation) => Outcome;

const one = (options: Options, name: string): string | undefined => options.get(name)?.[0];

function required(options: Options, name: string): string {
  const value = one(options, name);
  if (value === undefined) throw new Error(`The in-memory az needs --${name}`);
  return value;
}

const scopeOf = ({ azure, options }: Invocation): string => {
  const group = one(options, 'resource-group');
  return `/subscriptions/${one(options, 'subscription') ?? azure.world.subscription}${group === undefined ? '' : `/resourceGroups/${group}`}`;
};

/** Reads one resource by `--resource-group` and names, or several by `--ids`. */
function show(type: string, names: readonly string[] = ['name'], query = ''): Command {
  return (invocation) => {
    const [root = '', ...children] = type.split('/').slice(1);
    const collections = [root, ...children];
    const byName = () =>
      `${scopeOf(invocation)}/providers/${type.split('/')[0]}/${collections.map((each, index) => `${each}/${required(invocation.options, names[index] ?? '')}`).join('/')}`;
    const ids = invocation.options.get('ids') ?? [byName()];
    return many(invocation, ids, (id) => {
      const response = get(invocation.azure, `${id}?api-version=az${query}`);
      return response.status === 200 ? { value: printed(response.body ?? null, invocation.casing) } : refusal(response);
    });
  };
}

type Read = { readonly value: Json } | Outcome;

/**
 * az reads many ids in threads that share one command object: when one fails, some of the others print as `{}` and the
 * exit code is 0 (seen with 2.91). Here the first half of the good ones is lost.
 */
function many(invocation: Invocation, ids: readonly string[], read: (id: string) => Read): Outcome {
  const results = ids.map((id) => ({ id, result: read(id) }));
  const warning =
    ids.length > 0 && invocation.options.has('ids') && invocation.options.has('subscription')
      ? 'WARNING: The argument "--subscription" is ignored, as "--ids" is given.\n'
      : '';
  const failed = results.flatMap(({ id, result }) => ('exitCode' in result ? [{ id, result }] : []));
  const good = results.flatMap(({ result }) => ('value' in result ? [result.value] : []));
  const [firstFailure] = failed;
  if (firstFailure === undefined) return printedOutcome(good.length === 1 ? good[0] : good, warning);
  if (good.length === 0 && failed.length === 1)
    return { ...firstFailure.result, stderr: warning + firstFailure.result.stderr };
  const warnings = failed.map(
    ({ id, result }) =>
      `WARNING: ${id}: "${result.exitCode === 3 ? '3' : result.stderr.replace(/^ERROR: /, '').trimEnd()}"\n`,
  );
  if (good.length === 0)
    return {
      exitCode: 1,
      stdout: '',
      stderr: `${warning}${warnings.join('')}ERROR: Encountered more than one exception.\n`,
    };
  const lost = Math.ceil(good.length / 2);
  const left = [...good.slice(0, lost).map(() => ({})), ...good.slice(lost)];
  return printedOutcome(
    left.length === 1 ? left[0] : left,
    `${warning}${warnings.join('')}WARNING: Encountered more than one exception.\n`,
  );
}

const get = (azure: Azure, url: string): Response => azure.answer({ method: 'GET', url });

function list(type: string): Command {
  return (invocation) => listed(invocation, `${scopeOf(invocation)}/providers/${type}?api-version=az`);
}

function listUnder(type: string, name: string, collection: string, query = ''): Command {
  return (invocation) =>
    listed(
      invocation,
      `${scopeOf(invocation)}/providers/${type}/${required(invocation.options, name)}/${collection}?api-version=az${query}`,
    );
}

function listed({ azure, casing }: Invocation, url: string): Outcome {
  const response = get(azure, url);
  return response.status === 200
    ? printedOutcome(printed([...itemsAt(response.body, 'value')], casing))
    : refusal(response);
}

/** A POST action that az waits for. */
function action(type: string, name: string): Command {
  return (invocation) => {
    const ids = invocation.options.get('ids') ?? [
      `${scopeOf(invocation)}/providers/${type}/${required(invocation.options, 'name')}`,
    ];
    return many(invocation, ids, (id) => {
      const result = finished(
        invocation.azure,
        invocation.azure.answer({ method: 'POST', url: `${id}/${name}?api-version=az` }),
      );
      return result.status === 200 ? { value: printed(result.body ?? null, invocation.casing) } : refusal(result);
    });
  };
}

function finished(azure: Azure, started: Response): Response {
  let response = started;
  while (response.status === 202 && response.headers.Location !== undefined)
    response = get(azure, pathOf(response.headers.Location));
  return response;
}

const pathOf = (url: string): string => url.replace(/^https:\/\/[^/]+/, '');

function rest({ azure, options, input }: Invocation): Outcome {
  const url = required(options, 'url');
  const method = (one(options, 'method') ?? 'get').toUpperCase();
  const content = one(options, 'body') === '@-' ? input : one(options, 'body');
  const response = azure.answer({
    method,
    url: pathOf(url),
    ...(content !== undefined && { body: JSON.parse(content) }),
  });
  const stderr = options.has('verbose') ? verbose(method, url, response) : '';
  if (response.status >= 400) {
    const refused = restRefusal(response);
    return { ...refused, stderr: stderr + refused.stderr };
  }
  return response.body === undefined ? { exitCode: 0, stdout: '', stderr } : printedOutcome(response.body, stderr);
}

const verbose = (method: string, url: string, response: Response): string =>
  [
    `Request URL: '${url.startsWith('/') ? `https://management.azure.com${url}` : url}'`,
    `Request method: '${method}'`,
    'Request headers:',
    "    'Accept': '*/*'",
    'Request body:',
    'None',
    `Response status: ${response.status}`,
    'Response headers:',
    ...Object.entries(response.headers).map(([name, value]) => `    '${name}': '${value}'`),
    'Response content:',
    response.body === undefined ? '' : JSON.stringify(response.body),
  ]
    .map((line) => `INFO: ${line}\n`)
    .join('');

function metricsList(invocation: Invocation): Outcome {
  const { azure, options } = invocation;
  const dimensions = options
    .get('dimension')
    ?.map((each) => `${each} eq '*'`)
    .join(' and ');
  const query = new URLSearchParams({
    metricnames: (options.get('metrics') ?? []).join(','),
    aggregation: (options.get('aggregation') ?? []).join(','),
    $filter: one(options, 'filter') ?? dimensions ?? '',
    top: one(options, 'top') ?? '10',
  });
  const response = get(
    azure,
    `${required(options, 'resource')}/providers/Microsoft.Insights/metrics?${query.toString()}`,
  );
  return response.status === 200 ? printedOutcome(printed(response.body ?? null)) : refusal(response);
}

const accountShow = ({ azure }: Invocation): Outcome =>
  printedOutcome({
    environmentName: 'AzureCloud',
    homeTenantId: azure.world.tenant,
    id: azure.world.subscription,
    isDefault: true,
    managedByTenants: [],
    name: 'Shop production',
    state: 'Enabled',
    tenantId: azure.world.tenant,
    user: { name: 'oncall@shop.example', type: 'user' },
  });

export const commands: Readonly<Record<string, Command>> = {
  version: ({ version }) =>
    printedOutcome({ 'azure-cli': version, 'azure-cli-core': version, 'azure-cli-telemetry': '1.1.0', extensions: {} }),
  'account show': accountShow,
  'network lb show': show('Microsoft.Network/loadBalancers'),
  'network lb list': list('Microsoft.Network/loadBalancers'),
  'network lb list-nic': listUnder('Microsoft.Network/loadBalancers', 'name', 'networkInterfaces'),
  'network nic show': show('Microsoft.Network/networkInterfaces'),
  'network nic list': list('Microsoft.Network/networkInterfaces'),
  'network nic list-effective-nsg': action('Microsoft.Network/networkInterfaces', 'effectiveNetworkSecurityGroups'),
  'network nic show-effective-route-table': action('Microsoft.Network/networkInterfaces', 'effectiveRouteTable'),
  'network vnet show': show('Microsoft.Network/virtualNetworks'),
  'network vnet subnet show': show('Microsoft.Network/virtualNetworks/subnets', ['vnet-name', 'name']),
  'network nsg show': show('Microsoft.Network/networkSecurityGroups'),
  'network nsg list': list('Microsoft.Network/networkSecurityGroups'),
  'network public-ip show': show('Microsoft.Network/publicIPAddresses'),
  'network public-ip list': list('Microsoft.Network/publicIPAddresses'),
  'network route-table show': show('Microsoft.Network/routeTables'),
  'network nat gateway show': show('Microsoft.Network/natGateways'),
  'vm show': show('Microsoft.Compute/virtualMachines'),
  'vm get-instance-view': show('Microsoft.Compute/virtualMachines', ['name'], '&$expand=instanceView'),
  'vm list': list('Microsoft.Compute/virtualMachines'),
  'vmss show': show('Microsoft.Compute/virtualMachineScaleSets'),
  'vmss list': list('Microsoft.Compute/virtualMachineScaleSets'),
  'vmss list-instances': (invocation) =>
    listUnder(
      'Microsoft.Compute/virtualMachineScaleSets',
      'name',
      'virtualMachines',
      `&$expand=${one(invocation.options, 'expand') ?? ''}`,
    )(invocation),
  'vmss nic list': listUnder('Microsoft.Compute/virtualMachineScaleSets', 'vmss-name', 'networkInterfaces'),
  'monitor metrics list': metricsList,
  rest,
};
