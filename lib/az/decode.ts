/** Text from the bytes az printed: UTF-8, else what an az on Windows prints into a pipe, its ANSI code page. */
export function decode(bytes: Uint8Array): string {
  try {
    // TextDecoder drops a byte order mark by itself.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
