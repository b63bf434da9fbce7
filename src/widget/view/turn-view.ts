import type { Strings } from '../strings/languages.ts';
import { withNumber } from '../strings/languages.ts';
import type { Turn, TurnAnswer } from '../turn.ts';
import { createAnswerBody } from './answer-body.ts';
import { createAnswerTools } from './answer-tools.ts';
import type { ViewContext } from './context.ts';
import { element } from './element.ts';
import { createFaultView } from './fault-view.ts';
import { icon } from './icon.ts';
import { createClosestList, createSourceList } from './source-list.ts';

export interface TurnView {
  readonly node: HTMLElement;
  /** Shows the turn as it now is. */
  update(): void;
}

/** A question and its answer, as it arrives and as it stays. */
export function createTurnView(turn: Turn, context: ViewContext): TurnView {
  const sources = createSourceList(context);
  const body = createAnswerBody(sources.chip);
  const state = element('div', {});
  const end = element('div', {});
  const words = element('span', { dir: 'auto' }, turn.question);
  const question = element('h3', { class: 'question' }, words);
  const node = element('article', { class: 'turn' }, question, body.node, state, sources.node, end);
  let ended = false;
  let stateShown = '';
  return {
    node,
    update() {
      const { phase, answer } = turn;
      const busy = phase === 'waiting' || phase === 'answering';
      node.setAttribute('aria-busy', String(busy));
      node.dataset.phase = phase;
      const stateNow = `${phase} ${turn.slow}`;
      if (stateNow !== stateShown || phase === 'failed') state.replaceChildren(...stateNodes(turn, context));
      stateShown = stateNow;
      const declined = answer?.status === 'declined';
      body.node.hidden = declined || turn.text === '';
      if (!declined) {
        sources.update(turn.citations);
        body.update(turn.text, turn.citations);
      }
      if (answer === undefined || ended) return;
      ended = true;
      question.after(...understoodNodes(turn.question, answer, context.language.strings));
      end.replaceChildren(...endNodes(turn, answer, context));
    },
  };
}

/** What is going on: waiting, stopped, failed; nothing once the answer is there. */
function stateNodes(turn: Turn, context: ViewContext): HTMLElement[] {
  const { strings } = context.language;
  switch (turn.phase) {
    case 'waiting':
      return [element('p', { class: 'waiting' }, turn.slow ? strings.slow : strings.looking)];
    case 'answering':
      return [element('p', { class: 'waiting' }, turn.slow ? strings.slow : '')];
    case 'stopped': {
      const again = element('button', { type: 'button', class: 'quiet' }, strings.retry);
      again.addEventListener('click', () => context.retry(turn));
      return [element('div', { class: 'stopped' }, element('p', { class: 'note' }, strings.stopped), again)];
    }
    case 'failed':
      return turn.fault === undefined
        ? []
        : [createFaultView(turn.fault, context, () => context.retry(turn))];
    case 'done':
      return [];
  }
}

function understoodNodes(question: string, answer: TurnAnswer, strings: Strings): HTMLElement[] {
  const { standalone_question: standalone } = answer;
  if (standalone.trim() === question.trim()) return [];
  const words = element('span', { dir: 'auto' }, standalone);
  return [element('p', { class: 'understood' }, `${strings.understood}: `, words)];
}

function endNodes(turn: Turn, answer: TurnAnswer, context: ViewContext): HTMLElement[] {
  const { strings } = context.language;
  const note = (text: string) => element('p', { class: 'note', dir: 'auto' }, text);
  const closest = answer.closest ?? [];
  return [
    ...(answer.status === 'declined' ? [declineNode(answer, strings)] : []),
    ...(answer.status === 'answered' && answer.confidence < 0.5 ? [note(strings.unsure)] : []),
    ...(answer.omitted ? [note(withNumber(strings.omitted, answer.omitted))] : []),
    ...(answer.unanswered ?? []).map((part) => note(`${strings.declined}: ${part}`)),
    ...(answer.degraded === undefined ? [] : [note(answer.degraded)]),
    ...(turn.forgotten ? [note(strings.restoreFailed)] : []),
    ...(closest.length === 0 ? [] : [createClosestList(closest, context)]),
    createAnswerTools(turn, context),
  ];
}

/** A decline looks like none of the answers; a reply to a greeting is neither. */
function declineNode(answer: TurnAnswer, strings: Strings): HTMLElement {
  if (answer.reason === 'not_a_question') return element('p', { class: 'answer', dir: 'auto' }, answer.text);
  const text = declineText(answer, strings);
  return element(
    'div',
    { class: 'declined' },
    icon('none'),
    element('div', {}, element('strong', {}, strings.declined), element('p', {}, text)),
  );
}

/** A decline in the reader's language; the server's own words where it has a reason that is not known here. */
export function declineText(answer: TurnAnswer, strings: Strings): string {
  switch (answer.reason) {
    case 'no_answer_in_documents':
    case 'answer_unsupported':
      return strings.noAnswer;
    case 'no_documents':
      return strings.noDocuments;
    default:
      return answer.text;
  }
}
