#!/usr/bin/env node
import { version } from './version.ts';

const argv = process.argv.slice(2);
const [first] = argv;

// Answered before yargs and the rest are loaded: a version is asked for in scripts, and in a hurry.
if (argv.length === 1 && (first === '--version' || first === '-v')) {
  process.stdout.on('error', () => {
    process.exitCode = 4;
  });
  process.stdout.write(`azlb ${version}\n`);
} else {
  try {
    const { run } = await import('../commands/root.ts');
    await run(argv);
  } catch (error) {
    // Only what fails before the root can tell it: Node would end with 1, which means problems found.
    process.stderr.write(`azlb: this is a fault of azlb itself: ${error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 70;
  }
}
