import { element } from './element.ts';

/** Questions to choose from, under a heading; undefined when there are none. */
export function createSuggestions(
  heading: string,
  questions: readonly string[],
  ask: (question: string) => void,
): HTMLElement | undefined {
  if (questions.length === 0) return undefined;
  const items = questions.map((question) => {
    const button = element('button', { type: 'button', dir: 'auto' }, question);
    button.addEventListener('click', () => ask(question));
    return element('li', {}, button);
  });
  const list = element('ul', { class: 'suggestions' }, ...items);
  return element('div', { class: 'offer' }, element('h3', { class: 'label' }, heading), list);
}
