import { copyText } from '../copy-text.ts';
import type { Turn } from '../turn.ts';
import type { ViewContext } from './context.ts';
import { copyToClipboard } from './copy-to-clipboard.ts';
import { element } from './element.ts';
import { type IconName, icon } from './icon.ts';

/** Below an answer: copy it with its sources, and rate it, with a comment if one likes. */
export function createAnswerTools(turn: Turn, context: ViewContext): HTMLElement {
  const { strings } = context.language;
  const said = element('span', { class: 'said' });
  const say = (text: string) => {
    said.textContent = text;
    context.announce(text);
  };
  const copy = toolButton(strings.copy, 'copy');
  copy.addEventListener('click', async () => {
    const { base } = context;
    const copied = await copyToClipboard(copyText(turn, { base, page: strings.page }), copy);
    if (copied) copy.replaceChildren(icon('done'));
    say(copied ? strings.copied : strings.failed);
  });
  const thumbs = { up: toolButton(strings.helpful, 'thumb'), down: toolButton(strings.notHelpful, 'thumb') };
  thumbs.down.classList.add('down');
  const comment = element('div', {});
  const press = () => {
    for (const rating of RATINGS) thumbs[rating].setAttribute('aria-pressed', String(turn.rating === rating));
  };
  const rate = async (rating: 'up' | 'down') => {
    const before = turn.rating;
    turn.rating = rating;
    press();
    try {
      await context.rate(turn, rating);
      const form = commentForm(
        context,
        async (text) => {
          await context.rate(turn, rating, text);
          comment.replaceChildren();
          say(strings.thanks);
          thumbs[rating].focus();
        },
        () => say(strings.failed),
      );
      comment.replaceChildren(form);
      form.scrollIntoView({ block: 'nearest' });
      say(strings.thanks);
    } catch {
      if (before === undefined) delete turn.rating;
      else turn.rating = before;
      press();
      say(strings.failed);
    }
  };
  for (const rating of RATINGS) thumbs[rating].addEventListener('click', () => void rate(rating));
  press();
  const tools = element(
    'div',
    { class: 'tools' },
    ...(turn.citations.length > 0 ? [copy] : []),
    thumbs.up,
    thumbs.down,
    said,
  );
  return element('div', {}, tools, comment);
}

const RATINGS = ['up', 'down'] as const;

function toolButton(label: string, name: IconName): HTMLButtonElement {
  return element('button', { type: 'button', class: 'icon', 'aria-label': label, title: label }, icon(name));
}

function commentForm(
  { language, newId }: ViewContext,
  send: (comment: string) => Promise<void>,
  failed: () => void,
): HTMLFormElement {
  const { strings } = language;
  const id = newId();
  const field = element('textarea', { id, rows: '2', maxlength: '2000', dir: 'auto' });
  const label = element('label', { for: id }, strings.comment);
  const button = element('button', { type: 'submit', class: 'quiet' }, strings.send);
  const form = element('form', { class: 'comment' }, label, field, button);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') field.focus();
    else send(text).catch(failed);
  });
  return form;
}
