import { describe, expect, test } from 'vitest';
import { isSignedBySlack } from './verify.ts';

/** The example of Slack's own page on verifying requests. */
const PUBLISHED = {
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: new TextEncoder().encode(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  ),
  now: 1_531_420_618_000,
};

describe('The signature of a request', () => {
  test('is the one that Slack publishes for its example', async () => {
    expect(await isSignedBySlack(PUBLISHED)).toBe(true);
  });

  test('holds for five minutes both ways, and no longer', async () => {
    const holdsAfter = (seconds: number) =>
      isSignedBySlack({ ...PUBLISHED, now: PUBLISHED.now + seconds * 1000 });
    for (const seconds of [-300, -299, 299, 300]) expect(await holdsAfter(seconds)).toBe(true);
    for (const seconds of [-301, 301, 86_400]) expect(await holdsAfter(seconds)).toBe(false);
  });

  test('is of every byte of the body, the time and the secret', async () => {
    const body = PUBLISHED.body.slice();
    body[10] = (body[10] ?? 0) ^ 1;
    const others = [
      { body },
      { body: PUBLISHED.body.slice(1) },
      { timestamp: '1531420619' },
      { signingSecret: '8f742231b10e8888abcd99yyyzzz85a6' },
      { signature: PUBLISHED.signature.replace('a2', 'a3') },
    ];
    for (const other of others) expect(await isSignedBySlack({ ...PUBLISHED, ...other })).toBe(false);
  });

  test('is refused when a header is missing or malformed', async () => {
    const headers = [
      { timestamp: undefined },
      { signature: undefined },
      { timestamp: '' },
      { timestamp: '1531420618.0' },
      { timestamp: '-1531420618' },
      { timestamp: ' 1531420618' },
      { timestamp: 'NaN' },
      { signature: '' },
      { signature: 'v0=' },
      { signature: PUBLISHED.signature.slice(3) },
      { signature: PUBLISHED.signature.replace('v0', 'v1') },
      { signature: PUBLISHED.signature.toUpperCase() },
      { signature: `${PUBLISHED.signature}00` },
      { signature: PUBLISHED.signature.slice(0, -2) },
    ];
    for (const header of headers) expect(await isSignedBySlack({ ...PUBLISHED, ...header })).toBe(false);
  });
});
