import type { Metadata } from '../../model/document.ts';
import type { MetadataFilter } from '../../ports/passage-store.ts';

/** A name and one value as JSON, so that the text "1", the number 1 and `true` stay three things. */
export type Fact = readonly [name: string, value: string];

/** One fact for each value of each field; a list gives one for each of its items. */
export function factsOf(fields: Metadata | MetadataFilter): Fact[] {
  const facts = Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((item): Fact => [name, JSON.stringify(item)]),
  );
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
}
