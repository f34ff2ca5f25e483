import type { Json, JsonObject } from './json.ts';
import { asResource, type Change, named, withoutResource, withProperty, withResource } from './world.ts';

/** Sets what is stored: `set('web-lb', 'properties.probes[web-probe].properties.port', 9000)`; undefined removes. */
export const set =
  (idOrName: string, path: string, value: Json | undefined): Change =>
  (world) =>
    withProperty(world, idOrName, path, value);

/** Makes Azure answer so in spite of what is stored: a stale back-reference, a null, other letter case. */
export const answers =
  (idOrName: string, path: string, value: Json | undefined): Change =>
  (world) => ({
    ...world,
    answers: [
      ...world.answers,
      [(idOrName.startsWith('/') ? idOrName : named(world, idOrName).id).toLowerCase(), path, value],
    ],
  });

/** A resource besides those of the healthy world. */
export const also =
  (body: JsonObject): Change =>
  (world) =>
    withResource(world, asResource(body));

/** The resource is deleted; what refers to it still does. */
export const gone =
  (idOrName: string): Change =>
  (world) =>
    withoutResource(world, idOrName.startsWith('/') ? idOrName : named(world, idOrName).id);

/** The resource group belongs to a platform: what manages it, by its id, or by type and name in the group `platform-rg`. */
export const managedBy =
  (group: string, manager: string): Change =>
  (world) => {
    const subscription = `/subscriptions/${world.subscription}`;
    const id = `${subscription}/resourceGroups/${group}`;
    return withResource(
      world,
      asResource({
        id,
        name: group,
        type: 'Microsoft.Resources/resourceGroups',
        location: 'westeurope',
        managedBy: manager.startsWith('/')
          ? manager
          : `${subscription}/resourceGroups/platform-rg/providers/${manager}`,
        properties: { provisioningState: 'Succeeded' },
      }),
    );
  };

/** An AKS cluster, and what is Stopped of it: all, or some of its node pools. */
export const managedCluster =
  (id: string, nodePools: readonly string[], stopped: 'all' | readonly string[] = []): Change =>
  (world) => {
    const code = (pool?: string) => ({
      code: stopped === 'all' || (pool !== undefined && stopped.includes(pool)) ? 'Stopped' : 'Running',
    });
    return withResource(
      world,
      asResource({
        id,
        name: id.slice(id.lastIndexOf('/') + 1),
        type: 'Microsoft.ContainerService/managedClusters',
        location: 'westeurope',
        sku: { name: 'Base', tier: 'Standard' },
        properties: {
          provisioningState: 'Succeeded',
          powerState: code(),
          kubernetesVersion: '1.33',
          currentKubernetesVersion: '1.33.2',
          dnsPrefix: 'shop',
          nodeResourceGroup: 'MC_shop-rg_shop_westeurope',
          agentPoolProfiles: nodePools.map((name) => ({
            name,
            count: 3,
            vmSize: 'Standard_D4s_v5',
            osDiskSizeGB: 128,
            osType: 'Linux',
            type: 'VirtualMachineScaleSets',
            mode: 'System',
            provisioningState: 'Succeeded',
            powerState: code(name),
          })),
          networkProfile: { networkPlugin: 'azure', loadBalancerSku: 'standard', outboundType: 'loadBalancer' },
        },
      }),
    );
  };
