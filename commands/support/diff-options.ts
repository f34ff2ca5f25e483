const text = { type: 'string', requiresArg: true, group: 'What to compare:' } as const;

/** What `azlb diff` compares. */
export const diffOptions = {
  before: { type: 'string', describe: 'A snapshot or recording: its folder, or its .json file' },
  after: { type: 'string', describe: 'Another one' },
  live: {
    type: 'boolean',
    group: 'What to compare:',
    describe: 'The snapshot with now: its own load balancer is asked again, or the one that -g and -n name',
  },
  left: { ...text, describe: 'A load balancer, as GROUP/NAME or resource id, instead of a snapshot' },
  right: { ...text, describe: 'Another one' },
  'left-subscription': { ...text, describe: 'Subscription of --left' },
  'right-subscription': { ...text, describe: 'Subscription of --right' },
  'left-pool': { ...text, describe: 'Compare one pool only: this one on the left' },
  'right-pool': { ...text, describe: 'and this one on the right; of one load balancer or snapshot, or of two' },
} as const;
