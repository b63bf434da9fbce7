import { element } from '../widget/view/element.ts';

/** What the page shows while no document is open: how much there is, and what one could ask. */
export function overviewNodes(
  total: number,
  questions: readonly string[],
  ask: (question: string) => void,
): HTMLElement[] {
  if (total === 0) {
    const text = 'There are no documents yet. Put some into the documents folder, or add them over the API.';
    return [element('h1', {}, 'Nothing to read yet'), element('p', { class: 'lead' }, text)];
  }
  const buttons = questions.map((question) => {
    const button = element('button', { type: 'button', dir: 'auto' }, question);
    button.addEventListener('click', () => ask(question));
    return element('li', {}, button);
  });
  const offer = [
    element('h2', {}, 'Answered in them, among other things'),
    element('ul', { class: 'questions' }, ...buttons),
  ];
  const count = total === 1 ? 'one document' : `${total} documents`;
  const lead =
    'Each sentence of an answer ends in a number. Click it, and the document opens where it says so, word for word.' +
    ' What the documents do not say is declined.';
  return [
    element('h1', {}, `Ask ${count}`),
    element('p', { class: 'lead' }, lead),
    ...(buttons.length === 0 ? [] : offer),
  ];
}
