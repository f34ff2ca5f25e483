import { describe, expect, test } from '@jest/globals';
import { triageLine } from '../../lib/report/diagnoses-text.ts';
import { paint } from '../../lib/report/paint.ts';
import { typed, typedAgain } from '../../lib/report/typed.ts';
import type { Shell } from '../../lib/shell/shell.ts';

const web = '/subscriptions/s-1/resourceGroups/shop-rg/providers/Microsoft.Network/loadBalancers/web-lb';

describe('a command is printed as people type it', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'short options, the subscription last',
      'az network lb probe update --resource-group=shop-rg --subscription=s-1 --lb-name=web-lb --name=p --port=80',
      'az network lb probe update -g shop-rg --lb-name web-lb -n p --port 80 --subscription s-1',
    ],
    [
      'one id by its name',
      `az network lb show --ids ${web}`,
      'az network lb show -g shop-rg -n web-lb --subscription s-1',
    ],
    ['several ids as they are', `az vm start --ids ${web} ${web}`, `az vm start --ids ${web} ${web}`],
    [
      'a part of something by its id',
      `az network vnet subnet show --ids ${web}/subnets/a`,
      `az network vnet subnet show --ids ${web}/subnets/a`,
    ],
    [
      'double quotes for what a shell would take apart',
      "az vm run-command invoke --name=web '--scripts=ss -ltn; id'",
      'az vm run-command invoke -n web --scripts "ss -ltn; id"',
    ],
    [
      'single quotes for what would act within double ones',
      "az network nsg rule show '--name=a$(id)`x`!'\\''b'",
      "az network nsg rule show -n 'a$(id)`x`!'\\''b'",
    ],
    [
      'a value that would be read as an option stays with its option',
      'az network lb show --resource-group=-g --name=web',
      'az network lb show --resource-group=-g -n web',
    ],
    [
      'what az sets stays whole',
      "az network lb update --set 'a[name=b].c=d'",
      'az network lb update --set "a[name=b].c=d"',
    ],
    ['control characters stay as bash reads them', "az x $'--name=a\\033b'", "az x $'--name=a\\033b'"],
    ["someone else's program", 'kubectl get nodes --output=wide', 'kubectl get nodes --output=wide'],
  ];
  test.each(cases)('%s', (_, command, expected) => expect(typedAgain(command, {})).toBe(expected));

  test('more options come before the subscription', () => {
    expect(
      typedAgain(`az network lb show --ids ${web}`, {}, '--query', "probes[?name=='p'] | [0].port", '-o', 'tsv'),
    ).toBe(`az network lb show -g shop-rg -n web-lb --query "probes[?name=='p'] | [0].port" -o tsv --subscription s-1`);
  });
});

describe('as people type it into another shell', () => {
  const prod = { resourceGroup: 'rg(prod)', name: 'web-lb', subscriptionId: 's-1' };
  const style = { colour: false, width: 100, verbose: false, paint: paint(false) };
  const path = 'C:\\my rec\\web';
  const query = "probes[?name=='p'] | [0].port";
  const cases: readonly (readonly [Shell, readonly string[]])[] = [
    [
      'bash',
      [
        'azlb triage -g "rg(prod)" -n web-lb --subscription s-1',
        "azlb diff 'C:\\my rec\\web' --live",
        `az network lb show -g shop-rg -n web-lb --query "${query}" --subscription s-1`,
        "az x $'--name=a\\033b'",
        "az network lb show -n '50%'",
      ],
    ],
    [
      'powershell',
      [
        `azlb.cmd triage -g '"rg(prod)"' -n web-lb --subscription s-1`,
        "azlb.cmd diff 'C:\\my rec\\web' --live",
        "az network lb show -g shop-rg -n web-lb --query 'probes[?name==''p''] | [0].port' --subscription s-1",
        "# Type this by hand, one value can't be pasted safely: az x $'--name=a\\033b'",
        "# Type this by hand, one value can't be pasted safely: 50%",
      ],
    ],
    [
      'cmd',
      [
        'azlb triage -g "rg(prod)" -n web-lb --subscription s-1',
        'azlb diff "C:\\my rec\\web" --live',
        `az network lb show -g shop-rg -n web-lb --query "${query}" --subscription s-1`,
        "rem Type this by hand, one value can't be pasted safely: az x $'--name=a\\033b'",
        "rem Type this by hand, one value can't be pasted safely: 50%",
      ],
    ],
  ];
  test.each(cases)('%s', (shell, lines) => {
    expect([
      triageLine(prod, { ...style, shell }),
      typed(['azlb', 'diff', path, '--live'], { shell }),
      typedAgain(`az network lb show --ids ${web}`, { shell }, '--query', query),
      typedAgain("az x $'--name=a\\033b'", { shell }),
      typedAgain('az network lb show --name=50%', { shell }),
    ]).toEqual(lines);
  });
});
