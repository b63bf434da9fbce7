/**
 * Cuts a text into pieces of at most `most` UTF-16 code units that give the text again when joined: after white space where there is
 * some in the second half of a piece, never between the halves of a character or within an entity such as `&amp;`.
 */
export function splitText(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const at = cutAt(rest, most);
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function cutAt(text: string, most: number): number {
  for (let at = most; at > most / 2; at--) if (/\s/.test(text[at - 1] ?? '')) return at;
  const entity = /&[a-z]{0,4}$/.exec(text.slice(0, most));
  const at = entity === null ? most : entity.index;
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code < 0xdc00 ? at - 1 : at;
}
