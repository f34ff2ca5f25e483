import { nearestOf } from '../nearest.ts';
import { quoted } from '../words/quoted.ts';
import { misuse } from './telling.ts';

/** What comes from JavaScript has the type that it has: a misspelt key would mean another load balancer, or all. */
export function checkTarget(target: unknown): void {
  checkKeys('target', target, {
    ids: isTexts,
    resourceGroup: isText,
    name: isText,
    subscription: isText,
  });
}

export function checkOptions(options: unknown): void {
  checkKeys('options', options, { expect: isText, timeoutSeconds: isTime, limit: isLimit });
}

type Check = (value: unknown) => string | undefined;

const isText: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a text that is not empty');

const isTexts: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isText(one) === undefined)
    ? undefined
    : 'a list of resource ids';

const isTime: Check = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= mostSeconds
    ? undefined
    : 'a number of seconds above 0, a day at the most';

const isLimit: Check = (value) =>
  value === 'all' || (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e6)
    ? undefined
    : "a whole number from 0 on, or 'all'";

const mostSeconds = 24 * 60 * 60;

function checkKeys(what: string, given: unknown, checks: Readonly<Record<string, Check>>): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw misuse(`${what} must be an object.`);
  for (const [key, value] of Object.entries(given)) {
    const known = Object.keys(checks);
    const check = known.includes(key) ? checks[key] : undefined;
    if (check === undefined) {
      const meant = nearestOf(key, known);
      const hint = meant === undefined ? `It has ${known.join(', ')}.` : `Did you mean ${meant}?`;
      throw misuse(`${what} has no ${quoted(key)}. ${hint}`);
    }
    const wanted = value === undefined ? undefined : check(value);
    if (wanted !== undefined) throw misuse(`${key} of ${what} must be ${wanted}.`);
  }
}
