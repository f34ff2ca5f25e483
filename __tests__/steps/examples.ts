import { changeBalancingRule, changeProbe, repointBalancingRule, writeBack } from '../../lib/steps/balancer.ts';
import { lookAtAnswer, lookAtGuestFirewall, lookForListeners } from '../../lib/steps/guest.ts';
import { joined } from '../../lib/steps/joined.ts';
import {
  lookAtChanges,
  lookAtInterfaces,
  lookAtLoadBalancer,
  lookAtMachine,
  lookAtNic,
  lookAtNodes,
  lookAtRoutes,
  lookAtScaleSet,
  lookAtScaleSets,
  lookAtSecurityGroup,
  lookAtSecurityRules,
  lookInsideGuest,
} from '../../lib/steps/looking.ts';
import { restartMachines, startInstances, startMachines, updateInstances } from '../../lib/steps/machine.ts';
import { guardSubnet } from '../../lib/steps/new-security-group.ts';
import { writeNicBack } from '../../lib/steps/nic.ts';
import {
  addNic,
  addScaleSetToPool,
  placeAddress,
  removeAddress,
  removeNic,
  setAdminState,
} from '../../lib/steps/pool.ts';
import { addProbe, removeProbe } from '../../lib/steps/probe.ts';
import { allowInbound, changeSecurityRule } from '../../lib/steps/security-group.ts';
import type { Step } from '../../lib/steps/step.ts';

const group = '/subscriptions/sub/resourceGroups/-rg/providers';
const lb = `${group}/Microsoft.Network/loadBalancers/web`;
const pool = `${lb}/backendAddressPools/p`;
const nic = `${group}/Microsoft.Network/networkInterfaces/nic`;
const nsg = `${group}/Microsoft.Network/networkSecurityGroups/nsg`;
const vm = `${group}/Microsoft.Compute/virtualMachines/vm`;
const set = `${group}/Microsoft.Compute/virtualMachineScaleSets/set`;
const vnet = `${group}/Microsoft.Network/virtualNetworks/vnet`;

const tcp = { protocol: 'Tcp', port: 80 };
const timing = { intervalInSeconds: 5, probeThreshold: 3, numberOfProbes: 1 };
const http = { name: 'q', protocol: 'Http', port: 80, requestPath: '/up', ...timing };

const saved = (id: string, name: string, version = '2024-05-01') =>
  `az rest --method=get '--url=${id}?api-version=${version}' --output-file=${name}-before.json`;
const lbSaved = saved(lb, 'web', '2025-07-01');
const nsgSaved = saved(nsg, 'nsg');
const check = 'azlb triage G --name=web';
const child = 'G --lb-name=web --name=x';
const whole = 'az network lb update G --name=web --set';
const set1 = 'az vmss update G --name=set';
const modelPools =
  "'virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].ipConfigurations[1].loadBalancerBackendAddressPools'";
const opening = { loadBalancerId: lb, groupId: nsg, denyPriority: 200, takenPriorities: [199], takenNames: [] };
const probeOpening = {
  ...opening,
  name: 'Allow-AzureLB-Probe-80',
  protocol: 'Tcp',
  sources: ['AzureLoadBalancer'],
  ports: [80],
} as const;

