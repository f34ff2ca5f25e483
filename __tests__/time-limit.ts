import { readFileSync } from 'node:fs';
import { expect, jest } from '@jest/globals';

// What starts processes takes as long as the machine lets it: on a busy one, many times the 5 seconds of other tests.
const { testPath } = expect.getState();
const starting = /node:child_process|fake-az\.ts|lib\/az\/live\.ts/;
if (testPath !== undefined && starting.test(readFileSync(testPath, 'utf8'))) jest.setTimeout(120_000);
