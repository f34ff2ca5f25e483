import { is } from '../azure/words.ts';
import { curlOptions, lookAtAnswer } from '../steps/guest.ts';
import { checkWithTriage, notice } from '../steps/looking.ts';
import type { Step } from '../steps/step.ts';
import { addressOf } from '../topology/address.ts';
import type { Guest } from '../topology/guest.ts';
import type { LoadBalancer, Member, Probe } from '../topology/model.ts';
import { pathAsked, urlAsked } from '../topology/probe-path.ts';

/** Without the address there is no command: none is printed that must be filled in first. */
function ask(probe: Probe, member: Member, guest: Guest | undefined): readonly Step[] {
  const address = addressOf(member);
  if (address === undefined) {
    const { protocol, port } = probe;
    const what = `${pathAsked(probe)} on port ${port} by ${protocol.toLowerCase()}`;
    return [notice(`On ${member.name} itself, not through the load balancer: ask its own address for ${what}`)];
  }
  const url = urlAsked(probe, address);
  return guest
    ? lookAtAnswer(guest, url)
    : [notice(`On ${member.name} itself, not through the load balancer: curl ${curlOptions(url)} ${url}`)];
}

/** Looking from inside is all that is left; then what to do with what is seen, and the check that follows. */
export function askGuest(
  {
    member,
    probe,
    loadBalancer,
  }: { readonly member: Member; readonly probe: Probe; readonly loadBalancer: LoadBalancer },
  guest: Guest | undefined,
  ...advice: readonly string[]
): readonly Step[] {
  const tls = is(probe.protocol, 'Https')
    ? [
        notice(
          "Azure's probe speaks TLS 1.2 at most, sends no server name (SNI), and its Host is the member's address and port",
        ),
      ]
    : [];
  return [...ask(probe, member, guest), ...tls, ...advice.map(notice), checkWithTriage(loadBalancer.id)];
}
