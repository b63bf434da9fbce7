import { z } from '@hono/zod-openapi';

export const SessionSchema = z
  .object({
    token: z.string().openapi({ description: 'Good for one origin.', example: 'ibs_eyJpZCI6…' }),
    expires_at: z.string().openapi({ description: 'ISO 8601, UTC.', example: '2026-01-15T10:00:00.000Z' }),
  })
  .openapi('Session');
