import type { Response } from './arm-answers.ts';
import { failed, type Outcome, printedOutcome, refusal, restOutcome } from './az-errors.ts';
import { type AzVersion, dialectOf, printed } from './az-printing.ts';
import type { Azure } from './azure.ts';
import { isObject, itemsAt, type Json } from './json.ts';

export type Options = ReadonlyMap<string, readonly string[]>;

export interface Invocation {
  readonly azure: Azure;
  readonly command: string;
  readonly options: Options;
  readonly version: AzVersion;
  /** Whether warnings reach stderr. */
  readonly warns: boolean;
  readonly input?: string;
}

type Command = (invocation: Invocation) => Outcome;

const one = (options: Options, name: string): string | undefined => options.get(name)?.[0];

function required(options: Options, name: string): string {
  const value = one(options, name);
  if (value === undefined) throw new Error(`The in-memory az needs --${name}`);
  return value;
}

function scopeOf({ azure, options }: Invocation): string {
  const group = one(options, 'resource-group');
  return `/subscriptions/${azure.world.subscription}${group === undefined ? '' : `/resourceGroups/${group}`}`;
}

/** az looks a subscription up in its own login before it asks anything. */
function inSubscription(command: Command): Command {
  return (invocation) => {
    const asked = one(invocation.options, 'subscription');
    const { subscription } = invocation.azure.world;
    if (asked === undefined || invocation.options.has('ids') || [subscription, SUBSCRIPTION_NAME].includes(asked))
      return command(invocation);
    return failed(`ERROR: Subscription '${asked}' not found. Check the spelling and casing and try again.\n`);
  };
}

const SUBSCRIPTION_NAME = 'Shop production';

/** Reads one resource by `--resource-group` and names, or several by `--ids`. */
function show(type: string, names: readonly string[] = ['name'], query = ''): Command {
  return inSubscription((invocation) =>
    many(invocation, idsOf(invocation, type, names), (id) =>
      read(invocation, get(invocation.azure, `${id}?api-version=az${query}`)),
    ),
  );
}

function idsOf(invocation: Invocation, type: string, names: readonly string[]): readonly string[] {
  const [namespace, ...collections] = type.split('/');
  const path = () =>
    collections.map((each, index) => `${each}/${required(invocation.options, names[index] ?? '')}`).join('/');
  return invocation.options.get('ids') ?? [`${scopeOf(invocation)}/providers/${namespace}/${path()}`];
}

type Read = { readonly value: Json } | Outcome;

const read = ({ version, command }: Invocation, response: Response): Read =>
  refusal(response) ?? { value: printed(response.body ?? null, dialectOf(version, command)) };

/**
 * az reads many ids in threads that share one command object. Results come in any order, here backwards; when one fails,
 * some of the others print as `{}` and the exit code is 0 (seen with 2.91). Here the first half of the good ones is lost.
 */
function many({ options, warns }: Invocation, ids: readonly string[], ask: (id: string) => Read): Outcome {
  const results = ids.map((id) => ({ id, result: ask(id) })).toReversed();
  const said = (warning: string) => (warns ? `WARNING: ${warning}\n` : '');
  const ignored =
    options.has('ids') && options.has('subscription')
      ? said("option '--subscription' will be ignored due to use of '--ids'.")
      : '';
  const failures = results.flatMap(({ id, result }) => ('exitCode' in result ? [{ id, result }] : []));
  const good = results.flatMap(({ result }) => ('value' in result ? [result.value] : []));
  const [firstFailure] = failures;
  if (firstFailure === undefined) return printedOutcome(good.length === 1 ? good[0] : good, ignored);
  const timedOut = failures.find(({ result }) => result.timedOut);
  if (timedOut !== undefined) return timedOut.result;
  if (good.length === 0 && failures.length === 1)
    return { ...firstFailure.result, stderr: ignored + firstFailure.result.stderr };
  const warnings = failures
    .map(({ id, result }) => said(`${id}: "${result.stderr.replace(/^ERROR: /, '').trimEnd()}"`))
    .join('');
  // No ERROR line at all: with warnings off, stderr is empty.
  if (good.length === 0) return failed(ignored + warnings);
  const lost = Math.floor(good.length / 2);
  const left = good.map((value, index) => (index < lost ? {} : value));
  return printedOutcome(
    left.length === 1 ? left[0] : left,
    `${ignored}${warnings}${said('Encountered more than one exception.')}`,
  );
}

