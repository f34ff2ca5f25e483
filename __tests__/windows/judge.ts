import { readFileSync } from 'node:fs';
import { type CannotRun, cannotRun } from './cannot-run.ts';

/** What jest writes with `--json`, as far as it is read. */
interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface Ran {
  readonly file: string;
  readonly name: string;
  readonly status: string;
  readonly message: string;
}

const results: Results = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const ran = results.testResults.flatMap(ranIn);
const filesRun = new Set(ran.map(({ file }) => file));

const passed = ran.filter(({ status }) => status === 'passed');
// Where a test is meant for another system, it leaves itself out there.
const left = ran.filter(({ status }) => status === 'pending');
const failed = ran.filter(({ status }) => status !== 'passed' && status !== 'pending');
const unlisted = failed.filter((test) => !cannotRun.some((listed) => isOf(listed, test)));
const stale = cannotRun.filter((listed) => filesRun.has(listed.file) && !ran.some((test) => isOf(listed, test)));

for (const listed of cannotRun) {
  const tests = ran.filter((test) => isOf(listed, test));
  const because = `${titleOf(listed)}: ${listed.because}`;
  const failing = tests.filter((test) => failed.includes(test)).length;
  if (failing > 0) console.log(`${String(failing).padStart(5)}  can't run  ${because}`);
  const passing = tests.filter((test) => passed.includes(test));
  for (const { name } of passing) console.log(`       passes, though listed  ${listed.file} ${name}`);
}
for (const { file, name } of left) console.log(`    1  left out by itself  ${file} ${name}`);
for (const { file, name, message } of unlisted) console.log(`FAIL  ${file} ${name}\n${indented(message)}`);
for (const listed of stale) console.log(`FAIL  nothing is called so: ${titleOf(listed)}`);
if (ran.length === 0) console.log('FAIL  no test ran');

const wrong = unlisted.length + stale.length + (ran.length === 0 ? 1 : 0);
const notRun = failed.length - unlisted.length + left.length;
console.log(`----  ${ran.length} tests: ${passed.length} passed, ${wrong} failed, ${notRun} can't run there`);

function ranIn({ name, status, message, assertionResults }: Results['testResults'][number]): readonly Ran[] {
  const file = name.replaceAll('\\', '/').replace(/^.*\/__tests__\//, '');
  // A file that could not be loaded has no tests.
  if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
    return [{ file, name: '(the file)', status, message }];
  return assertionResults.map((test) => ({
    file,
    name: test.fullName,
    status: test.status,
    message: test.failureMessages.join('\n'),
  }));
}

function isOf({ file, test = '' }: CannotRun, ran: Ran): boolean {
  return ran.file === file && ran.name.startsWith(test);
}

function titleOf({ file, test }: CannotRun): string {
  return test === undefined ? file : `${file} "${test}…"`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .slice(0, 12)
    .map((line) => `      ${line}`)
    .join('\n');
}
