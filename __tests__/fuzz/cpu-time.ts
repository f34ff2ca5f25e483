/** Milliseconds that this process has computed: what runs in memory waits for nothing, and other processes don't count. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
