// Makes what git does not keep, where `npm ci` ran no scripts and nothing has made it yet.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const made = [
  'dist/azlb.js',
  'schemas/az/validators.generated.js',
  'schemas/expectation-validators.generated.js',
  'schemas/recording-validators.generated.js',
];

if (!made.every((path) => existsSync(path))) execSync('npm run dependencies', { stdio: ['ignore', 2, 2] });
