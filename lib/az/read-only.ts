import type { Az } from './call.ts';
import { AzError } from './errors.ts';

/** What the last word of a command may be; none of these changes anything in Azure. */
const reading =
  /^(show|list|version|list-nic|list-instances|list-effective-nsg|show-effective-route-table|get-instance-view|check-ip-address)$/;

/** Actions that are posted and answer a question. */
const asking = /^\/subscriptions\/[^?]*\/loadBalancingRules\/[^/?]+\/health\?/i;

/** az takes the last of an option given twice, short forms and beginnings of its name: only this spelling is known to be all. */
const rest = /^--(?<name>method|url|body)=(?<value>.*)$|^--verbose$/s;

/**
 * Whether an az command only reads: by its verb, or for `az rest` by its method and path.
 * @internal for its test
 */
export function isRead(argv: readonly string[]): boolean {
  if (argv[0] === 'rest') {
    const words = argv.slice(1).map((word) => rest.exec(word)?.groups);
    const value = (wanted: string): string | undefined => {
      const values = words.filter((groups) => groups?.name === wanted);
      return values.length === 1 ? values[0]?.value : undefined;
    };
    if (words.includes(undefined)) return false;
    return value('method') === 'get' || (value('method') === 'post' && asking.test(value('url') ?? ''));
  }
  const firstOption = argv.findIndex((word) => word.startsWith('-'));
  return reading.test((firstOption < 0 ? argv : argv.slice(0, firstOption)).at(-1) ?? '');
}

/** The promise to only read, kept at the one place where az is run: anything else is refused before az starts. */
export function readOnly(az: Az): Az {
  return {
    async run(argv, options) {
      if (!isRead(argv)) throw new AzError('refused', `azlb only reads, and does not run: az ${argv.join(' ')}`);
      return az.run(argv, options);
    },
  };
}
