import { nearestOf } from '../../lib/nearest.ts';
import {
  azOptions,
  expectOption,
  failOnOption,
  findOptions,
  limitOption,
  outputOptions,
  shellOption,
  targetOptions,
} from './options.ts';
import { waitOptions } from './wait-options.ts';

const names = Object.keys({
  ...targetOptions,
  ...findOptions,
  ...limitOption,
  ...expectOption,
  ...azOptions,
  ...outputOptions,
  ...failOnOption,
  ...shellOption,
  ...waitOptions,
});

/** The option that a misspelt one most likely meant. */
export function nearest(misspelt: string): string | undefined {
  const name = nearestOf(misspelt, names);
  return name === undefined ? undefined : `--${name}`;
}
