import type { Options } from 'yargs';
import { UsageError } from './usage-error.ts';

/** The members that a plan is of, as people call them. */
export const memberPositional = {
  type: 'string',
  array: true,
  demandOption: true,
  describe: 'Key (POOL/NAME), name of member, interface or machine, address, or resource id',
} as const;

export interface MemberOptions {
  readonly member: readonly string[];
}

export const leavingOptions = {
  pool: {
    type: 'string',
    requiresArg: true,
    group: 'What to look at:',
    describe: 'Out of this pool alone; out of every one that they are in when left out',
  },
  'min-healthy': {
    type: 'string',
    requiresArg: true,
    group: 'What it should be:',
    describe:
      'So many must be up afterwards in each balancing rule; when left out what the expectation file says, else half of them',
  },
} as const satisfies Readonly<Record<string, Options>>;

export function memberTexts({ member }: MemberOptions): readonly string[] {
  return member.map((text) => {
    const plain = String(text)
      .trim()
      .replace(/(?<=.)\/+$/, '');
    if (plain === '' || /\p{Cc}/u.test(plain)) {
      throw new UsageError('MEMBER must be a key, a name, an address or a resource id.');
    }
    return plain;
  });
}
