import { OpenAPIHono } from '@hono/zod-openapi';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { IbidError } from '../model/errors.ts';
import type { App, AppDependencies, HttpEnv } from './dependencies.ts';
import { countOutcomes, createMetrics } from './metrics.ts';
import { accessLog } from './middleware/access-log.ts';
import { requireCaller } from './middleware/authorise.ts';
import { cors } from './middleware/cors.ts';
import { identify } from './middleware/identify.ts';
import { rateLimit } from './middleware/rate-limit.ts';
import { requestId } from './middleware/request-id.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { createErrorHandler, respondProblem } from './respond.ts';
import { addAskRoute } from './routes/ask.ts';
import { addConversationRoutes } from './routes/conversations.ts';
import { addDeleteDocumentRoute } from './routes/delete-document.ts';
import { addDocsRoute } from './routes/docs.ts';
import { addDocumentRoutes } from './routes/documents.ts';
import { addFeedbackRoute } from './routes/feedback.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addInsightsRoute } from './routes/insights.ts';
import { addIntakeRoutes } from './routes/intake.ts';
import { addLlmsTextRoute } from './routes/llms-text.ts';
import { addMcpRoute } from './routes/mcp.ts';
import { addMetricsRoute } from './routes/metrics.ts';
import { addOpenAiChatRoute } from './routes/openai-chat.ts';
import { addOpenAiModelRoutes } from './routes/openai-models.ts';
import { addOpenAiResponsesRoute } from './routes/openai-responses.ts';
import { addOpenAiStoredResponseRoutes } from './routes/openai-stored-responses.ts';
import { addOpenApiRoute } from './routes/openapi.ts';
import { addPageRoutes } from './routes/page.ts';
import { addSearchRoute } from './routes/search.ts';
import { addSessionRoute } from './routes/sessions.ts';
import { addSuggestionRoute } from './routes/suggestions.ts';
import { addTransferRoutes } from './routes/transfer.ts';
import { addUiStreamRoute } from './routes/ui-stream.ts';
import { addUploadRoute } from './routes/upload.ts';
import { addWidgetRoute } from './routes/widget.ts';
import { createSessions } from './sessions.ts';
import { rejectInvalid } from './validation.ts';

/** The HTTP surface: one `fetch` that answers every route of this server. */
export function createApp(given: AppDependencies): App {
  const { metrics = createMetrics() } = given;
  const deps = { ...given, ask: countOutcomes(given.ask, metrics, given.clock) };
  const { settings } = deps;
  const sessions = createSessions({
    secret: deps.sessionSecret,
    lifetimeSeconds: settings.sessionSeconds,
    clock: deps.clock,
    newId: deps.newId,
  });
  const app: App = new OpenAPIHono<HttpEnv>({ defaultHook: rejectInvalid });

  app.onError(createErrorHandler(deps.log));
  app.notFound((c) =>
    respondProblem(c, new IbidError('not_found', 'There is no such route. GET /openapi.json lists them.')),
  );

  app.use(requestId(deps.newId));
  app.use(accessLog({ log: deps.log, clock: deps.clock, metrics }));
  app.use(securityHeaders());
  app.use(cors(settings.allowedOrigins), identify(settings, sessions));
  for (const path of ['/v1/*', '/mcp']) app.use(path, rateLimit(deps), requireCaller(settings));
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));

  addSessionRoute(app, settings, sessions);
  addAskRoute(app, deps);
  addSuggestionRoute(app, deps);
  addSearchRoute(app, deps);
  addDocumentRoutes(app, deps);
  addUploadRoute(app, deps);
  addIntakeRoutes(app, deps);
  addTransferRoutes(app, deps);
  addDeleteDocumentRoute(app, deps);
  addConversationRoutes(app, deps);
  addFeedbackRoute(app, deps);
  addInsightsRoute(app, deps);
  addOpenAiModelRoutes(app, deps);
  addOpenAiChatRoute(app, deps);
  addOpenAiResponsesRoute(app, deps);
  addOpenAiStoredResponseRoutes(app, deps);
  addUiStreamRoute(app, deps);
  addMcpRoute(app, deps);
  if (deps.slack !== undefined) app.route('/slack', deps.slack);
  addHealthRoutes(app, deps);
  addMetricsRoute(app, metrics);
  addOpenApiRoute(app, deps);
  addDocsRoute(app, deps);
  addPageRoutes(app, deps);
  addWidgetRoute(app, deps);
  addLlmsTextRoute(app);
  return app;
}

function refuseMethod(c: Parameters<typeof respondProblem>[0], methods: string[]): Response {
  const allow = [...methods, 'OPTIONS'].join(', ');
  c.header('Allow', allow);
  if (c.req.method === 'OPTIONS') return c.body(null, 204);
  return respondProblem(c, new IbidError('method_not_allowed', `This route takes ${allow}.`));
}
