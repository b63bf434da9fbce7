import { createRoute, z } from '@hono/zod-openapi';
import { IbidError } from '../../model/errors.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { MODELS } from '../openai-models.ts';
import { ModelListSchema, ModelSchema } from '../schemas/openai.ts';
import { problemResponses } from '../schemas/problem.ts';

/** `GET /v1/models` and `GET /v1/models/{id}`: what OpenAI clients may choose. */
export function addOpenAiModelRoutes(app: App, deps: Pick<AppDependencies, 'clock'>): void {
  const created = Math.floor(deps.clock() / 1000);
  const describe = (id: string) => ({ id, object: 'model', created, owned_by: 'ibid' }) as const;

  app.openapi(listRoute, (c) => c.json({ object: 'list' as const, data: MODELS.map(describe) }, 200));

  app.openapi(getRoute, (c) => {
    const { id } = c.req.valid('param');
    if (!MODELS.includes(id)) {
      throw new IbidError('not_found', `There is no such model: there are ${MODELS.join(' and ')}.`);
    }
    return c.json(describe(id), 200);
  });
}

const listRoute = createRoute({
  method: 'get',
  path: '/v1/models',
  operationId: 'listModels',
  tags: ['OpenAI'],
  summary: 'List the models, as OpenAI does',
  description:
    '`ibid` answers in plain sentences with their citations as annotations; `ibid-with-quotes` also puts markers and ' +
    'quotes into the text, for clients that show text only.',
  security: [{ apiKey: [] }],
  responses: {
    200: { description: 'The models.', content: { 'application/json': { schema: ModelListSchema } } },
    ...problemResponses(),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/v1/models/{id}',
  operationId: 'getModel',
  tags: ['OpenAI'],
  summary: 'One model',
  security: [{ apiKey: [] }],
  request: { params: z.object({ id: z.string().openapi({ example: 'ibid' }) }) },
  responses: {
    200: { description: 'The model.', content: { 'application/json': { schema: ModelSchema } } },
    ...problemResponses(404),
  },
});
