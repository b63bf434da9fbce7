import { z } from '@hono/zod-openapi';

const Value = z.union([z.string().max(1_000), z.number(), z.boolean()]);

export const FilterSchema = z
  .record(z.string().min(1).max(100), z.union([Value, z.array(Value).min(1).max(100)]))
  .refine((filter) => Object.keys(filter).length <= 20, 'must not name more than 20 fields')
  .openapi('Filter', {
    description: 'Metadata that a document must have: a value, or one of several.',
    example: { department: 'legal', year: [2024, 2025] },
  });

export const MetadataSchema = z
  .record(
    z.string().min(1).max(100),
    z.union([z.string().max(10_000), z.number(), z.boolean(), z.array(z.string().max(1_000)).max(100)]),
  )
  .refine((metadata) => Object.keys(metadata).length <= 100, 'must not hold more than 100 fields')
  .openapi('Metadata', {
    description: 'What the document says of itself, e.g. its front matter.',
    example: { department: 'legal' },
  });
