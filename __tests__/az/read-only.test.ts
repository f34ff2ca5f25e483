import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isRead, readOnly } from '../../lib/az/read-only.ts';
import { recordedCalls } from '../recordings/recorded.ts';

const rule = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/l/loadBalancingRules/r';

describe('azlb only reads', () => {
  test('every command of every recording reads', () => {
    const asked = readdirSync('recorded-outputs').flatMap((name) => recordedCalls(`recorded-outputs/${name}`));
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.map(({ argv }) => argv).filter((argv) => !isRead(argv))).toEqual([]);
  });

  test.each([
    [['network', 'lb', 'probe', 'update', '--name=p']],
    [['network', 'nsg', 'rule', 'create', '--name=r']],
    [['vm', 'start', '--ids', '/subscriptions/s']],
    [['vm', 'run-command', 'invoke', '--name=show']],
    [['rest', '--method=put', `--url=${rule}/health?api-version=2024-05-01`]],
    [
      [
        'rest',
        '--method=post',
        '--url=/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v/start?x',
      ],
    ],
    [['rest', '--method=post', `--url=${rule}/restart?then=/loadBalancingRules/r/health?x`]],
    [['rest', '--method=delete', '--url=/subscriptions/s']],
    [['rest', '--method=get', '--url=/subscriptions/s', '--method=delete']],
    [['rest', '--method=get', '--url=/subscriptions/s', '-m', 'delete']],
    [['rest', '--method=get', '--url=/subscriptions/s', '--met=delete']],
    [['rest', '--method=get', '--url=/subscriptions/s', '--output-file=answer']],
    [['rest', '--method=get', '--url=https://example.com', '--resource=https://management.azure.com']],
    [['rest', '--method=post', `--url=${rule}/health?x`, '--url=/subscriptions/s/resourceGroups/g/y/start?x']],
    [['rest', '--method=post', `--url=${rule}/health?x`, '--uri=/subscriptions/s/resourceGroups/g/y/start?x']],
    [['login']],
    [[]],
  ])('refused: az %j', async (argv) => {
    const ran: unknown[] = [];
    const az = readOnly({
      run: async (asked) => {
        ran.push(asked);
        return { argv: asked, exitCode: 0, stdout: '', stderr: '', seconds: 0 };
      },
    });
    await expect(az.run(argv)).rejects.toMatchObject({ kind: 'refused' });
    expect(ran).toEqual([]);
    await az.run(['network', 'lb', 'show', '--name=x']);
    expect(ran).toHaveLength(1);
  });
});
