import type { Probe } from '../model.ts';
import type { Whole } from './whole.ts';

export function probesOf(whole: Whole): readonly Probe[] {
  return whole.value.probes.map((item, index) => ({
    source: whole.at('probes', index),
    id: item.id,
    name: item.name,
    protocol: item.protocol,
    port: item.port,
    intervalInSeconds: item.intervalInSeconds,
    numberOfProbes: item.numberOfProbes,
    probeThreshold: item.probeThreshold,
    requestPath: item.requestPath,
    noHealthyBackendsBehavior: item.noHealthyBackendsBehavior,
    provisioningState: item.provisioningState,
    balancingRules: whole.rulesAt(item.id),
  }));
}