/** Steps and the lines they print, G standing for the group's two options and {p}, {lb} for ids. */
export const examples: readonly (readonly [title: string, steps: readonly Step[], lines: readonly string[]])[] = [
  [
    'a probe, by its own command',
    changeProbe({
      loadBalancerId: lb,
      name: 'x',
      to: { port: 8080, protocol: 'Tcp', requestPath: null },
      from: { port: 80, protocol: 'Http', requestPath: '/health?a=1&b=2' },
      keepsNewFields: false,
    }),
    [
      lbSaved,
      `az network lb probe update ${child} --port=8080 --protocol=Tcp --set 'requestPath=null'`,
      check,
      `az network lb probe update ${child} --port=80 --protocol=Http '--path=/health?a=1&b=2'`,
    ],
  ],
  [
    'a probe, through the load balancer',
    changeProbe({
      loadBalancerId: lb,
      name: 'x',
      to: { probeThreshold: 2, intervalInSeconds: 5, numberOfProbes: 1 },
      from: { probeThreshold: 1, intervalInSeconds: 15, numberOfProbes: 2 },
      keepsNewFields: true,
    }),
    [
      lbSaved,
      `${whole} 'probes[name=x].probeThreshold=2' 'probes[name=x].intervalInSeconds=5' 'probes[name=x].numberOfProbes=1'`,
      check,
      `${whole} 'probes[name=x].probeThreshold=1' 'probes[name=x].intervalInSeconds=15' 'probes[name=x].numberOfProbes=2'`,
    ],
  ],
  [
    'a probe field that its own command does not know',
    changeProbe({
      loadBalancerId: lb,
      name: 'x',
      to: { noHealthyBackendsBehavior: 'AllProbedDown' },
      from: { noHealthyBackendsBehavior: 'AllProbedUp' },
      keepsNewFields: false,
    }),
    [
      lbSaved,
      `${whole} 'probes[name=x].noHealthyBackendsBehavior=AllProbedDown'`,
      check,
      `${whole} 'probes[name=x].noHealthyBackendsBehavior=AllProbedUp'`,
    ],
  ],
  [
    'a balancing rule, by its own command',
    changeBalancingRule({
      loadBalancerId: lb,
      name: 'x',
      to: {
        probe: `${lb}/probes/q`,
        backendPort: 8080,
        frontendPort: 80,
        enableTcpReset: true,
        enableFloatingIP: false,
        disableOutboundSnat: true,
        idleTimeoutInMinutes: 15,
        loadDistribution: 'Default',
        protocol: 'Tcp',
      },
      from: { probe: null },
      keepsNewFields: false,
    }),
    [
      lbSaved,
      `az network lb rule update ${child} --probe-name={lb}/probes/q --backend-port=8080 --frontend-port=80 --enable-tcp-reset=true --enable-floating-ip=false --disable-outbound-snat=true --idle-timeout=15 --load-distribution=Default --protocol=Tcp`,
      check,
      `az network lb rule update ${child} --set 'probe=null'`,
    ],
  ],
  [
    'a balancing rule, through the load balancer',
    changeBalancingRule({
      loadBalancerId: lb,
      name: 'x',
      to: { probe: `${lb}/probes/q`, enableTcpReset: true },
      from: { probe: null, enableTcpReset: false },
      keepsNewFields: true,
    }),
    [
      lbSaved,
      `${whole} 'loadBalancingRules[name=x].probe.id={lb}/probes/q' 'loadBalancingRules[name=x].enableTcpReset=true'`,
      check,
      `${whole} 'loadBalancingRules[name=x].probe=null' 'loadBalancingRules[name=x].enableTcpReset=false'`,
    ],
  ],
  [
    'a balancing rule to another pool',
    repointBalancingRule({
      loadBalancerId: lb,
      name: 'x',
      toPoolId: `${pool}2`,
      fromPoolId: pool,
      keepsNewFields: false,
    }),
    [
      lbSaved,
      `az network lb rule update ${child} --backend-pools-name={p}2`,
      check,
      `az network lb rule update ${child} --backend-pools-name={p}`,
    ],
  ],
  [
    'the same through the load balancer: both pool fields at once',
    repointBalancingRule({
      loadBalancerId: lb,
      name: 'x',
      toPoolId: `${pool}2`,
      fromPoolId: pool,
      keepsNewFields: true,
    }),
    [
      lbSaved,
      `${whole} 'loadBalancingRules[name=x].backendAddressPool.id={p}2' 'loadBalancingRules[name=x].backendAddressPools[0].id={p}2'`,
      check,
      `${whole} 'loadBalancingRules[name=x].backendAddressPool.id={p}' 'loadBalancingRules[name=x].backendAddressPools[0].id={p}'`,
    ],
  ],
  [
    'a pool for a balancing rule that has none: there is no list to set the first of, and nothing to go back to',
    repointBalancingRule({ loadBalancerId: lb, name: 'x', toPoolId: pool, fromPoolId: null, keepsNewFields: true }),
    [lbSaved, `${whole} 'loadBalancingRules[name=x].backendAddressPool.id={p}'`, check],
  ],
  [
    'a new probe, used at once',
    joined(
      addProbe({ loadBalancerId: lb, probe: { name: 'q', ...tcp }, position: 1, keepsNewFields: false }),
      changeBalancingRule({
        loadBalancerId: lb,
        name: 'x',
        to: { probe: `${lb}/probes/q` },
        from: { probe: null },
        keepsNewFields: false,
      }),
    ),
    [
      lbSaved,
      'az network lb probe create G --lb-name=web --name=q --protocol=Tcp --port=80',
      `az network lb rule update ${child} --probe-name={lb}/probes/q`,
      check,
      `az network lb rule update ${child} --set 'probe=null'`,
      'az network lb probe delete G --lb-name=web --name=q',
    ],
  ],
  [
    'a new probe, through the load balancer',
    addProbe({ loadBalancerId: lb, probe: { name: 'q', ...tcp }, position: 1, keepsNewFields: true }),
    [
      lbSaved,
      `az network lb update G --name=web --add probes '{"name":"q","properties":{"protocol":"Tcp","port":80}}'`,
      check,
      'az network lb update G --name=web --remove probes 1',
    ],
  ],
  [
    'a probe that nothing uses',
    removeProbe({ loadBalancerId: lb, probe: http, position: 2, keepsNewFields: false }),
    [
      lbSaved,
      'az network lb probe delete G --lb-name=web --name=q',
      check,
      'az network lb probe create G --lb-name=web --name=q --protocol=Http --port=80 --path=/up --interval=5 --probe-threshold=3 --number-of-probes=1',
    ],
  ],
  [
    'the same through the load balancer, with what its own command does not know',
    removeProbe({
      loadBalancerId: lb,
      probe: { ...http, noHealthyBackendsBehavior: 'AllProbedUp' },
      position: 2,
      keepsNewFields: true,
    }),
    [
      lbSaved,
      'az network lb update G --name=web --remove probes 2',
      check,
      `az network lb update G --name=web --add probes '{"name":"q","properties":{"protocol":"Http","port":80,"requestPath":"/up","intervalInSeconds":5,"probeThreshold":3,"numberOfProbes":1,"noHealthyBackendsBehavior":"AllProbedUp"}}'`,
    ],
  ],
  [
    'writing the load balancer back',
    writeBack(lb),
    [lbSaved, `${whole} tags.triage=reput`, check, 'az network lb update G --name=web --remove tags.triage'],
  ],
  [
    'an interface whose last change failed',
    writeNicBack({ nicId: nic, loadBalancerId: lb }),
    [
      saved(nic, 'nic'),
      'az network nic update G --name=nic --set tags.triage=reput',
      check,
      'az network nic update G --name=nic --remove tags.triage',
    ],
  ],
  [
    'an address without a virtual network',
    placeAddress({ poolId: pool, address: 'a', virtualNetworkId: vnet }),
    [lbSaved, `az network lb address-pool address update G --lb-name=web --pool-name=p --name=a --vnet=${vnet}`, check],
  ],
  [
    'where members could come from, and who changed what',
    [lookAtScaleSets(lb), lookAtInterfaces(lb), lookAtScaleSet(set), lookAtChanges(lb), lookAtNodes()],
    [
      'az vmss list G',
      'az network nic list G',
      'az vmss show G --name=set',
      `az monitor activity-log list --subscription=sub --resource-group= --resource-id=${lb} --offset=7d --max-events=1000`,
      'kubectl get nodes --output=wide',
    ],
  ],
  [
    'an admin state',
    setAdminState({ poolId: pool, address: 'a', to: 'None', from: 'Down' }),
    [
      lbSaved,
      'az network lb address-pool address update G --lb-name=web --pool-name=p --name=a --admin-state=None',
      check,
      'az network lb address-pool address update G --lb-name=web --pool-name=p --name=a --admin-state=Down',
    ],
  ],
  [
    'an address out of a pool',
    removeAddress({ poolId: pool, address: 'a', ip: '10.0.0.4' }),
    [
      lbSaved,
      'az network lb address-pool address remove G --lb-name=web --pool-name=p --name=a',
      check,
      'az network lb address-pool address add G --lb-name=web --pool-name=p --name=a --ip-address=10.0.0.4',
    ],
  ],
  ...([addNic, removeNic] as const).map((build) => {
    const verbs = build === addNic ? ['add', 'remove'] : ['remove', 'add'];
    const [change = '', undo = ''] = verbs.map(
      (verb) => `az network nic ip-config address-pool ${verb} G --nic-name=nic --ip-config-name=ip --address-pool={p}`,
    );
    return [
      `a NIC, ${verbs[0]}`,
      build({ poolId: pool, ipConfigurationId: `${nic}/ipConfigurations/ip` }),
      [lbSaved, saved(nic, 'nic'), change, check, undo],
    ] as const;
  }),
  [
    'a scale set into a pool: the model, then the instances',
    addScaleSetToPool({
      scaleSetId: set,
      poolId: pool,
      networkInterface: 0,
      ipConfiguration: 1,
      position: 2,
      instanceIds: ['0', '3'],
    }),
    [
      lbSaved,
      saved(set, 'set', '2024-07-01'),
      `${set1} --add ${modelPools} 'id={p}'`,
      'az vmss update-instances G --name=set --instance-ids 0 3',
      check,
      `${set1} --remove ${modelPools} 2`,
      'az vmss update-instances G --name=set --instance-ids 0 3',
    ],
  ],
  [
    'a machine that was stopped',
    startMachines({ machineIds: [vm], was: 'stopped', loadBalancerId: lb }),
    ['az vm start G --name=vm', check, 'az vm stop G --name=vm'],
  ],
  [
    'a machine that was deallocated',
    startMachines({ machineIds: [vm], was: 'deallocated', loadBalancerId: lb }),
    ['az vm start G --name=vm', check, 'az vm deallocate G --name=vm'],
  ],
  [
    'a restart has no way back',
    restartMachines({ machineIds: [vm], loadBalancerId: lb }),
    ['az vm restart G --name=vm', check],
  ],
  [
    'instances of a scale set',
    startInstances({ scaleSetId: set, instanceIds: ['1', '2'], was: 'deallocated', loadBalancerId: lb }),
    ['az vmss start G --name=set --instance-ids 1 2', check, 'az vmss deallocate G --name=set --instance-ids 1 2'],
  ],
  [
    'instances that lag behind',
    updateInstances({ scaleSetId: set, instanceIds: ['1'], loadBalancerId: lb }),
    ['az vmss update-instances G --name=set --instance-ids 1', check],
  ],
  [
    'the probe let in, name and priority taken',
    allowInbound({ ...probeOpening, takenPriorities: [199, 198], takenNames: ['allow-azurelb-probe-80'] }),
    [
      nsgSaved,
      'az network nsg rule create G --nsg-name=nsg --name=Allow-AzureLB-Probe-80-2 --priority=197 --direction=Inbound --access=Allow --protocol=Tcp --source-address-prefixes=AzureLoadBalancer --destination-port-ranges=80',
      check,
      'az network nsg rule delete G --nsg-name=nsg --name=Allow-AzureLB-Probe-80-2',
    ],
  ],
  [
    'clients let in before a default rule',
    allowInbound({
      ...opening,
      name: 'web',
      protocol: '*',
      sources: ['10.0.0.0/8', 'Internet'],
      ports: [80, '443-444'],
      denyPriority: 65500,
    }),
    [
      nsgSaved,
      "az network nsg rule create G --nsg-name=nsg --name=web --priority=4096 --direction=Inbound --access=Allow '--protocol=*' --source-address-prefixes 10.0.0.0/8 Internet --destination-port-ranges 80 443-444",
      check,
      'az network nsg rule delete G --nsg-name=nsg --name=web',
    ],
  ],
  [
    'no room before the deny',
    allowInbound({ ...probeOpening, denyPriority: 101, takenPriorities: [100] }),
    [
      'az network nsg show G --name=nsg',
      '# No priority is free in nsg before 101: the rule that denies must move first',
    ],
  ],
  [
    'a security rule changed',
    changeSecurityRule({
      loadBalancerId: lb,
      groupId: nsg,
      name: 'web',
      to: { ports: [80, 8080], sources: ['*'] },
      from: { ports: ['80'], sources: ['10.0.0.0/8'] },
    }),
    [
      nsgSaved,
      "az network nsg rule update G --nsg-name=nsg --name=web '--source-address-prefixes=*' --destination-port-ranges 80 8080",
      check,
      'az network nsg rule update G --nsg-name=nsg --name=web --source-address-prefixes=10.0.0.0/8 --destination-port-ranges=80',
    ],
  ],
  [
    'a subnet without a group',
    guardSubnet({
      loadBalancerId: lb,
      location: 'westeurope',
      subnetId: `${vnet}/subnets/s`,
      openings: [{ protocol: 'Tcp', port: 80 }],
    }),
    [
      'az network nsg list --resource-group=-rg --subscription=sub',
      'az network vnet subnet show G --vnet-name=vnet --name=s',
      saved(`${vnet}/subnets/s`, 's', '2024-07-01'),
      'az network nsg create G --name=s-nsg --location=westeurope',
      'az network nsg rule create G --nsg-name=s-nsg --name=Allow-Clients-Tcp --priority=200 --direction=Inbound --access=Allow --protocol=Tcp --source-address-prefixes=Internet --destination-port-ranges 80',
      'az network vnet subnet update G --vnet-name=vnet --name=s --nsg=s-nsg',
      check,
      'az network vnet subnet update G --vnet-name=vnet --name=s --nsg=null',
      'az network nsg rule delete G --nsg-name=s-nsg --name=Allow-Clients-Tcp',
      'az network nsg delete G --name=s-nsg',
    ],
  ],
  [
    'looking',
    [
      lookAtSecurityRules(nic),
      lookAtRoutes(nic),
      lookAtNic(nic),
      lookAtMachine(vm),
      lookAtSecurityGroup(nsg),
      lookAtLoadBalancer(lb),
      lookInsideGuest(vm, 'Linux', 'ss -ltn'),
      lookInsideGuest(vm, 'Windows', 'Get-NetTCPConnection -State Listen'),
    ],
    [
      'az network nic list-effective-nsg G --name=nic',
      'az network nic show-effective-route-table G --name=nic',
      'az network nic show G --name=nic',
      'az vm get-instance-view G --name=vm',
      'az network nsg show G --name=nsg',
      'az network lb show G --name=web',
      "az vm run-command invoke G --name=vm --command-id=RunShellScript '--scripts=ss -ltn'",
      "az vm run-command invoke G --name=vm --command-id=RunPowerShellScript '--scripts=Get-NetTCPConnection -State Listen'",
    ],
  ],
];

