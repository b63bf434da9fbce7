import { sha256Hex } from './hash.ts';

const ID_DIGITS = 20;

/** `doc_` and 20 hex digits of the SHA-256 of `uri`. */
export async function documentId(uri: string): Promise<string> {
  return `doc_${(await sha256Hex(uri)).slice(0, ID_DIGITS)}`;
}

/** `psg_` and 20 hex digits of the SHA-256 of document id, span and text: the same input makes the same id. */
export async function passageId(passage: {
  readonly documentId: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}): Promise<string> {
  const { documentId, start, end, text } = passage;
  return `psg_${(await sha256Hex(`${documentId}\n${start}\n${end}\n${text}`)).slice(0, ID_DIGITS)}`;
}
