import { healthOf, membersOf } from './health.ts';
import { itemsAt, type JsonObject, numberAt, objectAt, textAt } from './json.ts';
import { childOf, frontendAddress } from './relations.ts';
import type { Resource, World } from './world.ts';

interface Series {
  readonly dimensions: Readonly<Record<string, string>>;
  /** One value a minute, oldest first. */
  readonly values: readonly number[];
}

const MINUTES = 10;

export interface MetricsQuery {
  readonly names: readonly string[];
  /** Dimensions to split by, with the value asked for; `*` is any. */
  readonly dimensions: readonly (readonly [name: string, value: string])[];
  readonly top: number;
}

/** `BackendIPAddress eq '*' and FrontendPort eq '443'` */
export const dimensionsIn = (filter: string): MetricsQuery['dimensions'] =>
  [...filter.matchAll(/(\w+)\s+eq\s+'([^']*)'/gi)].map((match) => [match[1] ?? '', match[2] ?? ''] as const);

/** Answers `Microsoft.Insights/metrics` for a load balancer, with the last minutes at PT1M before the world's clock. */
export function metricsBody(world: World, lb: Resource, { names, dimensions, top }: MetricsQuery): JsonObject {
  const end = Math.floor(Date.parse(world.clock) / 60_000) * 60_000;
  return {
    cost: MINUTES - 1,
    timespan: `${new Date(end - MINUTES * 60_000).toISOString().replace('.000', '')}/${new Date(end).toISOString().replace('.000', '')}`,
    interval: 'PT1M',
    value: names.map((name) => ({
      id: `${lb.id}/providers/Microsoft.Insights/metrics/${name}`,
      type: 'Microsoft.Insights/metrics',
      name: { value: name, localizedValue: LOCALIZED[name] ?? name },
      displayDescription: DESCRIPTIONS[name] ?? '',
      unit: 'Count',
      timeseries: split(seriesOf(world, lb, name), dimensions)
        .slice(0, dimensions.length === 0 ? 1 : top)
        .map(({ dimensions: values, values: averages }) => ({
          metadatavalues: Object.entries(values).map(([dimension, value]) => ({
            name: { value: dimension.toLowerCase(), localizedValue: dimension.toLowerCase() },
            value,
          })),
          data: points(averages, end, world.metricsAge),
        })),
      errorCode: 'Success',
    })),
    namespace: 'Microsoft.Network/loadBalancers',
    resourceregion: textAt(lb, 'location'),
  };
}

const LOCALIZED: Readonly<Record<string, string>> = {
  DipAvailability: 'Health Probe Status',
  VipAvailability: 'Data Path Availability',
};

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  DipAvailability: 'Average Load Balancer health probe status per time duration',
  VipAvailability: 'Average Load Balancer data path availability per time duration',
};

/** Azure's last minute has a time and no value yet; when metrics come late, so have those before. */
const points = (averages: readonly number[], end: number, age: number): readonly JsonObject[] =>
  averages.map((average, index) => ({
    timeStamp: new Date(end - (averages.length - index) * 60_000).toISOString().replace('.000', ''),
    ...(index < averages.length - 1 - age && { average }),
  }));

function seriesOf(world: World, lb: Resource, metric: string): readonly Series[] {
  if (textAt(lb, 'sku', 'name') === 'Basic') return [];
  return itemsAt(lb.properties, 'loadBalancingRules').flatMap((rule) => {
    const properties = objectAt(rule, 'properties');
    const frontend = {
      FrontendIPAddress:
        frontendAddress(world, childOf(lb, 'frontendIPConfigurations', properties.frontendIPConfiguration)) ?? '',
      FrontendPort: String(numberAt(properties, 'frontendPort') ?? 0),
    };
    const isProbed = childOf(lb, 'probes', properties.probe) !== undefined;
    const health = healthOf(world, lb, rule);
    if (metric === 'VipAvailability') {
      const isServed = health.some(({ state }) => state === 'Up');
      return [{ dimensions: frontend, values: constant(isServed ? 100 : 0) }];
    }
    if (metric !== 'DipAvailability' || !isProbed) return [];
    return membersOf(world, lb, rule).flatMap(({ ipAddress }) => {
      if (ipAddress === '') return [];
      const state = health.find((each) => each.ipAddress === ipAddress)?.state;
      return [
        {
          dimensions: {
            ProtocolType: (textAt(properties, 'protocol') ?? 'Tcp').toUpperCase(),
            BackendPort: String(numberAt(properties, 'backendPort') ?? 0),
            ...frontend,
            BackendIPAddress: ipAddress,
          },
          values: world.availability.get(ipAddress) ?? constant(state === 'Up' ? 100 : 0),
        },
      ];
    });
  });
}

const constant = (value: number): readonly number[] => Array.from({ length: MINUTES }, () => value);

/** Series that agree in the dimensions asked for are one, with the average of their values. */
function split(series: readonly Series[], asked: MetricsQuery['dimensions']): readonly Series[] {
  const groups = new Map<string, Series[]>();
  for (const each of series) {
    const dimensions: Record<string, string> = {};
    for (const [name, value] of asked) {
      const own = Object.entries(each.dimensions).find(([dimension]) => dimension.toLowerCase() === name.toLowerCase());
      if (own !== undefined && (value === '*' || value.toLowerCase() === own[1].toLowerCase()))
        dimensions[own[0]] = own[1];
    }
    if (Object.keys(dimensions).length < asked.length) continue;
    const key = JSON.stringify(dimensions);
    groups.set(key, [...(groups.get(key) ?? []), { dimensions, values: each.values }]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const average = (minute: number) =>
      group.reduce((sum, { values }) => sum + (values[minute] ?? 0), 0) / group.length;
    return [{ dimensions: first.dimensions, values: first.values.map((_, minute) => average(minute)) }];
  });
}
