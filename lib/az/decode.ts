export interface Decoded {
  readonly text: string;
  readonly isUtf8: boolean;
}

/**
 * Text from the bytes az printed: az is told to write UTF-8. What is none is not guessed, since another code page gives
 * other names, and other names a false verdict: its bytes become U+FFFD.
 */
export function decode(bytes: Uint8Array): Decoded {
  try {
    // TextDecoder drops a byte order mark by itself.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isUtf8: true };
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), isUtf8: false };
  }
}
