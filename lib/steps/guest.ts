import { scaleSetInstance } from '../azure/ids.ts';
import type { Guest } from '../topology/guest.ts';
import { lookInsideGuest } from './looking.ts';
import type { Step } from './step.ts';
import { nameOf, nameOptions, option } from './where.ts';

type Scripts = Readonly<Record<'Linux' | 'Windows', string>>;

/** Runs a script that only reads inside a member, in its system's shell; without the system known, in both to choose from. */
function lookInside({ id, system }: Guest, scripts: Scripts): readonly Step[] {
  const systems = system === undefined ? (['Linux', 'Windows'] as const) : [system];
  return systems.map((one) =>
    scaleSetInstance(id) ? lookInsideInstance(id, one, scripts[one]) : lookInsideGuest(id, one, scripts[one]),
  );
}

/** An instance of a Uniform scale set has a command of its own. */
function lookInsideInstance(id: string, system: 'Linux' | 'Windows', script: string): Step {
  const { scaleSetId = id, instanceId = '' } = scaleSetInstance(id) ?? {};
  const [commandId, user] = system === 'Linux' ? ['RunShellScript', 'root'] : ['RunPowerShellScript', 'SYSTEM'];
  return {
    kind: 'look',
    title: `Executes inside instance ${instanceId} of ${nameOf(scaleSetId)}, as ${user}: ${script}`,
    argv: [
      ...['az', 'vmss', 'run-command', 'invoke', ...nameOptions(scaleSetId), option('instance-id', instanceId)],
      ...[option('command-id', commandId), option('scripts', script)],
      ...[option('query', 'value[].message'), '--output=tsv'],
    ],
    disruptive: null,
  };
}

export function lookForListeners(guest: Guest): readonly Step[] {
  return lookInside(guest, { Linux: 'ss -ltnp', Windows: 'Get-NetTCPConnection -State Listen' });
}

export function lookAtGuestFirewall(guest: Guest): readonly Step[] {
  return lookInside(guest, {
    Linux: 'nft list ruleset; iptables -S',
    Windows: 'Get-NetFirewallRule -Enabled True -Direction Inbound -Action Block',
  });
}

/** Asks the application from inside as the probe would. The URL holds text from Azure: it is quoted for the guest's shell. */
export function lookAtAnswer(guest: Guest, url: string): readonly Step[] {
  const options = curlOptions(url);
  return lookInside(guest, {
    Linux: `curl ${options} -m 30 -o /dev/null '${url.replaceAll("'", "'\\''")}'`,
    // PowerShell takes typographic quotes for plain ones; doubled they are text.
    Windows: `curl.exe ${options} -m 30 -o NUL '${url.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`,
  });
}

/** The probe speaks TLS 1.2 at most; an address in the URL sends no server name, as the probe sends none. */
export function curlOptions(url: string): string {
  return url.startsWith('https:') ? '-vgk --tls-max 1.2' : '-vgk';
}

/** Where a guest keeps time stamps in its TCP packets, Azure's probes may go unanswered. */
export function lookAtTimestamps(guest: Guest): readonly Step[] {
  return guest.system === 'Windows'
    ? []
    : lookInside({ ...guest, system: 'Linux' }, { Linux: 'sysctl net.ipv4.tcp_timestamps', Windows: '' });
}
