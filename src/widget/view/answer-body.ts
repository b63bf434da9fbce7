import type { Citation } from '../../client/client.ts';
import { markersByPosition } from '../copy-text.ts';
import { parseBlocks } from '../markdown/parse-blocks.ts';
import { renderBlock } from '../markdown/render-block.ts';
import type { Block } from '../markdown/syntax.ts';
import { element } from './element.ts';

export interface AnswerBody {
  readonly node: HTMLElement;
  update(text: string, citations: readonly Citation[]): void;
}

/** Makes the chip of a citation. */
export type ChipOf = (citation: Citation) => HTMLElement;

/** The text of an answer with its chips. While it grows, only blocks that have changed are made anew: the last one. */
export function createAnswerBody(chipOf: ChipOf): AnswerBody {
  const node = element('div', { class: 'answer', dir: 'auto' });
  let shown: { readonly key: string; readonly node: HTMLElement }[] = [];
  return {
    node,
    update(text, citations) {
      const blocks = parseBlocks(text);
      const placed = placeInBlocks(blocks, citations);
      const next = blocks.map((block, i) => {
        const own = placed[i] ?? [];
        const key = `${text.slice(block.start, block.end)}\n${own.map((one) => `${one.answer_end}:${one.marker}`)}`;
        const kept = shown[i];
        if (kept?.key === key) return kept;
        const insets = own.map((one) => ({ position: one.answer_end, node: () => chipOf(one) }));
        const made = { key, node: renderBlock(block, insets) };
        made.node.dir = 'auto';
        if (kept === undefined) node.append(made.node);
        else kept.node.replaceWith(made.node);
        return made;
      });
      for (const { node: gone } of shown.slice(next.length)) gone.remove();
      shown = next;
    },
  };
}

/** For each block the citations whose sentence ends in it, or in the gap below it; each number once at each place. */
function placeInBlocks(blocks: readonly Block[], citations: readonly Citation[]): Citation[][] {
  const placed: Citation[][] = blocks.map(() => []);
  for (const [end, markers] of markersByPosition(citations)) {
    const after = blocks.findIndex((block) => block.start >= end);
    const own = placed[after === -1 ? blocks.length - 1 : Math.max(0, after - 1)];
    for (const marker of markers) {
      const citation = citations.find((one) => one.answer_end === end && one.marker === marker);
      if (citation !== undefined) own?.push(citation);
    }
  }
  return placed;
}
