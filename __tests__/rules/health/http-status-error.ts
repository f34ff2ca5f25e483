import { answersHttp, answersNothing, healthDenied, listenerStopped, probe, set } from '../../world/changes.ts';
import { healthyWorld } from '../../world/healthy.ts';
import { change } from '../../world/world.ts';
import type { RuleWorlds } from '../worlds.ts';

const answered = () => change(healthyWorld(), answersHttp('web-2', 503));

export default {
  fires: [
    {
      when: 'one application answers 503',
      world: answered,
      on: '/loadBalancingRules/https',
      affects: ['https', 'web-pool/web-2-nic'],
      severity: 'high',
      kind: 'fault',
      says: 'The application behind https answers the probe (Http 8443/healthz) with another status than 200.',
      types:
        "az vm run-command invoke --resource-group=shop-rg --subscription=3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21 --name=web-2 --command-id=RunShellScript '--scripts=curl -vgk -m 30 -o /dev/null '\\''http://10.20.0.5:8443/healthz'",
    },
    { when: 'a redirect', world: () => change(healthyWorld(), answersHttp('web-2', 301)) },
    {
      when: 'all answer so',
      world: () => change(healthyWorld({ members: 2 }), probe({ path: '/none' })),
      severity: 'critical',
      types: 'where some do, their application is: then never change the probe',
    },
    {
      when: 'the machine is Windows',
      world: () => change(answered(), set('web-2', 'properties.storageProfile.osDisk.osType', 'Windows')),
      types: '--command-id=RunPowerShellScript',
    },
    {
      when: 'it is an instance of a Uniform scale set',
      world: () => change(healthyWorld({ membership: 'uniform' }), answersHttp('web_2', 503)),
      types:
        'az vmss run-command invoke --resource-group=shop-rg --subscription=3f2c1a9e-5b74-4c1d-9e0a-7d6b8c5e4f21 --name=web --instance-id=2',
    },
    {
      when: 'the path of the probe would end the quotes',
      world: () => change(answered(), probe({ path: "/x';reboot;'" })),
      types: `reboot;'\\''\\'\\'''\\''`,
    },
  ],
  silent: [
    { when: 'all answer 200', world: () => healthyWorld() },
    { when: 'nothing listens', world: () => change(healthyWorld(), listenerStopped('web-2')) },
    { when: 'it hangs', world: () => change(healthyWorld(), answersNothing('web-2')) },
    { when: 'reasons can not be read', world: () => change(answered(), healthDenied()) },
  ],
} satisfies RuleWorlds;
