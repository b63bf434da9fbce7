import type { SlackApi, SlackReply } from '../ports/slack-api.ts';
import { SCOPES } from './scopes.ts';
import type { SlackSettings } from './settings.ts';

/** One thing that was looked at, and what to do when it is not right. */
export interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  readonly message: string;
}

const INSTALL = 'and install it again (Install App), then copy the token anew';

/** Looks whether Slack takes the tokens, what the bot may do, and where. Changes nothing. */
export async function checkSetup(
  api: SlackApi,
  settings: SlackSettings & { readonly appToken?: string },
): Promise<Finding[]> {
  const { signingSecret, botToken, appToken, oauth } = settings;
  return [
    signingSecret === undefined
      ? finding(
          'SLACK_SIGNING_SECRET',
          appToken !== undefined,
          'not set; Slack reaches this bot by a socket alone',
        )
      : checkSigningSecret(signingSecret),
    ...(botToken === undefined ? [] : await checkBot(api, botToken, settings)),
    ...(appToken === undefined ? [] : [await checkAppToken(api, appToken)]),
    ...(oauth === undefined ? [] : [checkOAuth(settings)]),
  ];
}

function checkSigningSecret(secret: string): Finding {
  const plausible = /^[0-9a-f]{32}$/.test(secret);
  return finding(
    'SLACK_SIGNING_SECRET',
    plausible,
    plausible
      ? 'looks right; that it is the one of your app shows when Slack verifies the request URL'
      : 'is not 32 hexadecimal digits: copy it from Basic Information → App Credentials → Signing Secret',
  );
}

async function checkBot(api: SlackApi, token: string, settings: SlackSettings): Promise<Finding[]> {
  const reply = await api(token, 'auth.test', {});
  if (reply.outcome !== 'ok') {
    const what = 'copy the Bot User OAuth Token from OAuth & Permissions';
    return [finding('SLACK_BOT_TOKEN', false, `Slack did not take it (${reasonOf(reply)}): ${what}`)];
  }
  const { user, team } = reply.body;
  const has = new Set(reply.scopes);
  return [
    finding('SLACK_BOT_TOKEN', true, `answers as ${user} in ${team}`),
    ...Object.entries(SCOPES).map(([scope, purpose]) =>
      finding(
        `scope ${scope}`,
        has.has(scope),
        has.has(scope)
          ? purpose
          : `is missing, needed for ${purpose}: add it to the app (OAuth & Permissions → Scopes) ${INSTALL}`,
      ),
    ),
    ...(await checkChannels(api, token, settings)),
  ];
}

async function checkChannels(api: SlackApi, token: string, { channels }: SlackSettings): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const channel of channels) {
    const reply = await api(token, 'conversations.info', { channel });
    const known =
      reply.outcome === 'ok' ? (reply.body.channel as Record<string, unknown> | undefined) : undefined;
    if (known === undefined) {
      findings.push(
        finding(
          `channel ${channel}`,
          false,
          `cannot be seen (${reasonOf(reply)}): check its id, and invite the bot to it`,
        ),
      );
      continue;
    }
    const member = known.is_member !== false;
    const name = `#${known.name}`;
    findings.push(
      finding(
        `channel ${channel}`,
        member,
        member ? name : `is ${name}, where the bot is no member: invite it with /invite`,
      ),
    );
  }
  return findings;
}

async function checkAppToken(api: SlackApi, token: string): Promise<Finding> {
  const reply = await api(token, 'apps.connections.open', {});
  if (reply.outcome === 'ok') return finding('SLACK_APP_TOKEN', true, 'opens a socket');
  return finding(
    'SLACK_APP_TOKEN',
    false,
    `does not open a socket (${reasonOf(reply)}): turn Socket Mode on, and make a token with the scope connections:write (Basic Information → App-Level Tokens)`,
  );
}

function checkOAuth({ publicUrl }: SlackSettings): Finding {
  if (publicUrl === undefined) {
    return finding(
      'IBID_PUBLIC_URL',
      false,
      'is not set: other workspaces need the address under which this server is reached',
    );
  }
  const https = publicUrl.startsWith('https:');
  const uri = `${publicUrl}/slack/oauth_redirect`;
  return finding(
    'IBID_PUBLIC_URL',
    https,
    https
      ? `the app's redirect URL must be ${uri}`
      : 'must begin with https://, or Slack does not send people back to it',
  );
}

function reasonOf(reply: SlackReply): string {
  switch (reply.outcome) {
    case 'ok':
      return 'an empty reply';
    case 'refused':
      return reply.needed === undefined ? reply.error : `${reply.error}: ${reply.needed}`;
    case 'rate-limited':
      return `asked too often; again in ${reply.retryAfterSeconds} s`;
    case 'unknown':
      return reply.message;
  }
}

function finding(subject: string, ok: boolean, message: string): Finding {
  return { subject, ok, message };
}
