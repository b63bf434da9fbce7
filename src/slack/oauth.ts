import * as z from 'zod';
import { IbidError } from '../model/errors.ts';
import type { InstallationStore } from '../ports/installation-store.ts';
import type { SlackApi } from '../ports/slack-api.ts';
import { isOwnState, makeState } from './oauth-state.ts';
import { SCOPES } from './scopes.ts';
import type { TokenSeal } from './token-seal.ts';

export interface OAuthDeps {
  readonly api: SlackApi;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly installations: InstallationStore;
  readonly seal: TokenSeal;
  readonly newId: () => string;
  readonly now: () => number;
}

/** Installing the app in further workspaces: https://docs.slack.dev/authentication/installing-with-oauth */
export interface OAuth {
  /** Where to send the browser, and the nonce that it has to bring back. */
  begin(redirectUri: string): Promise<{ url: string; nonce: string }>;
  /** Stores the installation and gives the workspace's name. Rejects with `forbidden` or `bad_request`. */
  finish(given: {
    readonly code: string | undefined;
    readonly state: string | undefined;
    readonly error: string | undefined;
    readonly nonce: string;
    readonly redirectUri: string;
  }): Promise<string>;
}

const AUTHORIZE_URL = 'https://slack.com/oauth/v2/authorize';
const Workspace = z.object({ id: z.string().min(1), name: z.string().nullish() });
const Access = z.object({
  access_token: z.string().min(1),
  token_type: z.string().optional(),
  bot_user_id: z.string().min(1),
  team: Workspace.nullish(),
  enterprise: Workspace.nullish(),
  refresh_token: z.string().nullish(),
});

export function createOAuth(deps: OAuthDeps): OAuth {
  const { api, clientId, clientSecret, installations, seal, newId, now } = deps;
  return {
    async begin(redirectUri) {
      const nonce = newId().replaceAll('-', '');
      const url = new URL(AUTHORIZE_URL);
      url.searchParams.set('client_id', clientId);
      url.searchParams.set('scope', Object.keys(SCOPES).join(','));
      url.searchParams.set('state', await makeState(clientSecret, nonce, now()));
      url.searchParams.set('redirect_uri', redirectUri);
      return { url: url.href, nonce };
    },
    async finish({ code, state, error, nonce, redirectUri }) {
      if (!(await isOwnState(state ?? '', { secret: clientSecret, nonce, now: now() }))) {
        throw new IbidError(
          'forbidden',
          'This installation was not begun here in this browser, or more than ten minutes ago. Begin again at /slack/install.',
        );
      }
      if (error !== undefined || code === undefined) {
        throw new IbidError('bad_request', 'Slack did not install the app. Begin again at /slack/install.');
      }
      const reply = await api(undefined, 'oauth.v2.access', {
        client_id: clientId,
        client_secret: clientSecret,
        code,
        redirect_uri: redirectUri,
      });
      const access = reply.outcome === 'ok' ? Access.safeParse(reply.body) : undefined;
      if (!access?.success) throw refusedBy(reply.outcome === 'refused' ? reply.error : reply.outcome);
      const { access_token: token, bot_user_id: botUserId, team, enterprise } = access.data;
      if (access.data.refresh_token != null) {
        // Such a token ends after twelve hours, and with it every answer.
        throw new IbidError(
          'bad_request',
          'This Slack app rotates its tokens, which Ibid does not. Slack does not let an app stop that: make a new one from deploy/slack-manifest.yaml, which leaves token rotation off.',
        );
      }
      const workspace = team ?? enterprise;
      if (workspace == null) throw refusedBy('no workspace');
      const teamName = workspace.name ?? workspace.id;
      const sealedToken = await seal.seal(token);
      await installations.save({
        teamId: workspace.id,
        teamName,
        sealedToken,
        botUserId,
        installedAt: now(),
      });
      return teamName;
    },
  };
}

function refusedBy(reason: string): IbidError {
  return new IbidError(
    'bad_request',
    `Slack did not hand over a token (${reason}). Check SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and the redirect URL of the app, and begin again at /slack/install.`,
  );
}
