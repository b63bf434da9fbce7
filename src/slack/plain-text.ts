/** Names that Slack's markup leaves out. */
export interface Names {
  readonly users: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
}

const TAG = /<([^<>]*)>/g;

/**
 * A message as its writer saw it: markup for users, channels, groups, dates and links becomes text, entities become characters, and
 * mentions of `self` go. Source: https://docs.slack.dev/messaging/formatting-message-text
 */
export function plainText(text: string, names: Names, self?: string): string {
  return unescaped(
    withoutAddress(text, self).replace(TAG, (_, inside: string) => tagText(inside, names, self)),
  )
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** Without the mention that a question begins or ends with, and the comma or colon that goes with it. */
function withoutAddress(text: string, self: string | undefined): string {
  if (self === undefined) return text;
  const mention = `<@${self}(?:\\|[^<>]*)?>`;
  return text
    .replace(new RegExp(`^(?:\\s*${mention})+\\s*[,:;]?`), '')
    .replace(new RegExp(`(?<![\\s,])[\\s,]*${mention}(?=\\s*(?:[?!.]+\\s*)?$)`), '');
}

/** The users and channels that a text names by id alone. */
export function namelessIn(text: string, self?: string): { users: string[]; channels: string[] } {
  const ids = (sign: string) =>
    [...text.matchAll(TAG)]
      .map(([, inside = '']) => inside.split('|'))
      .filter(([reference = '', label = '']) => reference.startsWith(sign) && label === '')
      .map(([reference = '']) => reference.slice(1))
      .filter((id) => id !== self);
  return { users: [...new Set(ids('@'))], channels: [...new Set(ids('#'))] };
}

function tagText(inside: string, { users, channels }: Names, self: string | undefined): string {
  const bar = inside.indexOf('|');
  const reference = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  const id = reference.slice(1);
  switch (reference[0]) {
    case '@':
      if (id === self) return '';
      return label !== '' ? label.replace(/^@/, '') : (users.get(id) ?? 'someone');
    case '#':
      return `#${label !== '' ? label.replace(/^#/, '') : (channels.get(id) ?? 'a channel')}`;
    case '!':
      if (/^!(?:here|channel|everyone)$/.test(reference)) return `@${id}`;
      return label === '' && reference.startsWith('!subteam^') ? '@a group' : label;
    default:
      return label !== '' ? label : reference.replace(/^mailto:/, '');
  }
}

function unescaped(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
