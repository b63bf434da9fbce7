const encoder = new TextEncoder();
/** Older or newer requests are refused, so that a recorded one cannot be sent again later. */
const WINDOW_SECONDS = 300;

/**
 * Whether Slack signed this request: HMAC-SHA256 over `v0:{timestamp}:{raw body}`, compared in constant time, and not more than
 * five minutes old or ahead. Source: https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export async function isSignedBySlack(request: {
  readonly signingSecret: string;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}): Promise<boolean> {
  const { signingSecret, timestamp = '', signature = '', body, now } = request;
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > WINDOW_SECONDS) return false;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(signingSecret), algorithm, false, [
    'verify',
  ]);
  return crypto.subtle.verify('HMAC', key, bytesOf(signature.slice(3)), join(`v0:${timestamp}:`, body));
}

function join(prefix: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(prefix);
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  );
}
