/** Why Slack would refuse a message with these fields; undefined when it takes it. */
export function refusalOf(args: Readonly<Record<string, unknown>>, longestText: number): string | undefined {
  const text = String(args.text ?? '');
  const blocks = args.blocks === undefined ? [] : args.blocks;
  if (!Array.isArray(blocks)) return 'invalid_blocks_format';
  if (text === '' && blocks.length === 0 && args.markdown_text === undefined) return 'no_text';
  if (text.length > longestText) return 'msg_too_long';
  if (blocks.length > 50) return 'invalid_blocks';
  if (String(args.markdown_text ?? '').length > 12_000) return 'msg_too_long';
  const markdown = blocks.filter((block) => block?.type === 'markdown').map((block) => String(block.text));
  if (markdown.join('').length > 12_000) return 'msg_too_long';
  const ids = blocks.map((block) => block?.block_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length || ids.some((id) => String(id).length > 255)) return 'invalid_blocks';
  if (!blocks.every(isSoundBlock)) return 'invalid_blocks';
  if (args.metadata !== undefined && !isSoundMetadata(args.metadata)) return 'invalid_metadata_format';
  return undefined;
}

/** Whether a block is within the limits of its kind, as its page says them: https://docs.slack.dev/reference/block-kit/blocks */
export function isSoundBlock(block: unknown): boolean {
  const given = fieldsOf(block);
  switch (given.type) {
    case 'markdown':
      return isText(given.text, 12_000);
    case 'section':
      return isTextObject(given.text, 3_000);
    case 'header':
      return fieldsOf(given.text).type === 'plain_text' && isTextObject(given.text, 150);
    case 'context':
      return isList(given.elements, 10) && given.elements.every((element) => isTextObject(element, 3_000));
    case 'divider':
      return true;
    case 'actions':
      return isList(given.elements, 25) && given.elements.every(isSoundButton);
    case 'context_actions':
      return isList(given.elements, 5) && given.elements.every(isSoundFeedback);
    case 'rich_text':
      return isList(given.elements, 100) && given.elements.every(isSoundRichText);
    case 'input':
      return isTextObject(given.label, 2_000);
    default:
      return false;
  }
}

function isSoundRichText(element: unknown): boolean {
  const { type, elements } = fieldsOf(element);
  if (type !== 'rich_text_section' && type !== 'rich_text_quote') return false;
  if (!isList(elements, 1_000)) return false;
  return elements.every((inner) => {
    const { type: kind, text, url } = fieldsOf(inner);
    if (kind === 'link') return isText(url, 3_000) && URL.canParse(String(url));
    return kind === 'text' && isText(text, 3_000);
  });
}

function isSoundButton(element: unknown): boolean {
  const { type, text, action_id, value } = fieldsOf(element);
  return type === 'button' && isTextObject(text, 75) && isText(action_id, 255) && isText(value, 2_000);
}

function isSoundFeedback(element: unknown): boolean {
  const { type, positive_button, negative_button, action_id } = fieldsOf(element);
  if (type !== 'feedback_buttons' || !isText(action_id, 255)) return false;
  return [positive_button, negative_button].every((button) => {
    const { text, value } = fieldsOf(button);
    return fieldsOf(text).type === 'plain_text' && isTextObject(text, 75) && isText(value, 2_000);
  });
}

function isSoundMetadata(metadata: unknown): boolean {
  const { event_type, event_payload } = fieldsOf(metadata);
  return isText(event_type, 255) && typeof event_payload === 'object' && event_payload !== null;
}

function isTextObject(value: unknown, longest: number): boolean {
  const { type, text } = fieldsOf(value);
  return (type === 'mrkdwn' || type === 'plain_text') && isText(text, longest);
}

function isText(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= longest;
}

function isList(value: unknown, longest: number): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.length <= longest;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