const get = (azure: Azure, url: string): Response => azure.answer({ method: 'GET', url });

const list = (type: string): Command =>
  inSubscription((invocation) => listed(invocation, `${scopeOf(invocation)}/providers/${type}?api-version=az`));

const listUnder = (type: string, name: string, collection: string): Command =>
  inSubscription((invocation) => {
    const expand = one(invocation.options, 'expand');
    const query = expand === undefined ? '' : `&$expand=${expand}`;
    return listed(
      invocation,
      `${scopeOf(invocation)}/providers/${type}/${required(invocation.options, name)}/${collection}?api-version=az${query}`,
    );
  });

function listed(invocation: Invocation, url: string): Outcome {
  const response = get(invocation.azure, url);
  const { version, command } = invocation;
  return (
    refusal(response) ?? printedOutcome(printed([...itemsAt(response.body, 'value')], dialectOf(version, command)))
  );
}

/** A POST action that az waits for. */
const action = (type: string, name: string): Command =>
  inSubscription((invocation) =>
    many(invocation, idsOf(invocation, type, ['name']), (id) =>
      read(
        invocation,
        finished(invocation.azure, invocation.azure.answer({ method: 'POST', url: `${id}/${name}?api-version=az` })),
      ),
    ),
  );

function checkAddress(invocation: Invocation): Outcome {
  const { azure, options, version, command } = invocation;
  const network = `${scopeOf(invocation)}/providers/Microsoft.Network/virtualNetworks/${required(options, 'name')}`;
  const url = `${network}/CheckIPAddressAvailability?ipAddress=${required(options, 'ip-address')}&api-version=az`;
  const response = get(azure, url);
  return refusal(response) ?? printedOutcome(printed(response.body ?? null, dialectOf(version, command)));
}

function finished(azure: Azure, started: Response): Response {
  let response = started;
  while (response.status === 202 && response.fault === undefined && response.headers.Location !== undefined) {
    response = get(azure, pathOf(response.headers.Location));
  }
  return response;
}

const pathOf = (url: string): string => url.replace(/^https:\/\/[^/]+/, '');

function rest({ azure, options, input, warns }: Invocation): Outcome {
  const url = required(options, 'url');
  const method = (one(options, 'method') ?? 'get').toUpperCase();
  const content = one(options, 'body') === '@-' ? input : one(options, 'body');
  const response = azure.answer({
    method,
    url: pathOf(url),
    ...(content !== undefined && { body: JSON.parse(content) }),
  });
  const outcome = restOutcome(response, warns);
  return { ...outcome, stderr: (options.has('verbose') ? verbose(azure, method, url, response) : '') + outcome.stderr };
}

const verbose = (azure: Azure, method: string, url: string, response: Response): string =>
  [
    `Request URL: '${url.startsWith('/') ? `${azure.endpoint}${url}` : url}'`,
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
  const url = `${required(options, 'resource')}/providers/Microsoft.Insights/metrics?${query.toString()}`;
  const result = read(invocation, get(azure, url));
  return 'value' in result ? printedOutcome(result.value) : result;
}

const accountShow = ({ azure }: Invocation): Outcome =>
  printedOutcome({
    environmentName: 'AzureCloud',
    homeTenantId: azure.world.tenant,
    id: azure.world.subscription,
    isDefault: true,
    managedByTenants: [],
    name: SUBSCRIPTION_NAME,
    state: 'Enabled',
    tenantId: azure.world.tenant,
    user: { name: 'oncall@shop.example', type: 'user' },
  });

