/**
 * The text of a file that a person may have saved again: Notepad and Windows PowerShell put a byte order mark before it,
 * and `>` of the latter writes UTF-16. Nothing when it is no text: a guessed character would be taken for Azure's.
 */
export function fileTextOf(bytes: Uint8Array): string | undefined {
  try {
    // TextDecoder drops the mark by itself.
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
