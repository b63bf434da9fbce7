const encoder = new TextEncoder();

/** SHA-256 of bytes, or of a text in UTF-8, as 64 lower-case hex digits (FIPS 180-4). */
export async function sha256Hex(content: string | Uint8Array): Promise<string> {
  // A copy of bytes, since Web Crypto takes no shared memory.
  const bytes = typeof content === 'string' ? encoder.encode(content) : new Uint8Array(content);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  let hex = '';
  for (const byte of digest) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