/** The resource module prints ARM's body as it is, with these nulls. */
function groupOf(body: Json | undefined): Json {
  const { managedBy = null, tags = null, ...rest } = isObject(body) ? body : {};
  return { ...rest, managedBy, tags };
}

const groupShow = inSubscription(({ azure, options }) => {
  const id = `/subscriptions/${azure.world.subscription}/resourcegroups/${required(options, 'name')}`;
  const response = get(azure, `${id}?api-version=az`);
  return refusal(response) ?? printedOutcome(groupOf(response.body));
});

const groupList = inSubscription(({ azure }) => {
  const response = get(azure, `/subscriptions/${azure.world.subscription}/resourceGroups?api-version=az`);
  return refusal(response) ?? printedOutcome(itemsAt(response.body, 'value').map(groupOf));
});

export const commands: Readonly<Record<string, Command>> = {
  version: ({ version }) =>
    printedOutcome({
      'azure-cli': version,
      'azure-cli-core': version,
      'azure-cli-telemetry': version === '2.91.0' ? '1.1.0' : '1.0.8',
      extensions: {},
    }),
  'account show': inSubscription(accountShow),
  'group show': groupShow,
  'group list': groupList,
  'aks show': show('Microsoft.ContainerService/managedClusters'),
  'lock list': list('Microsoft.Authorization/locks'),
  'network lb show': show('Microsoft.Network/loadBalancers'),
  'network lb list': list('Microsoft.Network/loadBalancers'),
  'network lb list-nic': listUnder('Microsoft.Network/loadBalancers', 'name', 'networkInterfaces'),
  'network nic show': show('Microsoft.Network/networkInterfaces'),
  'network nic list': list('Microsoft.Network/networkInterfaces'),
  'network nic list-effective-nsg': action('Microsoft.Network/networkInterfaces', 'effectiveNetworkSecurityGroups'),
  'network nic show-effective-route-table': action('Microsoft.Network/networkInterfaces', 'effectiveRouteTable'),
  'network vnet show': show('Microsoft.Network/virtualNetworks'),
  'network vnet list': list('Microsoft.Network/virtualNetworks'),
  'network vnet subnet show': show('Microsoft.Network/virtualNetworks/subnets', ['vnet-name', 'name']),
  'network vnet check-ip-address': inSubscription(checkAddress),
  'network nsg show': show('Microsoft.Network/networkSecurityGroups'),
  'network nsg list': list('Microsoft.Network/networkSecurityGroups'),
  'network public-ip show': show('Microsoft.Network/publicIPAddresses'),
  'network public-ip list': list('Microsoft.Network/publicIPAddresses'),
  'network route-table show': show('Microsoft.Network/routeTables'),
  'network nat gateway show': show('Microsoft.Network/natGateways'),
  'network private-link-service show': show('Microsoft.Network/privateLinkServices'),
  'network private-link-service list': list('Microsoft.Network/privateLinkServices'),
  'vm show': show('Microsoft.Compute/virtualMachines'),
  'vm get-instance-view': show('Microsoft.Compute/virtualMachines', ['name'], '&$expand=instanceView'),
  'vm list': list('Microsoft.Compute/virtualMachines'),
  'vmss show': show('Microsoft.Compute/virtualMachineScaleSets'),
  'vmss list': list('Microsoft.Compute/virtualMachineScaleSets'),
  'vmss list-instances': listUnder('Microsoft.Compute/virtualMachineScaleSets', 'name', 'virtualMachines'),
  'vmss nic show': show('Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces', [
    'vmss-name',
    'instance-id',
    'name',
  ]),
  'vmss nic list': listUnder('microsoft.Compute/virtualMachineScaleSets', 'vmss-name', 'networkInterfaces'),
  'monitor metrics list': metricsList,
  rest: inSubscription(rest),
};
