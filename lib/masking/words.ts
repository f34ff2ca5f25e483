import { keptValues } from './kept-values.generated.ts';

/** Azure's own words: what stays as it is because it says nothing of whose it is, and rules read it. */

/** What the thing after a type, or in a collection, is called in its mask: `…/probes/web-probe` becomes `…/probes/probe-1`. */
const kinds: Readonly<Record<string, string>> = {
  resourcegroups: 'group',
  loadbalancers: 'lb',
  frontendipconfigurations: 'frontend',
  backendaddresspools: 'pool',
  loadbalancerbackendaddresses: 'address',
  loadbalancingrules: 'rule',
  outboundrules: 'outbound-rule',
  inboundnatrules: 'nat-rule',
  inboundnatpools: 'nat-pool',
  probes: 'probe',
  networkinterfaces: 'nic',
  networkinterfaceconfigurations: 'nic',
  ipconfigurations: 'ip-config',
  networksecuritygroups: 'nsg',
  securityrules: 'rule',
  defaultsecurityrules: 'rule',
  applicationsecuritygroups: 'asg',
  virtualnetworks: 'vnet',
  subnets: 'subnet',
  publicipaddresses: 'ip',
  publicipprefixes: 'ip-prefix',
  natgateways: 'nat',
  routetables: 'route-table',
  routes: 'route',
  virtualmachines: 'vm',
  computername: 'vm',
  virtualmachinescalesets: 'set',
  availabilitysets: 'availability-set',
  disks: 'disk',
  osdisk: 'disk',
  datadisks: 'disk',
  adminusername: 'user',
  managedclusters: 'cluster',
};

const otherKinds = ['name', 'subscription', 'tag', 'value'];

/** Every kind of mask, for recognizing one. */
export const everyKind: readonly string[] = [...new Set([...Object.values(kinds), ...otherKinds])];

export function nameKindOf(collection: string): string | undefined {
  const name = collection.toLowerCase();
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

const keptNames = new Set(
  [
    'AllowVnetInBound',
    'AllowAzureLoadBalancerInBound',
    'DenyAllInBound',
    'AllowVnetOutBound',
    'AllowInternetOutBound',
    'DenyAllOutBound',
    'AzureFirewallSubnet',
    'AzureFirewallManagementSubnet',
    'AzureBastionSubnet',
    'GatewaySubnet',
    'RouteServerSubnet',
    'kubernetes',
    'kubernetes-internal',
  ].map((name) => name.toLowerCase()),
);

/** Names that Azure gives, or that say who owns a load balancer. */
export function isKeptName(name: string): boolean {
  return keptNames.has(name.toLowerCase());
}

/** The part of a tag's key from which the owner is read: all of one of theirs, else what it begins with. */
export function keptTag(key: string): string {
  return (
    /^(?:(?:aks-managed-(?:cluster-name|cluster-rg|coordination|createoperationid|creationsource|kubeletidentityclientid|operationid|orchestrator|poolname|resourcenamesuffix)|k8s-azure-(?:cluster-name|service|dns-label-service))$|aks-managed-|k8s-azure-|kubernetes\.io(?![\w.]))/i.exec(
      key,
    )?.[0] ?? ''
  );
}

/** Azure's own words, codes, ports and times, as the schemas of its answers say. What they don't say is masked. */
export function isKeptValue(property: string, value: string): boolean {
  const name = property.toLowerCase();
  return value.length <= longestWord && Object.hasOwn(keptValues, name) && keptValues[name]?.test(value) === true;
}

const longestWord = 80;

/** What a `sku` has: a load balancer's, a cluster's, or a machine's size (`Standard_D2s_v5`), of which there are new ones each year. */
export function isSkuWord(value: string): boolean {
  return /^(Basic|Standard(V2)?|Gateway|Service|Regional|Global|Base|Automatic|Free|Premium|(Basic|Standard)_[A-Z]{1,3}\d[\w-]*)$/i.test(
    value,
  );
}

/** What a metric, its unit or one of its dimensions is called. */
export function isMetricWord(value: string): boolean {
  return /^((Dip|Vip|GlobalBackend)Availability|Percent|Count|(Backend|Frontend)(IPAddress|Port)|ProtocolType|Direction|(Microsoft\.)?ResourceId)$/i.test(
    value,
  );
}

/**
 * A service tag, some with a region, or `*`, in a security rule or a route: Azure has new ones each month, and takes no
 * word that is none.
 */
export function isServiceTag(property: string, value: string): boolean {
  return (
    /^((expanded)?(source|destination)|addressPrefix)/i.test(property) &&
    /^(\*|[A-Za-z]\w*(\.[A-Za-z0-9]+)*)$/.test(value)
  );
}

/** Properties that hold an address, a prefix, a service tag or `*`. */
export function isAddressProperty(property: string): boolean {
  return /^(ip|(private|public)ip|source|destination|expanded(source|destination))?address(prefix(es)?|es)?$/i.test(
    property,
  );
}

/** Properties that hold secrets, whatever is in them: dropped, not masked. */
export function isSecretProperty(property: string): boolean {
  return /^(settings|protectedSettings|publicSettings|protectedSettingsFromKeyVault|customData|userData|secrets?|adminPassword|password|ssh|publicKeys|keyData|certificates?|(access|primary|secondary|client|account)\w*(token|key|secret)|\w*(sas|connectionString|commandToExecute|script))$/i.test(
    property,
  );
}

/** Properties that hold sentences of Azure's, with names in them. */
export function isSentenceProperty(property: string): boolean {
  return /^(message|details|errorMessage|requestPath|path)$/i.test(property);
}

const sentenceWords = new Set(
  `a an and any are at authorization be by can cannot check client code could deny error failed find for forbidden found
  from group has have id if in info invalid is it location login many message name network no not object of on or over
  please property reason request requests resource response retry role run scope server status subscription tenant that
  the this to token too type under url user virtual was were with within action perform permission machine message
  public private internet http https tcp udp warning`.split(/\s+/),
);

/** Words of which Azure's sentences are made: a thing called so is masked in ids and names, not in prose. */
export function isSentenceWord(word: string): boolean {
  return sentenceWords.has(word.toLowerCase());
}

const keptHosts =
  /(^|\.)(management\.(azure\.com|usgovcloudapi\.net|chinacloudapi\.cn|microsoftazure\.de)|aka\.ms|microsoft\.com|microsoftonline\.(com|us)|login\.windows\.net|login\.chinacloudapi\.cn)$/i;

/** Azure's own hosts, and this machine. A name of somebody's before one (contoso.sharepoint…) is not among them. */
export function isKeptHost(host: string): boolean {
  return keptHosts.test(host) || /^localhost$/i.test(host);
}
