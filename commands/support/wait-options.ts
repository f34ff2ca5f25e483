const what = { type: 'string', requiresArg: true, group: 'What to wait for:' } as const;

export const waitOptions = {
  healthy: { ...what, describe: 'So many healthy members, or all' },
  members: { ...what, describe: 'So many members, or all that belong there: by --expect, or by the scale sets' },
  verdict: { ...what, choices: ['ok'] as const, describe: 'A verdict of ok' },
  pool: { ...what, describe: 'Of this pool; of the whole load balancer when left out' },
  rule: { ...what, describe: 'Of this balancing rule' },
  interval: {
    ...what,
    group: 'How to ask:',
    default: 'auto',
    describe: 'Between looks: 30, 30s or 1m; auto begins with the time that the probe takes, and grows',
  },
} as const;
