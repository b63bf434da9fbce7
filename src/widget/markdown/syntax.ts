/** A line of the source: `at` is the offset of its first character in the whole text. */
export interface Line {
  readonly text: string;
  readonly at: number;
}

/** Text as it stands in the source from `start` on, so that a place in the source can be found again in it. */
export interface PlainText {
  readonly type: 'text';
  readonly text: string;
  readonly start: number;
}

export type Inline =
  | PlainText
  | { readonly type: 'code'; readonly text: string; readonly end: number }
  | { readonly type: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  | {
      readonly type: 'link';
      readonly href: string;
      readonly children: readonly Inline[];
      readonly end: number;
    }
  /** The words of a link from document to document, which leads nowhere from here. */
  | { readonly type: 'label'; readonly children: readonly Inline[]; readonly end: number }
  | { readonly type: 'break' };

type Align = 'left' | 'center' | 'right' | undefined;

export type Block = { readonly start: number; readonly end: number } & (
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  /** `text` stands in the source as it is, from `textStart` on. */
  | { readonly type: 'code'; readonly text: string; readonly textStart: number }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | {
      readonly type: 'list';
      /** Number of the first item; undefined for bullets. */
      readonly first: number | undefined;
      readonly items: readonly (readonly Block[])[];
    }
  | {
      readonly type: 'table';
      readonly align: readonly Align[];
      readonly head: readonly Cell[];
      readonly rows: readonly (readonly Cell[])[];
    }
);

export type Cell = readonly Inline[];
