/** Text within mrkdwn: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeMrkdwn(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Text within standard Markdown that is to be read as it stands: nothing in it formats, links or mentions. */
export function escapeMarkdown(text: string): string {
  const inline = text
    .replace(/[\\`*[\]|~]/g, '\\$&')
    // Within a word an underscore is one already.
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (run) => run.replaceAll('_', '\\_'))
    .replace(/^([ \t]*)(#{1,6}(?=[ \t]|$)|[-+=])/gm, '$1\\$2')
    .replace(/^([ \t]*\d{1,9})([.)])(?=[ \t]|$)/gm, '$1\\$2');
  return escapeMrkdwn(inline);
}

/** A link of mrkdwn, whose label is plain text. */
export function mrkdwnLink(url: string, label: string): string {
  return `<${safeUrl(url)}|${escapeMrkdwn(label.replaceAll('|', '¦'))}>`;
}

/** An address without the characters that end a link in Slack's markup. */
export function safeUrl(url: string): string {
  return url.replace(/[<>|\s]/g, (character) => encodeURIComponent(character));
}
