const encoder = new TextEncoder();
const VALID_MS = 10 * 60_000;

/** A state for the way to Slack and back: a nonce that the browser keeps as well, a time, and our signature over both. */
export async function makeState(secret: string, nonce: string, now: number): Promise<string> {
  const body = `${nonce}.${now}`;
  return `${body}.${hexOf(await crypto.subtle.sign('HMAC', await keyOf(secret), encoder.encode(body)))}`;
}

/** Whether a state came from us within ten minutes and to the same browser. */
export async function isOwnState(
  state: string,
  { secret, nonce, now }: { readonly secret: string; readonly nonce: string; readonly now: number },
): Promise<boolean> {
  const [given = '', at = '', signature = ''] = state.split('.');
  if (nonce === '' || given !== nonce || !/^\d{1,15}$/.test(at) || !/^[0-9a-f]{64}$/.test(signature))
    return false;
  if (now < Number(at) || now - Number(at) > VALID_MS) return false;
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));
  return crypto.subtle.verify('HMAC', await keyOf(secret), bytes, encoder.encode(`${given}.${at}`));
}

function keyOf(secret: string) {
  const bytes = encoder.encode(`ibid slack oauth state ${secret}`);
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

function hexOf(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
