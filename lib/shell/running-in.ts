import type { Shell } from './shell.ts';

interface Computer {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The shell that azlb was started from, as far as can be told without asking what its parent is. On Windows Git Bash sets
 * MSYSTEM, and PowerShell puts its user's modules into PSModulePath, where cmd has only those of the machine. Elsewhere
 * people paste bash's into whatever they have.
 */
export function runningIn({ platform, env: { MSYSTEM, PSModulePath = '' } }: Computer): Shell {
  if (platform !== 'win32' || MSYSTEM !== undefined) return 'bash';
  return PSModulePath.split(';').some(isUsers) ? 'powershell' : 'cmd';
}

function isUsers(folder: string): boolean {
  return /\\(Windows)?PowerShell\\Modules\\?$/i.test(folder) && !/^[a-z]:\\Program Files( \(x86\))?\\/i.test(folder);
}
