import { parseDocument } from 'yaml';
import type { Metadata, MetadataValue } from '../../model/document.ts';
import { messageOf } from '../../model/errors.ts';
import { unreadable } from './load.ts';

/**
 * Metadata from the YAML between the `---` lines of a Markdown file; undefined where it is no mapping, and so no front
 * matter but text between two rules. Throws `document_unreadable` where it is no YAML.
 */
export function parseFrontMatter(yaml: string): Metadata | undefined {
  const value = parseYaml(yaml);
  if (value === null) return {};
  return isMapping(value) ? toMetadata(value) : undefined;
}

/** Keeps scalars and lists of scalars (as strings); nested mappings become `outer.inner`; anything else is left out. */
export function toMetadata(value: object, prefix = ''): Metadata {
  const entries = Object.entries(value).flatMap(([key, entry]): [string, MetadataValue][] => {
    if (isMapping(entry)) return Object.entries(toMetadata(entry, `${prefix}${key}.`));
    const kept = metadataValue(entry);
    return kept === undefined ? [] : [[prefix + key, kept]];
  });
  return Object.fromEntries(entries);
}

function parseYaml(yaml: string): unknown {
  try {
    const document = parseDocument(yaml, { logLevel: 'error' });
    const [fault] = document.errors;
    if (fault) throw fault;
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const [line] = messageOf(error).split('\n');
    throw unreadable(
      `The front matter is no valid YAML (${line}). Mend it, or remove the lines between ---.`,
      error,
    );
  }
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function metadataValue(value: unknown): MetadataValue | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (!Array.isArray(value)) return undefined;
  return value.filter((item) => ['string', 'number', 'boolean'].includes(typeof item)).map(String);
}
