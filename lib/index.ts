export type * from '../schemas/diagnoses.generated.ts';
export type * from '../schemas/diagnosis.generated.ts';
export { type LiveAzOptions, liveAz, replayAz } from './api/az.ts';
export { AzlbError, type AzlbErrorKind } from './api/error.ts';
export type { Az, AzAnswer } from './api/interface.ts';
export { type OneTarget, type Target, type TriageOptions, triage } from './api/triage.ts';
