import { element } from '../widget/view/element.ts';

/** What the page shows while no document is open: how much there is, and a place for what one could ask. */
export function overviewNodes(total: number, questions: HTMLElement): HTMLElement[] {
  if (total === 0) {
    const text = 'There are no documents yet. Put some into the documents folder, or add them over the API.';
    return [element('h1', {}, 'Nothing to read yet'), element('p', { class: 'lead' }, text)];
  }
  const count = total === 1 ? 'one document' : `${total} documents`;
  const lead =
    'Each sentence of an answer ends in a number. Click it, and the document opens where it says so, word for word.' +
    ' What the documents do not say is declined.';
  return [element('h1', {}, `Ask ${count}`), element('p', { class: 'lead' }, lead), questions];
}

/** Questions to choose from, under a heading; nothing when there are none. */
export function questionNodes(questions: readonly string[], ask: (question: string) => void): HTMLElement[] {
  if (questions.length === 0) return [];
  const items = questions.map((question) => {
    const button = element('button', { type: 'button', dir: 'auto' }, question);
    button.addEventListener('click', () => ask(question));
    return element('li', {}, button);
  });
  return [
    element('h2', {}, 'Answered in them, among other things'),
    element('ul', { class: 'questions' }, ...items),
  ];
}
