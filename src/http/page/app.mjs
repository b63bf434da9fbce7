import { ask, faultOf } from './events.mjs';
import { answerNodes, closestList, element, sourceList } from './render.mjs';

const byId = (id) => document.getElementById(id);
const form = byId('ask');
const question = byId('question');
const button = form.querySelector('button[type=submit]');
const status = byId('status');
const turns = byId('turns');
const restart = byId('restart');
const reader = byId('reader');
const key = byId('key');

let conversationId;
let asked = 0;
key.value = sessionStorage.getItem('ibid-key') ?? '';

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (text !== '' && !button.disabled) void answer(text);
});

question.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

restart.addEventListener('click', () => {
  conversationId = undefined;
  turns.replaceChildren();
  restart.hidden = true;
  status.textContent = 'A new conversation begins.';
  question.focus();
});

key.addEventListener('change', () => sessionStorage.setItem('ibid-key', key.value));

function headers() {
  return key.value === '' ? {} : { authorization: `Bearer ${key.value}` };
}

async function answer(text) {
  asked += 1;
  const turn = startTurn(text, asked);
  button.disabled = true;
  status.textContent = 'Looking in the documents…';
  try {
    await follow(turn, text);
    question.value = '';
  } catch (error) {
    showFault(turn, error);
  } finally {
    turn.root.removeAttribute('aria-busy');
    button.disabled = false;
    if (document.activeElement !== key) question.focus();
  }
}

function startTurn(text, number) {
  const body = element('p', { class: 'answer' });
  const root = element('article', { class: 'turn', 'aria-busy': 'true' }, element('h2', {}, text), body);
  turns.prepend(root);
  return { root, body, idOf: (marker) => `source-${number}-${marker}` };
}

async function follow(turn, text) {
  let streamed = '';
  const citations = [];
  let done = false;
  for await (const event of ask({ question: text, conversationId, headers: headers() })) {
    if (event.type === 'text-delta') streamed += event.text;
    if (event.type === 'citation-added') citations.push(event.citation);
    if (event.type === 'ask-error') throw new Error(event.message);
    if (event.type === 'answer-end') {
      showAnswer(turn, event);
      done = true;
    } else turn.body.replaceChildren(...answerNodes(streamed, citations, turn.idOf));
  }
  if (!done) throw new Error('The connection ended before the answer did. Ask again.');
}

function showAnswer(turn, end) {
  conversationId = end.conversation_id;
  restart.hidden = false;
  turn.root.classList.add(end.status);
  turn.body.replaceChildren(...answerNodes(end.text, end.citations, turn.idOf));
  if (end.status === 'answered') {
    turn.root.append(element('h3', {}, 'Quoted from'), sourceList(end.citations, turn.idOf, openDocument));
    const count = new Set(end.citations.map((citation) => citation.marker)).size;
    status.textContent = `Answered with ${count} ${count === 1 ? 'quote' : 'quotes'}.`;
  } else {
    status.textContent = 'The documents do not answer this.';
    if (end.closest.length > 0) {
      turn.root.append(element('h3', {}, 'Closest I found'), closestList(end.closest, openDocument));
    }
  }
  turn.root.append(footOf(end));
}

function footOf(end) {
  const sure = `Confidence ${Math.round(end.confidence * 100)} %`;
  const note = end.degraded === undefined ? sure : `${sure}. ${end.degraded}`;
  const thumbs = [
    ['up', 'Helpful'],
    ['down', 'Not helpful'],
  ].map(([rating, label]) => {
    const thumb = element('button', { type: 'button', class: 'quiet', 'aria-pressed': 'false' }, label);
    thumb.addEventListener('click', () => rate(end.id, rating, thumb, thumbs));
    return thumb;
  });
  return element('div', { class: 'foot' }, element('span', {}, note), ...thumbs);
}

async function rate(answerId, rating, pressed, thumbs) {
  const response = await fetch('/v1/feedback', {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json' },
    body: JSON.stringify({ answer_id: answerId, rating }),
  });
  if (!response.ok) {
    status.textContent = (await faultOf(response)).message;
    return;
  }
  for (const thumb of thumbs) thumb.setAttribute('aria-pressed', String(thumb === pressed));
  status.textContent = 'Thank you: your rating is saved.';
}

/** Shows a quote where it stands: the offsets are those of the document's text. */
async function openDocument({ document_id: id, title, start, end }) {
  const response = await fetch(`/v1/documents/${encodeURIComponent(id)}`, { headers: headers() });
  if (!response.ok) {
    status.textContent = (await faultOf(response)).message;
    return;
  }
  const { text } = await response.json();
  const mark = element('mark', {}, text.slice(start, end));
  byId('reader-title').textContent = title;
  byId('reader-text').replaceChildren(text.slice(0, start), mark, text.slice(end));
  reader.showModal();
  mark.scrollIntoView({ block: 'center' });
}

function showFault(turn, error) {
  status.textContent = '';
  turn.root.replaceChildren(
    turn.root.firstChild,
    element('p', { class: 'fault', role: 'alert' }, error.message),
  );
  if (error.status === 401) {
    byId('key-field').hidden = false;
    key.focus();
  }
}
