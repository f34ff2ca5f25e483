import { jest } from '@jest/globals';

// az itself is not steady: its threads race in a batch (2.91), and a start can take very long on a busy machine.
jest.retryTimes(2, { logErrorsBeforeRetry: true });
