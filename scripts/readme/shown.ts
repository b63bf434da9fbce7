/** The parts of a reply of `POST /v1/ask` that are worth showing. */
export interface Reply {
  readonly status: string;
  readonly confidence: number;
  readonly text: string;
  readonly citations: readonly Citation[];
}

interface Citation {
  readonly marker: number;
  readonly document_id: string;
  readonly title: string;
  readonly uri: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** A reply as the README shows it: on several lines, `…` in place of what is left out. */
export function showReply({ status, confidence, text, citations }: Reply): string {
  const shown = citations.map(({ marker, title, uri, quote, start, end }) => ({
    ...{ marker, title, uri, quote, start, end },
    '…': null,
  }));
  const rounded = Number(confidence.toFixed(2));
  const reply = { status, confidence: rounded, text, citations: shown, '…': null };
  return JSON.stringify(reply, undefined, 2).replaceAll('"…": null', '…');
}

/** What the command line prints, as the README shows it: without the conversation's id and the closest passages. */
export function showPrinted(output: string): string {
  return output
    .replace(/(?<=^Closest passages:\n)[\s\S]*(?=\nconfidence )/m, '…\n')
    .replace(/\bconv_\w+/g, 'conv_…')
    .trim();
}

/** What must be the same each time: not the confidence, which follows every change of the models. */
export function withoutConfidence(shown: string): string {
  return shown.replace(/(?<=\bconfidence"?:? )[\d.]+/g, 'N');
}
