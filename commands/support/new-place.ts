import { AzError } from '../../lib/az/errors.ts';
import { refuseFolder } from '../../lib/recording/recording.ts';
import { UsageError } from './usage-error.ts';

/** Refuses to write a recording where something is, before az is asked for nothing. */
export async function checkNewPlace(option: '--record' | '--out', place: string | undefined): Promise<void> {
  if (place === undefined) return;
  await refuseFolder(place).catch((error: unknown) => {
    throw error instanceof AzError ? new UsageError(`${option}: ${error.message}`) : error;
  });
}
