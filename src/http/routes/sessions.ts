import { createRoute } from '@hono/zod-openapi';
import { IbidError } from '../../model/errors.ts';
import type { App, HttpContext, HttpSettings } from '../dependencies.ts';
import { SESSIONS_PATH } from '../middleware/authorise.ts';
import { standingOf } from '../origins.ts';
import { problemResponses } from '../schemas/problem.ts';
import { SessionSchema } from '../schemas/session.ts';
import type { Sessions } from '../sessions.ts';

/** `POST /v1/sessions`: a short-lived token for a page, so that no key has to be in it. */
export function addSessionRoute(app: App, settings: HttpSettings, sessions: Sessions): void {
  app.openapi(sessionRoute, async (c) => {
    const { token, expiresAt } = await sessions.mint(admittedOrigin(c, settings));
    return c.json({ token, expires_at: new Date(expiresAt).toISOString() }, 201);
  });
}

/**
 * The origin that may have a session. Where API keys close the door, naming an origin in the allow-list opens it to that
 * site's visitors; to pages that are not named there, such as the server's own, a key does.
 */
function admittedOrigin(c: HttpContext, settings: HttpSettings): string {
  const origin = c.req.header('origin');
  if (origin === undefined) {
    throw new IbidError(
      'forbidden',
      'A session is for the pages of one origin, and this request names none. Programs need no session: they send an API key, where this server asks for one.',
    );
  }
  const standing = standingOf(c, origin, settings);
  if (standing === 'stranger') {
    throw new IbidError(
      'forbidden',
      `Pages of ${origin.slice(0, 200)} may not ask here. The server's owner can allow it: IBID_ALLOWED_ORIGINS.`,
    );
  }
  const { kind } = c.get('caller');
  if (standing === 'listed' || settings.apiKeys.length === 0 || kind === 'api' || kind === 'admin')
    return origin;
  throw new IbidError(
    'unauthorized',
    `This server needs an API key: send it once as \`Authorization: Bearer KEY\`, or name ${origin} in IBID_ALLOWED_ORIGINS to let its visitors ask without.`,
  );
}

const sessionRoute = createRoute({
  method: 'post',
  path: SESSIONS_PATH,
  operationId: 'createSession',
  tags: ['Ask'],
  summary: 'Get a session for a page',
  description:
    'A short-lived token that the pages of the request’s `Origin` send as `Authorization: Bearer TOKEN`. It opens what ' +
    'a visitor needs, never the admin routes. A 401 with the code `session_expired` or `session_invalid` says that ' +
    'it is time for a new one. There is no body to send.',
  security: [{ apiKey: [] }, {}],
  responses: {
    201: {
      description: 'The token.',
      content: { 'application/json': { schema: SessionSchema } },
    },
    ...problemResponses(403),
  },
});