/** Looks from inside a member, in its system's shell. */
export const insideExamples: readonly (readonly [title: string, steps: readonly Step[], lines: readonly string[]])[] = [
  [
    'a Linux machine',
    [...lookForListeners({ id: vm, system: 'Linux' }), ...lookAtAnswer({ id: vm, system: 'Linux' }, "http://a/'b")],
    [
      "az vm run-command invoke G --name=vm --command-id=RunShellScript '--scripts=ss -ltnp'",
      "az vm run-command invoke G --name=vm --command-id=RunShellScript '--scripts=curl -vgk -m 30 -o /dev/null '\\''http://a/'\\''\\'\\'''\\''b'\\'''",
    ],
  ],
  [
    'a Windows machine',
    [
      ...lookAtGuestFirewall({ id: vm, system: 'Windows' }),
      ...lookAtAnswer({ id: vm, system: 'Windows' }, 'http://a/’b'),
    ],
    [
      "az vm run-command invoke G --name=vm --command-id=RunPowerShellScript '--scripts=Get-NetFirewallRule -Enabled True -Direction Inbound -Action Block'",
      "az vm run-command invoke G --name=vm --command-id=RunPowerShellScript '--scripts=curl.exe -vgk -m 30 -o NUL '\\''http://a/’’b'\\'''",
    ],
  ],
  [
    'an instance of a Uniform scale set whose system is not known',
    lookForListeners({ id: `${set}/virtualMachines/7`, system: undefined }),
    [
      "az vmss run-command invoke G --name=set --instance-id=7 --command-id=RunShellScript '--scripts=ss -ltnp'",
      "az vmss run-command invoke G --name=set --instance-id=7 --command-id=RunPowerShellScript '--scripts=Get-NetTCPConnection -State Listen'",
    ],
  ],
];

/** The lines as printed: what the examples abbreviate, spelled out. */
export function spelledOut(line: string): string {
  return line
    .replace(/^(az(?:lb)? [a-z -]+?) G\b/, '$1 --resource-group=-rg --subscription=sub')
    .replaceAll('{p}', pool)
    .replaceAll('{lb}', lb)
    .replaceAll('{vnet}', vnet);
}
