import type { Unzipped } from 'fflate';
import type { Metadata } from '../../model/document.ts';
import { find, findAll, parseXml, textOf } from './xml.ts';
import { entryText } from './zip.ts';

/** A relationship of a part of an Office package (ECMA-376 part 2): its target as an entry name of the archive. */
export interface Relationship {
  readonly id: string;
  /** The last part of the type's URI, e.g. `slide`. */
  readonly type: string;
  readonly target: string;
}

/** The relationships of `part`, e.g. of `ppt/presentation.xml`. */
export function relationshipsOf(entries: Unzipped, part: string): Relationship[] {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const xml = entryText(entries, `${folder}_rels/${part.slice(folder.length)}.rels`);
  if (xml === undefined) return [];
  return findAll(parseXml(xml), 'Relationship').map(({ attributes }) => ({
    id: attributes.Id ?? '',
    type: (attributes.Type ?? '').replace(/^.*\//, ''),
    target: resolveEntry(part, attributes.Target ?? ''),
  }));
}

/** Resolves a reference in `part` to an entry name, without its fragment. */
export function resolveEntry(part: string, reference: string): string {
  const base = `http://package/${part.split('/').map(encodeURIComponent).join('/')}`;
  if (!URL.canParse(reference, base)) return reference;
  const path = new URL(reference, base).pathname.slice(1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Title and author of an Office package. */
export function coreProperties(entries: Unzipped): { title: string; metadata: Metadata } {
  const xml = entryText(entries, 'docProps/core.xml');
  const core = xml === undefined ? undefined : parseXml(xml);
  const author = textOf(find(core, 'creator')).trim();
  return { title: textOf(find(core, 'title')).trim(), metadata: author === '' ? {} : { author } };
}
